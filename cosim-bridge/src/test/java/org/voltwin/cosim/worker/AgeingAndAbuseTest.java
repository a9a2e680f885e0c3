package org.voltwin.cosim.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voltwin.cosim.Fixtures;
import org.voltwin.cosim.procedure.Protocol;
import org.voltwin.model.json.Json;

/** Ageing against the closed forms of Schmalstieg et al. 2014, runaway against SciPy, hysteresis against its equation. */
final class AgeingAndAbuseTest {
    private static final double DAY = 86_400;

    @TempDir
    private Path temp;

    private Path battery() throws Exception {
        Path folder = Files.createDirectories(temp.resolve("battery"));
        Files.copy(Fixtures.model(temp).resolve("battery.fmu"), folder.resolve("battery.fmu"));
        return folder;
    }

    private static double last(Rows rows, String name) {
        double[] column = rows.column(name);
        return column[column.length - 1];
    }

    /** Schmalstieg et al. 2014, equations 19 and 20: constant voltage and temperature for 200 days. */
    @Test
    void storage_costs_what_the_published_equation_says() throws Exception {
        Rows rows = Rows.of(
                battery(),
                temp.resolve("work"),
                200 * DAY,
                10 * DAY,
                Map.of(
                        "Ageing", List.of(1.0),
                        "Initial_SoC", List.of(0.7),
                        "Longest_Substep", List.of(3600.0),
                        "Initial_Temperature", List.of(50.0),
                        "Ambient_Temperature", List.of(50.0)),
                DAY);

        double alpha = (7.543 * Cell.openCircuit(0.7) - 23.75) * 1e6 * Math.exp(-6976 / 323.15);
        assertThat(last(rows, "SoH")).isCloseTo(1 - alpha * Math.pow(200, 0.75), within(1e-6));
        double resistance = (5.270 * Cell.openCircuit(0.7) - 16.32) * 1e5 * Math.exp(-5986 / 323.15);
        double[] ohms = rows.column("Internal_Resistance");
        assertThat(ohms[20] / ohms[0]).isCloseTo(1 + resistance * Math.pow(200, 0.75), within(1e-6));
    }

    /**
     * One year of daily cycles through loops of the cycler, at a depth of a fifth around 50 %. The cyclic part is
     * beta sqrt(Q), with the throughput of the 2.05 Ah cell it was published for.
     */
    @Test
    void a_year_of_daily_cycling_takes_seconds() throws Exception {
        String text = "[[1,-0.51532,-1,7200,-1,-1,-1,0],[3,0,-1,36000,-1,-1,-1,0],"
                + "[1,0.51532,-1,7200,-1,-1,-1,0],[3,0,-1,36000,-1,-1,-1,0],[5,1,365,1,-1,-1,-1,0]]";
        Map<String, List<Double>> parameters =
                new HashMap<>(Protocol.read(Json.read(text.getBytes(StandardCharsets.UTF_8), JsonNode.class)
                                .orThrow())
                        .parameters());
        parameters.put("Ageing", List.of(1.0));
        parameters.put("Initial_SoC", List.of(0.6));
        parameters.put("Longest_Substep", List.of(60.0));
        parameters.put("Cooling", List.of(1e3));
        long began = System.nanoTime();

        Rows rows = Rows.of(Fixtures.model(temp), temp.resolve("work"), 366 * DAY, DAY, parameters, 3600);

        assertThat(rows.failure).isNull();
        assertThat((System.nanoTime() - began) / 1e9).isLessThan(60); // 2 s on an idle machine
        assertThat(last(rows, "Cycle")).isEqualTo(365);
        double volts = Cell.openCircuit(0.5);
        double beta = 7.348e-3 * Math.pow(volts - 3.667, 2) + 7.6e-4 + 4.081e-3 * 0.2;
        double cyclic = beta * Math.sqrt(365 * 2 * 0.2 * 2.05);
        double calendar = 0;
        for (double soc : new double[] {0.6, 0.4}) {
            double alpha = (7.543 * Cell.openCircuit(soc) - 23.75) * 1e6 * Math.exp(-6976 / 298.15);
            calendar += Math.pow(alpha, 4.0 / 3) * 365 / 2;
        }
        // The depth grows as the capacity falls, and voltages between the two charges count too: hence the tolerance.
        assertThat(1 - last(rows, "SoH")).isCloseTo(cyclic + Math.pow(calendar, 0.75), within(0.05 * cyclic));
    }

    /** Oven tests; benchmarks/batteries/runaway_reference.py solves the published kinetics with SciPy. */
    @ParameterizedTest
    @ValueSource(ints = {130, 150, 160, 180})
    void an_oven_test_agrees_with_scipy(int oven) throws Exception {
        Rows rows = Rows.of(
                battery(),
                temp.resolve("work"),
                7200,
                60,
                Map.of("Runaway", List.of(1.0), "Ambient_Temperature", List.of((double) oven)));

        double[] celsius = rows.column("Cell_Temperature_01");
        List<String> lines;
        try (InputStream in =
                Objects.requireNonNull(AgeingAndAbuseTest.class.getResourceAsStream("oven-" + oven + ".csv"))) {
            lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(2)
                    .toList();
        }
        double hottest = 0;
        for (int i = 0; i < lines.size(); i++) {
            double expected = Double.parseDouble(lines.get(i).split(",")[1]);
            assertThat(celsius[i]).isCloseTo(expected, within(2.0));
            hottest = Math.max(hottest, celsius[i]);
        }
        // Hatchard et al. 2001 found the threshold of their 18650 cells between 140 and 150 degC.
        assertThat(hottest > 300).isEqualTo(oven >= 150);
    }

    /** Plett 2004: after a charge q at constant sign, h = 1 - exp(-gamma q / Q). */
    @Test
    void hysteresis_follows_its_equation() throws Exception {
        Map<String, List<Double>> parameters = new HashMap<>(Cell.PARAMETERS);
        parameters.put("Initial_SoC", List.of(0.5));
        parameters.put("Current", List.of(1.0));
        parameters.put("Hysteresis_Voltage", List.of(0.01));
        parameters.put("Activation_Energy", List.of(0.0));
        Rows rows = Rows.of(battery(), temp.resolve("work"), 600, 60, parameters);

        double t = 600;
        double expected = Cell.openCircuit(0.5 + t / 3600 / 5.1532)
                + 0.022
                + 0.008 * (1 - Math.exp(-t / 20))
                + 0.015 * (1 - Math.exp(-t / 600))
                + 0.01 * (1 - Math.exp(-50 * t / 3600 / 5.1532));
        assertThat(last(rows, "Cell_Voltage_01")).isCloseTo(expected, within(1e-9));
    }

    /** An internal short circuit discharges the cell through its resistance: V = OCV R / (R + R0) at its beginning. */
    @Test
    void an_internal_short_circuit_discharges_the_cell() throws Exception {
        Map<String, List<Double>> parameters = new HashMap<>(Cell.PARAMETERS);
        parameters.put("Initial_SoC", List.of(0.5));
        parameters.put("Internal_Short", List.of(0.5));
        Rows rows = Rows.of(battery(), temp.resolve("work"), 600, 60, parameters);

        assertThat(rows.column("Cell_Voltage_01")[0]).isCloseTo(Cell.openCircuit(0.5) * 0.5 / 0.522, within(1e-9));
        assertThat(last(rows, "SoC"))
                .isBetween(0.5 - 4 / 0.5 * 600 / 3600 / 5.1532, 0.5 - 3.3 / 0.5 * 600 / 3600 / 5.1532);
        assertThat(last(rows, "Cell_Temperature_01")).isGreaterThan(60);
    }
}
