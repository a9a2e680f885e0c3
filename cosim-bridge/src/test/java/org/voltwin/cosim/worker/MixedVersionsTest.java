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
import org.voltwin.model.failure.Failure;

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

        Rows rows = run(models, Map.of("u", List.of(1000.0)));

        assertThat(rows.failure).isNull();
        assertThat(last(rows, "second", "x")).isCloseTo(6000, within(1e-9));
        assertThat(last(rows, "third", "x")).isCloseTo(2000 + 4000 + 6000 + 3 * 273.15, within(1e-9));
        assertThat(last(rows, "third", "timeEvents")).isEqualTo(12);
        assertThat(last(rows, "second", "flag")).isZero();
    }

    /** Twice the model of FMI 3.0; an array of the first drives one of the second. */
    private Path twoCoupledByAnArray() throws Exception {
        Path models = temp.resolve("models");
        FmuFiles.third(models);
        Files.move(models.resolve("third.fmu"), models.resolve("a.fmu"));
        Files.copy(models.resolve("a.fmu"), models.resolve("b.fmu"));
        Files.writeString(models.resolve("connections.json"), """
                [{"InSignalReference": "/b/Int16_input/Int16_input", "OutSignalReference": "/a/Int8_output/Int8_output"}]
                """);
        return models;
    }

    @Test
    void structural_parameters_size_arrays_in_parameters_connections_and_rows() throws Exception {
        Path models = twoCoupledByAnArray();

        Rows rows = run(models, Map.of("n", List.of(3.0), "/a/Int8_input", List.of(5.0, -6.0, 7.0)));

        assertThat(rows.failure).isNull();
        assertThat(last(rows, "b", "Int16_output[1]")).isEqualTo(5);
        assertThat(last(rows, "b", "Int16_output[3]")).isEqualTo(7);
        assertThat(last(rows, "a", "Int8_output[2]")).isEqualTo(-6);
    }

    @Test
    void arrays_that_parameters_make_different_in_size_are_not_connected() throws Exception {
        Path models = twoCoupledByAnArray();

        Rows rows = run(models, Map.of("/a/n", List.of(3.0)));

        assertThat(rows.failure).extracting(Failure::code).isEqualTo("connections.shape_mismatch");
    }

    private Rows run(Path models, Map<String, List<Double>> parameters) throws InterruptedException {
        Path work = temp.resolve("work");
        SimulationPlan plan = new SimulationPlan(
                work.resolve("fmus").toString(),
                List.of(new SimulationPlan.ScenarioPlan(1, 3, parameters, Map.of(), null)),
                1,
                1);
        Rows rows = new Rows();
        try (Simulation simulation = Simulation.start(
                plan, models, work, new WorkerLimits(512L << 20, Duration.ofSeconds(60), 1), rows, "test")) {
            simulation.await();
        }
        return rows;
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
