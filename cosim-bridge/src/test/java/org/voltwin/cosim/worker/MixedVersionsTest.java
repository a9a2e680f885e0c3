package org.voltwin.cosim.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.cosim.fmu.FmuFiles;

/** One system of an FMI 2.0 and an FMI 3.0 model in a worker. */
final class MixedVersionsTest {
    @TempDir
    private Path temp;

    /** x of the first is 2 * 1000 * t in degrees Celsius; the second integrates it in kelvin, after each step of 1 s. */
    @Test
    void fmi_2_drives_fmi_3_with_units_converted() throws Exception {
        Path models = temp.resolve("models");
        FmuFiles.second(models);
        FmuFiles.third(models);
        Files.writeString(models.resolve("connections.json"), """
                [{"InSignalReference": "/third/rate/rate", "OutSignalReference": "/second/x/x"}]
                """);

        Path work = temp.resolve("work");
        SimulationPlan plan = new SimulationPlan(
                work.resolve("fmus").toString(),
                List.of(new SimulationPlan.ScenarioPlan(1, 3, Map.of("u", List.of(1000.0)), Map.of(), null)),
                1,
                1);
        Rows rows = new Rows();
        try (Simulation simulation = Simulation.start(
                plan, models, work, new WorkerLimits(512L << 20, Duration.ofSeconds(60), 1), rows, "test")) {
            simulation.await();
        }

        assertThat(rows.failure).isNull();
        assertThat(last(rows, "second", "x")).isCloseTo(6000, within(1e-9));
        assertThat(last(rows, "third", "x")).isCloseTo(2000 + 4000 + 6000 + 3 * 273.15, within(1e-9));
        assertThat(last(rows, "third", "timeEvents")).isEqualTo(12);
        assertThat(last(rows, "second", "flag")).isZero();
    }

    private static double last(Rows rows, String fmu, String name) {
        for (int i = 0; i < rows.signals.size(); i++) {
            if (rows.signals.get(i).fmu().equals(fmu)
                    && rows.signals.get(i).name().equals(name)) {
                return rows.rows.getLast().values()[i];
            }
        }
        throw new AssertionError("No signal " + name + " of " + fmu);
    }
}
