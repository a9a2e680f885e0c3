package org.voltwin.cosim.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.cosim.Fixtures;
import org.voltwin.cosim.procedure.Protocol;
import org.voltwin.model.json.Json;

/** The virtual cycler's modes, ends and limits on the battery; what is expected is computed by hand. */
final class CyclerTest {
    private static final String NONE = "-1e9,-1e9,-1e9,-1e9,-1e9,-1e9,-1e9,-1e9";

    @TempDir
    private Path temp;

    private Rows run(double stop, double interval, Map<String, Double> parameters, String... rows) throws Exception {
        String text = "[[" + String.join("],[", rows) + "]]";
        Map<String, List<Double>> all =
                new HashMap<>(Protocol.read(Json.read(text.getBytes(StandardCharsets.UTF_8), JsonNode.class)
                                .orThrow())
                        .parameters());
        parameters.forEach((name, value) -> all.put(name, List.of(value)));
        Rows result = Rows.of(Fixtures.model(temp), temp.resolve("work"), stop, interval, all);
        assertThat(result.failure).isNull();
        return result;
    }

    private static double last(Rows rows, String name) {
        double[] column = rows.column(name);
        return column[column.length - 1];
    }

    private static double end(Rows rows) {
        return rows.rows.getLast().timeSeconds();
    }

    @Test
    void constant_power_holds_the_product_of_voltage_and_current() throws Exception {
        Rows rows = run(600, 10, Map.of("Initial_SoC", 0.9), "4,-12,-1,300,-1,-1,-1,0");

        double[] volts = rows.column("Cell_Voltage_01");
        double[] amperes = rows.column("Current_Profile");
        for (int i = 1; i < volts.length; i++) {
            assertThat(volts[i] * amperes[i]).isCloseTo(-12, within(1e-4));
        }
        assertThat(end(rows)).isCloseTo(300, within(1e-6));
    }

    @Test
    void a_load_resistor_draws_what_ohm_says() throws Exception {
        Rows rows = run(
                60,
                1,
                Map.of("Initial_SoC", 1.0, "Max_Current", 500.0, "Max_Temperature", 500.0),
                "7,0.1,-1,30,2.5,-1,-1,0");

        double[] volts = rows.column("Cell_Voltage_01");
        double[] amperes = rows.column("Current_Profile");
        for (int i = 1; i < volts.length; i++) {
            assertThat(amperes[i]).isCloseTo(-volts[i] / 0.1, within(1e-4));
        }
        assertThat(amperes[1]).isBetween(-36.0, -25.0);
    }

    /** Inner loop 3 passes of 10 s + 20 s, outer loop 2 passes of that and 30 s: 240 s. */
    @Test
    void loops_are_nested_and_counted() throws Exception {
        Rows rows = run(
                1000,
                5,
                Map.of("Initial_SoC", 0.5),
                "1,1,-1,10,-1,-1,-1,0",
                "1,-1,-1,20,-1,-1,-1,0",
                "5,1,3,1,-1,-1,-1,0",
                "3,0,-1,30,-1,-1,-1,0",
                "5,1,2,1,-1,-1,-1,0");

        assertThat(end(rows)).isCloseTo(240, within(1e-6));
        assertThat(last(rows, "SoC")).isCloseTo(0.5 + 6 * (10 - 20) / 3600.0 / 5.1532, within(1e-9));
        assertThat(last(rows, "Cycle")).isEqualTo(6);
        assertThat(last(rows, "Stop_Reason")).isEqualTo(1);
    }

    @Test
    void ends_by_charge_energy_and_rate() throws Exception {
        Rows charge = run(
                9000,
                10,
                Map.of("Initial_SoC", 0.8),
                "1,-2,-1,9000,-1,-1,-1,0,-1e9,-1e9,0.25,-1e9,-1e9,-1e9,-1e9,-1e9");
        assertThat(end(charge)).isCloseTo(0.25 / 2 * 3600, within(1e-5));

        Rows energy = run(
                9000, 10, Map.of("Initial_SoC", 0.8), "1,-2,-1,9000,-1,-1,-1,0,-1e9,-1e9,-1e9,1,-1e9,-1e9,-1e9,-1e9");
        double[] volts = energy.column("Cell_Voltage_01");
        double joules = 0;
        for (int i = 1; i < volts.length; i++) {
            double seconds =
                    energy.rows.get(i).timeSeconds() - energy.rows.get(i - 1).timeSeconds();
            joules += 2 * seconds * (i == 1 ? volts[1] : (volts[i] + volts[i - 1]) / 2);
        }
        assertThat(joules / 3600).isCloseTo(1, within(1e-4));

        Rows rate = run(
                20_000,
                10,
                Map.of("Initial_SoC", 0.8, "Nominal_Capacity", 4.0),
                "1,0,-1,9000,4.2,-1,-1,0,-1e9,-1e9,-1e9,-1e9,-1e9,-1e9,-1e9,0.5",
                "2,0,4.2,9000,-1,-1,-1,0,-1e9,-1e9,-1e9,-1e9,-1e9,-1e9,0.1,-1e9");
        assertThat(rate.column("Current_Profile")[1]).isEqualTo(2);
        assertThat(last(rate, "Current_Profile")).isCloseTo(0.4, within(1e-4));
    }

