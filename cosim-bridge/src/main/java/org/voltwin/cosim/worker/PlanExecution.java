package org.voltwin.cosim.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voltwin.cosim.check.FolderInspector;
import org.voltwin.cosim.coupling.Memory;
import org.voltwin.cosim.coupling.Part;
import org.voltwin.cosim.fmi.FmiException;
import org.voltwin.cosim.fmi.Instantiation;
import org.voltwin.cosim.fmi.LogTarget;
import org.voltwin.cosim.fmu.FmuArchive;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;

/**
 * Runs a plan in this process. Deterministic: the same plan and files give the same rows, also when it went on from a
 * checkpoint.
 */
final class PlanExecution {
    private static final long PAUSE_SIGN_MILLISECONDS = 1000;

    private final SimulationPlan plan;
    private final Path folder;
    private final Path checkpoint;
    private final RowWriter writer;
    private final Control control;
    private final Totals totals = new Totals();
    private List<FmuArchive> fmus = List.of();
    private List<Path> libraries = List.of();
    private String identity = "";
    private int index;
    private double offsetSeconds;
    private boolean signalsTold;
    private boolean remembering;

    /** @param checkpoint read where it is, and written now and then where all models can give their states */
    PlanExecution(SimulationPlan plan, Path folder, Path checkpoint, RowWriter writer, Control control) {
        this.plan = plan;
        this.folder = folder;
        this.checkpoint = checkpoint;
        this.writer = writer;
        this.control = control;
    }

    void run() throws IOException, InterruptedException {
        FolderInspector.Inspection inspection = new FolderInspector().inspect(Path.of(plan.folder()));
        inspection.failure().ifPresent(failure -> {
            throw new RefusedException(failure);
        });
        fmus = inspection.fmus();
        libraries = new ArrayList<>();
        for (FmuArchive fmu : fmus) {
            libraries.add(fmu.unpack(folder.resolve(fmu.name())));
        }
        remembering =
                fmus.stream().allMatch(fmu -> fmu.description().capabilities().serialisedState());
        if (!remembering) {
            System.err.println("No checkpoints: not all models can give their state as bytes (canSerializeFMUState)");
        }
        identity = remembering ? identity(plan, fmus) : "";
        @Nullable Checkpoint from = Files.isRegularFile(checkpoint) ? Checkpoint.read(checkpoint) : null;
        if (from != null && !from.identity().equals(identity)) {
            throw new RefusedException(Failure.permanent(
                    "checkpoint.other_run",
                    "The checkpoint " + checkpoint + " was made with other models, another step or another sampling.",
                    "Give the same models and options, or start the run from its beginning."));
        }
        @Nullable Memory memory = null;
        if (from != null) {
            memory = new Memory(from.memory());
            index = (int) memory.nextLong();
            offsetSeconds = memory.nextDouble();
            totals.load(memory);
            writer.goOn(from.sequence());
            System.err.println("Goes on from a checkpoint before row " + from.sequence());
        }
        for (; index < plan.scenarios().size() && !control.stopped(); index++) {
            scenario(inspection, memory, from);
            memory = null;
        }
        totals.stopped(control.stopped());
        writer.done(totals.summary(plan.stepping().realTimeFactor() < Stepping.USUAL.realTimeFactor()));
    }

    private void scenario(FolderInspector.Inspection inspection, @Nullable Memory memory, @Nullable Checkpoint from)
            throws InterruptedException {
        int number = plan.scenarios().get(index).number();
        List<Part> parts = new ArrayList<>();
        try {
            instantiate(parts);
            double end;
            try (ScenarioRun run =
                    new ScenarioRun(plan, index, offsetSeconds, parts, inspection.connections(), writer, totals)) {
                end = simulate(run, memory, from);
            }
            if (plan.stepping().scenariosApart()) {
                writer.scenarioDone(number, null);
            } else {
                offsetSeconds = end + plan.sampleIntervalSeconds();
            }
        } catch (RefusedException | FmiException e) {
            if (!plan.stepping().scenariosApart()) {
                throw e;
            }
            writer.scenarioDone(number, WorkerMain.failure(e));
        } finally {
            parts.forEach(part -> part.model().close());
        }
    }

    private double simulate(ScenarioRun run, @Nullable Memory memory, @Nullable Checkpoint from)
            throws InterruptedException {
        if (!signalsTold) {
            writer.signals(run.signals());
            signalsTold = true;
        }
        if (memory != null && from != null) {
            run.goOn(memory, from.states());
        } else {
            run.begin();
        }
        return run.toEnd(this::afterStep);
    }

    private void instantiate(List<Part> parts) {
        boolean allGoBack = fmus.stream().allMatch(fmu -> fmu.description().hasState());
        for (int p = 0; p < libraries.size(); p++) {
            FmuArchive fmu = fmus.get(p);
            parts.add(new Part(
                    fmu.name(),
                    fmu.description(),
                    new Instantiation(
                                    libraries.get(p),
                                    fmu.name(),
                                    fmu.description(),
                                    folder.resolve(fmu.name()).resolve("resources"),
                                    LogTarget.standardError(),
                                    allGoBack)
                            .create(),
                    plan.stepping().stepsPerStep().getOrDefault(fmu.name(), 1)));
        }
    }

    private ScenarioRun.Going afterStep(ScenarioRun run) throws InterruptedException {
        boolean waited = false;
        if (control.checkpointDue()) {
            remember(run);
        }
        while (control.paused() && !control.stopped()) {
            if (!waited) {
                remember(run);
                writer.flush();
            }
            waited = true;
            control.awaitChange(PAUSE_SIGN_MILLISECONDS);
            writer.alive();
        }
        return control.stopped()
                ? ScenarioRun.Going.STOPPED
                : waited ? ScenarioRun.Going.ON_AFTER_A_PAUSE : ScenarioRun.Going.ON;
    }

    /** The parent accepts it when it has the rows before: a checkpoint must not know of rows that were lost. */
    private void remember(ScenarioRun run) {
        if (!remembering) {
            return;
        }
        totals.remembered();
        Memory memory = new Memory().put((long) index).put(offsetSeconds);
        totals.save(memory);
        List<byte[]> states = run.remember(memory);
        try {
            new Checkpoint(identity, writer.sequence(), memory.words(), states)
                    .write(Checkpoint.next(checkpoint, writer.sequence()));
            writer.checkpoint();
        } catch (IOException e) {
            remembering = false;
            System.err.println("No more checkpoints: " + checkpoint + " cannot be written: " + e.getMessage());
        }
    }

    /** What must be the same for a checkpoint to be of use; the stop time may differ. */
    private static String identity(SimulationPlan plan, List<FmuArchive> fmus) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (FmuArchive fmu : fmus) {
                digest.update((fmu.name() + "\n").getBytes(StandardCharsets.UTF_8));
                try (DigestInputStream in = new DigestInputStream(Files.newInputStream(fmu.file()), digest)) {
                    in.transferTo(java.io.OutputStream.nullOutputStream());
                }
            }
            String rest = plan.sampleIntervalSeconds() + " " + plan.longestStepSeconds() + " "
                    + plan.stepping().method() + " " + plan.stepping().relativeTolerance() + " "
                    + plan.stepping().stepsPerStep() + " " + plan.scenarios().size();
            return HexFormat.of().formatHex(digest.digest(rest.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
