package org.voltwin.cosim.worker;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.voltwin.cosim.check.Connection;
import org.voltwin.cosim.coupling.AdaptiveSteps;
import org.voltwin.cosim.coupling.CoupledSystem;
import org.voltwin.cosim.coupling.Memory;
import org.voltwin.cosim.coupling.Part;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;

/**
 * One scenario with fresh instances of the models: {@link #begin} or {@link #goOn}, then {@link #toEnd}. Between two
 * steps it can be {@linkplain #remember remembered}.
 */
final class ScenarioRun implements AutoCloseable {
    private final SimulationPlan plan;
    private final int index;
    private final double offsetSeconds;
    private final SimulationPlan.ScenarioPlan scenario;
    private final List<Part> parts;
    private final RowWriter writer;
    private final Totals totals;
    private final StimulusPlayer stimuli;
    private final Recorder recorder;
    private final CoupledSystem system;
    private @Nullable AdaptiveSteps adaptive;
    private boolean written = true;
    private long tick;

    /** @param offsetSeconds test time at the scenario's beginning */
    ScenarioRun(
            SimulationPlan plan,
            int index,
            double offsetSeconds,
            List<Part> parts,
            List<Connection> connections,
            RowWriter writer,
            Totals totals) {
        this.plan = plan;
        this.index = index;
        this.offsetSeconds = offsetSeconds;
        this.parts = parts;
        this.writer = writer;
        this.totals = totals;
        scenario = plan.scenarios().get(index);
        StartValues values = new StartValues(parts);
        values.structure(scenario.optional());
        values.structure(scenario.parameters());
        scenario.parameters().forEach(values::require);
        scenario.texts().forEach(values::requireTexts);
        scenario.optional().forEach(values::offer);
        stimuli = new StimulusPlayer(scenario.stimuli(), parts, connections);
        recorder = new Recorder(parts);
        // scenarios apart have processes of their own side by side, which keep the processors busy
        int processors = Runtime.getRuntime().availableProcessors();
        int threads = plan.stepping().scenariosApart() ? 1 : processors;
        system = new CoupledSystem(parts, connections, plan.stepping().method(), threads);
    }

    List<RowObserver.Signal> signals() {
        return recorder.signals();
    }

    /** From the start; gives the first row. */
    void begin() {
        stimuli.play(0);
        system.initialise(0);
        adapt();
        write(0, recorder.read());
        totals.begin();
    }

    /** From where {@link #remember} was called in another run of the same plan. */
    void goOn(Memory memory, List<byte[]> states) {
        if (states.size() != parts.size()) {
            throw new RefusedException(Failure.permanent(
                    "checkpoint.other_models",
                    "The checkpoint holds " + states.size() + " models, and the run has " + parts.size() + ".",
                    "Start the run from its beginning, without the checkpoint."));
        }
        for (int i = 0; i < parts.size(); i++) {
            parts.get(i).model().restoreSerialised(states.get(i));
        }
        tick = memory.nextLong();
        written = memory.nextLong() != 0;
        system.load(memory);
        adapt();
        if (adaptive != null) {
            adaptive.load(memory);
        }
        stimuli.load(memory);
        recorder.load(memory);
    }

    List<byte[]> remember(Memory memory) {
        memory.put(tick).put(written ? 1L : 0L);
        system.save(memory);
        if (adaptive != null) {
            adaptive.save(memory);
        }
        stimuli.save(memory);
        recorder.save(memory);
        return parts.stream().map(part -> part.model().serialisedState()).toList();
    }

    private void adapt() {
        Stepping stepping = plan.stepping();
        if (stepping.relativeTolerance() > 0) {
            adaptive = new AdaptiveSteps(
                    system, stepping.relativeTolerance(), stepping.shortestStepSeconds(), plan.longestStepSeconds());
        }
    }

    /** Told after each step. */
    interface AfterStep {
        /** False to end the scenario here. May wait; then the pace begins anew. */
        Going after(ScenarioRun run) throws InterruptedException;
    }

    /** How a scenario goes on. */
    enum Going {
        ON,
        ON_AFTER_A_PAUSE,
        STOPPED
    }

    /** Steps to the end, or until stopped; answers the test time reached. */
    double toEnd(AfterStep afterStep) throws InterruptedException {
        AdaptiveSteps adapted = adaptive;
        DoubleUnaryOperator steps = adapted == null ? system::stepTo : adapted::stepTo;
        RealTimePace pace = pace();
        double[] row = recorder.last();
        double interval = plan.sampleIntervalSeconds();
        int partsOfInterval = (int) Math.ceil(interval / plan.longestStepSeconds() - 1e-9);
        while (!ended()) {
            double next = Math.min((tick + 1) * interval / partsOfInterval, scenario.stopSeconds());
            stimuli.play(system.timeSeconds());
            double before = system.timeSeconds();
            double reached = steps.applyAsDouble(next);
            pace.await(reached);
            writer.alive();
            int stepBefore = recorder.step();
            double[] rowBefore = row;
            if (reached >= next) {
                tick++;
            }
            boolean sample = reached >= next && (tick % partsOfInterval == 0 || reached >= scenario.stopSeconds());
            row = sample || recorder.hasSteps() ? recorder.read() : recorder.look();
            if (stepBefore != recorder.step() && !written) {
                write(before, rowBefore); // where the procedure step ended
            }
            totals.add(recorder, reached - before);
            written = sample;
            if (sample) {
                write(reached, row);
            }
            Going going = afterStep.after(this);
            if (going == Going.STOPPED) {
                break;
            }
            if (going == Going.ON_AFTER_A_PAUSE) {
                totals.late(pace.largestLagSeconds());
                pace = pace();
            }
        }
        if (!written) {
            write(system.timeSeconds(), recorder.read());
        }
        totals.late(pace.largestLagSeconds());
        totals.ended(system, recorder);
        return offsetSeconds + system.timeSeconds();
    }

    /** The models are who made them's to close. */
    @Override
    public void close() {
        system.close();
    }

    private boolean ended() {
        return system.timeSeconds() >= scenario.stopSeconds() || recorder.finished() || system.terminated();
    }

    private RealTimePace pace() {
        return new RealTimePace(plan.stepping().realTimeFactor(), system.timeSeconds(), System::nanoTime);
    }

    private void write(double time, double[] values) {
        double part = Math.min(1, time / scenario.stopSeconds());
        writer.row(
                scenario.number(),
                offsetSeconds + time,
                (index + part) / plan.scenarios().size(),
                values);
    }
}
