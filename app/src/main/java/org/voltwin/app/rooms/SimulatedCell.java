package org.voltwin.app.rooms;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.voltwin.bench.emulated.CellSource;
import org.voltwin.cosim.bench.CellObserver;
import org.voltwin.cosim.bench.CellSimulation;
import org.voltwin.cosim.worker.Simulation;
import org.voltwin.cosim.worker.WorkerLimits;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.port.BenchOrder;
import org.voltwin.model.quantity.Unit;
import org.voltwin.model.telemetry.Column;
import org.voltwin.model.telemetry.Direction;
import org.voltwin.model.telemetry.Variables;

/** The emulated bench's cell: the same FMUs that a virtual bench steps, in a worker process of their own. */
final class SimulatedCell implements CellSource {
    private final Path storage;
    private final Path work;

    SimulatedCell(Path storage, Path work) {
        this.storage = storage;
        this.work = work;
    }

    private Path models(BenchOrder order) {
        return storage.resolve(order.folder()).resolve("fastest-models/fmus").normalize();
    }

    @Override
    public Optional<Failure> refusal(BenchOrder order) {
        return models(order).startsWith(storage) && Files.isDirectory(models(order))
                ? Optional.empty()
                : Optional.of(Failure.permanent(
                        "bench.no_model",
                        "The emulated bench finds no models in " + order.folder() + ".",
                        "Check that the delivery of the run's models was completed."));
    }

    @Override
    public Rows open(BenchOrder order) {
        SimulatedRows rows = new SimulatedRows();
        rows.begin(CellSimulation.start(
                order,
                models(order),
                work.resolve(order.run().toString()),
                WorkerLimits.usual(),
                Double.POSITIVE_INFINITY,
                rows));
        return rows;
    }

    /** Hands rows from the simulation's thread to the bench's. */
    private static final class SimulatedRows implements Rows, CellObserver {
        private static final int AHEAD = 256;
        private static final long LONGEST_SILENCE_SECONDS = 120;

        private sealed interface Item {
            record Columns(List<Column> columns) implements Item {}

            record Values(List<@Nullable Double> values) implements Item {}

            record Done(Map<String, Double> summary) implements Item {}

            record Broken(Failure failure) implements Item {}
        }

        private final BlockingQueue<Item> items = new ArrayBlockingQueue<>(AHEAD);
        private @Nullable Simulation simulation;
        private List<Column> columns = List.of();
        private Map<String, Double> summary = Map.of();

        void begin(Simulation started) {
            simulation = started;
        }

        @Override
        public void columns(List<Column> given) {
            List<Column> all = new ArrayList<>();
            all.add(new Column(Variables.TIME, Unit.SECOND, Direction.INPUT));
            all.addAll(given);
            hand(new Item.Columns(all));
        }

        @Override
        public void row(CellRow row) {
            List<@Nullable Double> values = new ArrayList<>();
            values.add(row.timeSeconds());
            for (double value : row.values()) {
                values.add(Double.isNaN(value) ? null : value);
            }
            hand(new Item.Values(values));
        }

        @Override
        public void done(long rows, Map<String, Double> figures) {
            hand(new Item.Done(figures));
        }

        @Override
        public void broken(Failure failure) {
            hand(new Item.Broken(failure));
        }

        private void hand(Item item) {
            try {
                items.put(item);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private Item take() {
            try {
                Item item = items.poll(LONGEST_SILENCE_SECONDS, TimeUnit.SECONDS);
                if (item != null) {
                    return item;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new RefusedException(
                    Failure.passing("bench.cell_silent", "The emulated cell gave no row.", "Start the run again."));
        }

        @Override
        public List<Column> columns() {
            if (columns.isEmpty()) {
                Item first = take();
                if (first instanceof Item.Columns given) {
                    columns = given.columns();
                } else if (first instanceof Item.Broken broken) {
                    throw new RefusedException(broken.failure());
                } else {
                    throw new IllegalStateException("A simulation tells its columns first, not " + first);
                }
            }
            return columns;
        }

        @Override
        public @Nullable List<@Nullable Double> next() {
            columns();
            return switch (take()) {
                case Item.Values values -> values.values();
                case Item.Done done -> {
                    summary = done.summary();
                    yield null;
                }
                case Item.Broken broken -> throw new RefusedException(broken.failure());
                case Item.Columns again -> throw new IllegalStateException("Columns are told once: " + again);
            };
        }

        @Override
        public Map<String, Double> summary() {
            return summary;
        }

        @Override
        public void close() {
            Simulation running = simulation;
            if (running != null) {
                running.close();
            }
            items.clear();
        }
    }
}
