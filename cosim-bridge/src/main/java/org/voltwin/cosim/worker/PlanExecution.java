package org.voltwin.cosim.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.voltwin.cosim.check.FolderInspector;
import org.voltwin.cosim.coupling.AdaptiveSteps;
import org.voltwin.cosim.coupling.CoupledSystem;
import org.voltwin.cosim.coupling.Part;
import org.voltwin.cosim.fmi.FmiException;
import org.voltwin.cosim.fmi.Instantiation;
import org.voltwin.cosim.fmi.LogTarget;
import org.voltwin.cosim.fmu.FmuArchive;
import org.voltwin.model.failure.RefusedException;

/** Runs a plan in this process. Deterministic: the same plan and files give the same rows. */
final class PlanExecution {
    private final SimulationPlan plan;
    private final Path folder;
    private final RowWriter writer;
    private final Totals totals = new Totals();
    private List<Recorder> recorders = List.of();

    PlanExecution(SimulationPlan plan, Path folder, RowWriter writer) {
        this.plan = plan;
        this.folder = folder;
        this.writer = writer;
    }

    void run() throws IOException {
        FolderInspector.Inspection inspection = new FolderInspector().inspect(Path.of(plan.folder()));
        inspection.failure().ifPresent(failure -> {
            throw new RefusedException(failure);
        });
        List<Path> libraries = new ArrayList<>();
        for (FmuArchive fmu : inspection.fmus()) {
            libraries.add(fmu.unpack(folder.resolve(fmu.name())));
        }
        double offset = 0;
        for (int i = 0; i < plan.scenarios().size(); i++) {
            List<Part> parts = new ArrayList<>();
            try {
                for (int p = 0; p < libraries.size(); p++) {
                    FmuArchive fmu = inspection.fmus().get(p);
                    parts.add(new Part(
                            fmu.name(),
                            fmu.description(),
                            new Instantiation(
                                            libraries.get(p),
                                            fmu.name(),
                                            fmu.description(),
                                            folder.resolve(fmu.name()).resolve("resources"),
                                            LogTarget.standardError(),
                                            allGoBack(inspection.fmus()))
                                    .create(),
                            plan.stepping().stepsPerStep().getOrDefault(fmu.name(), 1)));
                }
                double end = scenario(i, parts, inspection, offset);
                if (plan.stepping().scenariosApart()) {
                    writer.scenarioDone(plan.scenarios().get(i).number(), null);
                } else {
                    offset = end + plan.sampleIntervalSeconds();
                }
            } catch (RefusedException | FmiException e) {
                if (!plan.stepping().scenariosApart()) {
                    throw e;
                }
                writer.scenarioDone(plan.scenarios().get(i).number(), WorkerMain.failure(e));
            } finally {
                parts.forEach(part -> part.model().close());
            }
        }
        writer.done(totals.summary(plan.stepping().realTimeFactor() < Stepping.USUAL.realTimeFactor()));
    }

    /** A model may stop within a step when the others can go back to where it stopped. */
    private static boolean allGoBack(List<FmuArchive> fmus) {
        return fmus.stream().allMatch(fmu -> fmu.description().hasState());
    }

    /** Runs one scenario; answers the test time at its end. */
    private double scenario(int index, List<Part> parts, FolderInspector.Inspection inspection, double offset) {
        SimulationPlan.ScenarioPlan scenario = plan.scenarios().get(index);
        StartValues values = new StartValues(parts);
        scenario.parameters().forEach(values::require);
        scenario.optional().forEach(values::offer);
        StimulusPlayer stimuli = new StimulusPlayer(scenario.stimuli(), parts, inspection.connections());
        Recorder recorder = new Recorder(parts);
        if (recorders.isEmpty()) {
            writer.signals(recorder.signals());
        }
        recorders = List.of(recorder);
        CoupledSystem system = new CoupledSystem(
                parts, inspection.connections(), plan.stepping().method());
        stimuli.play(0);
        system.initialise(0);
        DoubleUnaryOperator steps = steps(system);
        RealTimePace pace = new RealTimePace(plan.stepping().realTimeFactor(), System::nanoTime);
        double[] row = recorder.read();
        write(scenario, index, offset, 0, row);
        totals.begin();
        boolean written = true;
        double interval = plan.sampleIntervalSeconds();
        int partsOfInterval = (int) Math.ceil(interval / plan.longestStepSeconds() - 1e-9);
        long tick = 0;
        while (system.timeSeconds() < scenario.stopSeconds() && !recorder.finished() && !system.terminated()) {
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
            if (sample || recorder.hasSteps()) {
                row = recorder.read();
            } else {
                recorder.look();
                if (recorder.finished() || system.terminated()) {
                    row = recorder.read();
                }
            }
            if (stepBefore != recorder.step() && !written) {
                write(scenario, index, offset, before, rowBefore); // where the procedure step ended
            }
            totals.add(recorder, reached - before);
            written = sample || recorder.finished() || system.terminated();
            if (written) {
                write(scenario, index, offset, reached, row);
            }
        }
        totals.ended(system, recorder, pace.largestLagSeconds());
        return offset + system.timeSeconds();
    }

    private DoubleUnaryOperator steps(CoupledSystem system) {
        Stepping stepping = plan.stepping();
        if (stepping.relativeTolerance() == 0) {
            return system::stepTo;
        }
        return new AdaptiveSteps(
                        system, stepping.relativeTolerance(), stepping.shortestStepSeconds(), plan.longestStepSeconds())
                ::stepTo;
    }

    private void write(SimulationPlan.ScenarioPlan scenario, int index, double offset, double time, double[] values) {
        double part = Math.min(1, time / scenario.stopSeconds());
        writer.row(
                scenario.number(),
                offset + time,
                (index + part) / plan.scenarios().size(),
                values);
    }
}
