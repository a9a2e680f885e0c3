package org.voltwin.cosim.worker;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.voltwin.cosim.fmi.FmiException;
import org.voltwin.cosim.fmi.NativeExit;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.json.Json;

/**
 * The process that runs native models. Arguments: the plan's file, a folder of its own, and where checkpoints are. Rows go to the standard
 * output it was started with; what models print goes to standard error. Letters on
 * standard input are wishes ({@link Control}). It ends by itself when its standard input ends, so no worker outlives who started it. Exit status: 0 done, 1 failed with a reason in the last line, 2 wrong
 * usage, 3 orphaned.
 */
public final class WorkerMain {
    static final TypeReference<SimulationPlan> PLAN = new TypeReference<>() {};

    private WorkerMain() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 3) {
            System.err.println("usage: WorkerMain PLAN.json FOLDER CHECKPOINT (started by Voltwin, not by hand)");
            System.exit(2);
        }
        Control control = new Control();
        Thread.ofPlatform().daemon().name("parent").start(() -> endWithParent(control));
        String objection = SystemCallFilter.install();
        if (!objection.isEmpty()) {
            System.err.println("Models are not kept from processes and network: " + objection);
        }
        try (PrintStream out = OwnOutput.takeStandardOutput()) {
            RowWriter writer = new RowWriter(out);
            Failure failure = run(Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]), writer, control);
            if (failure != null) {
                writer.broken(failure);
                out.flush();
                System.exit(1);
            }
        }
        System.exit(0);
    }

    @SuppressWarnings("CatchAndPrintStackTrace")
    private static @org.jspecify.annotations.Nullable Failure run(
            Path planFile, Path folder, Path checkpoint, RowWriter writer, Control control) throws IOException {
        Outcome<SimulationPlan> plan = Json.read(Files.readAllBytes(planFile), SimulationPlan.class);
        try {
            new PlanExecution(plan.orThrow(), folder, checkpoint, writer, control).run();
            return null;
        } catch (RefusedException | FmiException e) {
            return failure(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Failure.passing("cosim.interrupted", "The simulation was interrupted.", "Start it again.");
        }
    }

    static Failure failure(RuntimeException exception) {
        return switch (exception) {
            case RefusedException refused -> refused.failure();
            case FmiException fmi ->
                Failure.permanent(
                        "fmu.step_failed",
                        "FMU " + fmi.instance() + " failed. " + fmi.getMessage(),
                        "Look at the parameters and the worker's log; the model does not accept what it was given.");
            default -> throw exception;
        };
    }

    /** Standard input is a pipe from the parent: its end is the parent's end. */
    private static void endWithParent(Control control) {
        NativeExit exit = new NativeExit();
        try {
            control.read(System.in);
        } catch (IOException e) {
            System.err.println("Standard input failed, which is taken for the end of the parent: " + e.getMessage());
        }
        exit.now(3);
    }
}
