import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.voltwin.cosim.run.BatchOptions;
import org.voltwin.cosim.run.BatchReport;
import org.voltwin.cosim.run.BatchRun;
import org.voltwin.cosim.worker.Stepping;

/** 1,000 one-hour runs of the cell model at steps of one second, with two workers. Arguments: battery.fmu, folder. */
final class WhatIfBench {
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createDirectories(Path.of(arguments[1], "what-if"));
        Files.copy(Path.of(arguments[0]), folder.resolve("battery.fmu"));
        Files.writeString(folder.resolve("input.csv"), "Time,Current\n0,-2\n");
        StringBuilder design = new StringBuilder("Initial_SoC,Ambient_Temperature\n");
        for (int i = 0; i < 1000; i++) {
            design.append(0.6 + i * 4e-4).append(',').append(10 + i % 30).append('\n');
        }
        Path file = Files.writeString(Path.of(arguments[1], "design.csv"), design);
        BatchReport report = BatchRun.run(
                new BatchOptions(folder, file, Optional.of(folder.resolve("out.csv")), 3600, 1, 2, Stepping.USUAL),
                (done, all) -> {});
        System.out.printf(
                java.util.Locale.ROOT,
                "what-if runs              %d of %d in %.1f s (goal 20)%n",
                report.completed(), report.scenarios(), report.wallSeconds());
    }
}
