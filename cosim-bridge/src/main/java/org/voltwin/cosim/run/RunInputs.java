package org.voltwin.cosim.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.voltwin.cosim.procedure.Protocol;
import org.voltwin.cosim.ssp.SspFile;
import org.voltwin.cosim.worker.SimulationPlan;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.port.ModelInspector.Finding;

/** What a run takes from the folder or the system structure it is given. */
final class RunInputs {
    private RunInputs() {}

    /**
     * A folder to run.
     *
     * @param findings warnings from what it was made of
     */
    record Inputs(Path folder, List<Finding> findings) {
        /** These and what was found in the folder. */
        List<Finding> and(List<Finding> others) {
            List<Finding> all = new ArrayList<>(findings);
            all.addAll(others);
            return all;
        }
    }

    /** The folder itself, or a new one below {@code work} with what a .ssd or .ssp describes. */
    static Inputs folder(Path given, Path work) throws IOException {
        String name = given.toString().toLowerCase(java.util.Locale.ROOT);
        if (Files.isRegularFile(given) && (name.endsWith(".ssp") || name.endsWith(".ssd"))) {
            Path folder = work.resolve("system");
            return new Inputs(folder, SspFile.unpack(given, folder));
        }
        return new Inputs(given, List.of());
    }

    static void requireTimes(double... seconds) {
        for (double value : seconds) {
            if (!(value > 0) || Double.isInfinite(value)) {
                throw new RefusedException(Failure.permanent(
                        "cosim.bad_times",
                        "A stop time, step or sample interval is " + value + " s.",
                        "Give numbers greater than 0."));
            }
        }
    }

    static SimulationPlan.@Nullable Stimuli stimuli(Path folder) throws IOException {
        Path input = folder.resolve("input.csv");
        return Files.isRegularFile(input) ? StimulusFile.read(input) : null;
    }

    /** What procedure.json and parameters.json set. */
    static ParameterFile parameters(Path folder) throws IOException {
        Map<String, List<Double>> procedure = Map.of();
        Path rows = folder.resolve("procedure.json");
        if (Files.isRegularFile(rows)) {
            procedure = Protocol.read(rows).parameters();
        }
        Path file = folder.resolve("parameters.json");
        ParameterFile own = Files.isRegularFile(file) ? ParameterFile.read(file) : ParameterFile.EMPTY;
        return own.over(procedure);
    }

    static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }
}
