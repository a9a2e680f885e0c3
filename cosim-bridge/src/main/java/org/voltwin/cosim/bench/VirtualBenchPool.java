package org.voltwin.cosim.bench;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.voltwin.cosim.worker.Simulation;
import org.voltwin.model.port.BenchOrder;
import org.voltwin.model.port.BenchProgress;
import org.voltwin.model.port.MessageBus;
import org.voltwin.model.port.VirtualBenches;

/**
 * The virtual benches of this process. Nothing is kept over a restart of it: an order that is given again is simulated
 * again from the beginning, which gives the same rows under the same sequence numbers.
 */
public final class VirtualBenchPool implements VirtualBenches, AutoCloseable {
    private final VirtualBenchConfig config;
    private final MessageBus bus;
    private final Semaphore workers;
    private final Map<UUID, VirtualRun> runs = new ConcurrentHashMap<>();

    public VirtualBenchPool(VirtualBenchConfig config, MessageBus bus) {
        this.config = config;
        this.bus = bus;
        this.workers = new Semaphore(config.mostWorkers(), true);
    }

    @Override
    public BenchProgress execute(BenchOrder order) {
        VirtualRun run = runs.computeIfAbsent(order.run(), id -> {
            VirtualRun started = new VirtualRun(order, config, workers, bus);
            started.start();
            return started;
        });
        BenchProgress progress = run.progress();
        if (progress instanceof BenchProgress.Broken broken && broken.failure().retryHelps()) {
            runs.remove(order.run(), run); // told once; the next call tries again
        }
        return progress;
    }

    @Override
    public void cancel(UUID run) {
        VirtualRun known = runs.get(run);
        if (known != null) {
            known.cancel();
        }
    }

    /** Holds a run; it keeps its worker. False where it does not simulate at this moment. */
    public boolean pause(UUID run) {
        Optional<Simulation> simulation = simulation(run);
        simulation.ifPresent(Simulation::pause);
        return simulation.isPresent();
    }

    /** Goes on with a run that was held. */
    public boolean resume(UUID run) {
        Optional<Simulation> simulation = simulation(run);
        simulation.ifPresent(Simulation::resume);
        return simulation.isPresent();
    }

    /** Ends a run with the rows there are: it is done, with {@code stoppedEarly} in its summary. */
    public boolean stop(UUID run) {
        Optional<Simulation> simulation = simulation(run);
        simulation.ifPresent(Simulation::stop);
        return simulation.isPresent();
    }

    /** The run's simulation while there is one: its process id, its memory. */
    public Optional<Simulation> simulation(UUID run) {
        return Optional.ofNullable(runs.get(run)).flatMap(VirtualRun::simulation);
    }

    /** Ends all workers. Runs stay at work: the order is given again after the restart. */
    @Override
    public void close() {
        runs.values().forEach(VirtualRun::leave);
    }
}
