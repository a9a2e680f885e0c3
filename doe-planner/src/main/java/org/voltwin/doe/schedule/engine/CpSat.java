package org.voltwin.doe.schedule.engine;

import com.google.ortools.Loader;
import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.CpSolver;
import com.google.ortools.sat.CpSolverSolutionCallback;
import com.google.ortools.sat.CpSolverStatus;
import com.google.ortools.sat.LinearArgument;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.voltwin.model.failure.Failure;

/**
 * CP-SAT of OR-Tools. The only place that loads its native library: once, on first use; where it cannot be loaded,
 * searches go on without it and say so.
 */
public final class CpSat {
    /** The name in a search's history. */
    public static final String NAME = "CP-SAT";

    private CpSat() {}

    /** Loads once; the failure stays. */
    private static final class Native {
        private static final @Nullable Failure FAILURE = load();

        private static @Nullable Failure load() {
            try {
                Loader.loadNativeLibraries();
                return null;
            } catch (RuntimeException | LinkageError e) {
                return Failure.permanent(
                        "schedule.no_native_solver",
                        "OR-Tools' native library cannot be loaded here: " + e.getMessage() + ".",
                        "Run on Linux x86-64 or AArch64 with a writable temporary folder; plans are made without proofs"
                                + " until then.");
            }
        }
    }

    /** Why it cannot be used on this machine; empty when it can. */
    public static Optional<Failure> unavailable() {
        return Optional.ofNullable(Native.FAILURE);
    }

    /**
     * Minimises. The caller made sure that it is available, and set the model's objective and hint.
     *
     * @param seconds longest wall-clock time
     * @param onSolution called for each better solution with a function from a variable to its value
     * @param onBound told the bound at each solution and at the end. OR-Tools 9.15 has a callback for every better bound,
     *     but its native code keeps a stale reference to a Java class and brings the JVM down (SIGSEGV in NewObject)
     * @throws IllegalStateException when the model has no solution at all: callers only give models with a known plan
     */
    public static void minimise(
            CpModel model, SearchLimits limits, double seconds, SolutionListener onSolution, LongConsumer onBound) {
        CpSolver solver = new CpSolver();
        solver.getParameters()
                .setMaxTimeInSeconds(Math.max(0.01, seconds))
                .setNumWorkers(limits.threads())
                .setRandomSeed((int) (limits.seed() & 0x7fffffff));
        if (limits.threads() == 1) {
            // Deterministic time runs a little slower than the wall clock, so this ends first and runs repeat.
            solver.getParameters().setMaxDeterministicTime(Math.max(0.01, limits.seconds() * 0.3));
        }
        CpSolverStatus status = solver.solve(model, new CpSolverSolutionCallback() {
            @Override
            public void onSolutionCallback() {
                onSolution.solution(this::value);
                onBound.accept(rounded(bestObjectiveBound()));
            }
        });
        if (status == CpSolverStatus.INFEASIBLE || status == CpSolverStatus.MODEL_INVALID) {
            throw new IllegalStateException(
                    "CP-SAT calls a model " + status + " that has a known plan: " + model.validate());
        }
        onBound.accept(rounded(solver.bestObjectiveBound()));
    }

    /** Objectives are whole numbers, so a bound is one too. */
    private static long rounded(double bound) {
        return (long) Math.ceil(bound - 1e-6);
    }

    /** Told of each better solution while the search runs. */
    @FunctionalInterface
    public interface SolutionListener {
        void solution(Values values);
    }

    /** A variable's or an expression's value in a solution. */
    @FunctionalInterface
    public interface Values {
        long apply(LinearArgument expression);
    }
}
