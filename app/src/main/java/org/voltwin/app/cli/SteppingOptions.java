package org.voltwin.app.cli;

import java.util.Map;
import org.voltwin.cosim.coupling.CouplingMethod;
import org.voltwin.cosim.worker.Stepping;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;
import picocli.CommandLine.Option;

/** Options of how a coupled system is stepped. */
final class SteppingOptions {
    @Option(
            names = "--algorithm",
            defaultValue = "iterated",
            description = "jacobi, gauss-seidel, or iterated (default): loops are solved in every step.")
    private String algorithm = "iterated";

    @Option(
            names = "--tolerance",
            defaultValue = "0",
            description = "Relative tolerance of adaptive steps up to --step; 0 (default) for fixed steps.")
    private double tolerance;

    @Option(names = "--shortest-step", defaultValue = "1e-6", description = "Of adaptive steps, s.")
    private double shortestStepSeconds;

    @Option(
            names = "--steps-of",
            paramLabel = "FMU=N",
            description = "Own steps of an FMU in each communication step; repeatable.")
    private Map<String, Integer> stepsPerStep = Map.of();

    @Option(
            names = "--real-time",
            paramLabel = "FACTOR",
            defaultValue = "1e300",
            description = "Simulated seconds per second; by default as fast as possible.")
    private double realTimeFactor;

    Stepping read() {
        CouplingMethod method = CouplingMethod.parse(algorithm)
                .orElseThrow(() -> refused("There is no algorithm '" + algorithm + "'."));
        try {
            return new Stepping(method, tolerance, shortestStepSeconds, stepsPerStep, realTimeFactor, false);
        } catch (IllegalArgumentException e) {
            throw refused(e.getMessage() + " cannot be used.");
        }
    }

    private static RefusedException refused(String cause) {
        return new RefusedException(Failure.permanent(
                "cosim.bad_stepping",
                cause,
                "Use jacobi, gauss-seidel or iterated, a tolerance of at least 0, and counts and factors above 0."));
    }
}