    /** From 25 to 45 degC with 10 K/min takes 120 s. */
    @Test
    void the_chamber_follows_its_ramp() throws Exception {
        Rows rows = run(
                300,
                10,
                Map.of("Initial_SoC", 0.5, "Cooling", 1000.0, "Heat_Capacity", 50.0),
                "3,0,-1,240,-1,-1,-1,0,-1e9,-1e9,-1e9,-1e9,45,10,-1e9,-1e9");

        double[] ambient = rows.column("Ambient_Temperature");
        assertThat(ambient[6]).isCloseTo(35, within(1e-9));
        assertThat(ambient[12]).isCloseTo(45, within(1e-9));
        assertThat(last(rows, "Ambient_Temperature")).isEqualTo(45);
    }

    @Test
    void a_profile_is_followed_point_by_point() throws Exception {
        double[] points = new double[4096];
        double[][] profile = {{0, -1}, {2.5, -3}, {7.25, 2}, {12, 0}};
        for (int i = 0; i < profile.length; i++) {
            points[2 * i] = profile[i][0];
            points[2 * i + 1] = profile[i][1];
        }
        Map<String, List<Double>> parameters = new HashMap<>(Protocol.read(
                        Json.read("[[6,0.5,0,100,-1,-1,-1,0]]".getBytes(StandardCharsets.UTF_8), JsonNode.class)
                                .orThrow())
                .parameters());
        parameters.put("Profile", java.util.Arrays.stream(points).boxed().toList());
        parameters.put("Initial_SoC", List.of(0.5));

        Rows rows = Rows.of(Fixtures.model(temp), temp.resolve("work"), 100, 1, parameters);

        assertThat(end(rows)).isCloseTo(12, within(1e-6));
        double coulombs = 0.5 * (-1 * 2.5 - 3 * 4.75 + 2 * 4.75);
        assertThat(last(rows, "SoC")).isCloseTo(0.5 + coulombs / 3600 / 5.1532, within(1e-9));
    }

    @Test
    void limits_win_over_the_procedure_and_are_named() throws Exception {
        String charge = "1,2.5,-1,9000,4.5,-1,-1,0," + NONE;
        assertThat(last(run(9000, 10, Map.of("Initial_SoC", 0.9), charge), "Stop_Reason"))
                .isEqualTo(3);
        assertThat(last(run(9000, 10, Map.of("Initial_SoC", 0.5, "Max_SoC", 0.55), charge), "Stop_Reason"))
                .isEqualTo(7);
        Rows time = run(9000, 10, Map.of("Initial_SoC", 0.1, "Max_Time", 123.4), charge);
        assertThat(last(time, "Stop_Reason")).isEqualTo(10);
        assertThat(end(time)).isCloseTo(123.4, within(1e-5));
        Rows ampereHours = run(9000, 10, Map.of("Initial_SoC", 0.1, "Max_Charge", 0.1), charge);
        assertThat(last(ampereHours, "Stop_Reason")).isEqualTo(8);
        assertThat(end(ampereHours)).isCloseTo(144, within(1e-5));
        assertThat(last(run(9000, 10, Map.of("Initial_SoC", 0.5, "Max_Temperature", 25.5), charge), "Stop_Reason"))
                .isEqualTo(4);
    }

    /** HPPC (a pulse, a rest, a pulse the other way) at three states of charge by a loop, against Runge-Kutta. */
    @Test
    void pulses_show_the_resistance_that_the_cell_has() throws Exception {
        Map<String, List<Double>> parameters = new HashMap<>(Cell.PARAMETERS);
        parameters.put("Initial_SoC", List.of(0.6));
        String text =
                "[[3,0,-1,60,-1,-1,-1,0],[1,-10,-1,10,-1,-1,-1,0],[3,0,-1,40,-1,-1,-1,0],[1,7.5,-1,10,-1,-1,-1,0],"
                        + "[1,-5,-1,600,-1,-1,-1,0],[5,1,3,1,-1,-1,-1,0]]";
        parameters.putAll(Protocol.read(Json.read(text.getBytes(StandardCharsets.UTF_8), JsonNode.class)
                        .orThrow())
                .parameters());
        Rows rows = Rows.of(Fixtures.model(temp), temp.resolve("work"), 3000, 1, parameters);
        assertThat(rows.failure).isNull();

        Cell cell = new Cell(5.1532, 26400);
        double[] state = {0.6, 0, 0, 25};
        double[] amperes = {0, -10, 0, 7.5, -5};
        double[] seconds = {60, 10, 40, 10, 600};
        double[] volts = rows.column("Cell_Voltage_01");
        double end = 0;
        for (int pass = 0; pass < 3; pass++) {
            for (int i = 0; i < amperes.length; i++) {
                end += seconds[i];
                double time = end - 1; // a second before the current changes
                state = cell.advance(state, amperes[i], 25, seconds[i] - 1, 2000);
                double expected = cell.voltage(state, amperes[i]);
                int row = java.util.stream.IntStream.range(0, volts.length)
                        .filter(k -> Math.abs(rows.rows.get(k).timeSeconds() - time) < 1e-6)
                        .findFirst()
                        .orElseThrow();
                assertThat(volts[row]).as("pass %d step %d", pass, i).isCloseTo(expected, within(1e-3));
                state = cell.advance(state, amperes[i], 25, 1, 10);
            }
        }
        assertThat(end(rows)).isCloseTo(3 * 720, within(1e-6));
    }
}
