package org.voltwin.cosim.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.cosim.Fixtures;

/** The battery alone, its current a start value that holds. */
final class BatteryModelTest {
    @TempDir
    private Path temp;

    private Path battery = Path.of("");

    @BeforeEach
    void the_battery_alone() throws Exception {
        battery = Files.createDirectories(temp.resolve("battery"));
        Files.copy(Fixtures.model(temp).resolve("battery.fmu"), battery.resolve("battery.fmu"));
    }

    private static Map<String, List<Double>> with(Object... pairs) {
        Map<String, List<Double>> all = new HashMap<>(Cell.PARAMETERS);
        for (int i = 0; i < pairs.length; i += 2) {
            all.put(
                    (String) pairs[i],
                    List.of(((List<?>) pairs[i + 1])
                            .stream().map(Double.class::cast).toArray(Double[]::new)));
        }
        return all;
    }

    /** Chen et al. 2020: the half cells' potentials and lithium give the capacity and the rest voltages. */
    @Test
    void capacity_and_rest_voltages_follow_from_the_published_half_cells() throws Exception {
        Rows rows = Rows.of(battery, temp.resolve("work"), 10, 10, Map.of("Initial_SoC", List.of(0.5)));

        assertThat(Cell.CAPACITY).isCloseTo(5.1532, within(5e-5));
        assertThat(rows.column("Open_Circuit_Voltage")[0]).isCloseTo(Cell.openCircuit(0.5), within(1e-9));
        assertThat(Cell.openCircuit(0)).isCloseTo(2.5, within(1e-9));
        assertThat(Cell.openCircuit(1)).isCloseTo(4.2, within(1e-9));
    }

    /** Constant resistances and current: v_k = I R_k (1 - exp(-t / (R_k C_k))). */
    @Test
    void constant_current_gives_the_closed_form_of_two_rc_pairs() throws Exception {
        double current = -2.5;
        Rows rows = Rows.of(
                battery,
                temp.resolve("work"),
                1800,
                10,
                with(
                        "Initial_SoC", List.of(0.9),
                        "Current", List.of(current),
                        "Activation_Energy", List.of(0.0)));

        double[] voltage = rows.column("Cell_Voltage_01");
        assertThat(rows.done).isEqualTo(181);
        for (int i = 0; i < voltage.length; i++) {
            double t = rows.rows.get(i).timeSeconds();
            double expected = Cell.openCircuit(0.9 + current * t / 3600 / 5.1532)
                    + current * (0.022 + 0.008 * (1 - Math.exp(-t / 20)) + 0.015 * (1 - Math.exp(-t / 600)));
            assertThat(voltage[i]).isCloseTo(expected, within(1e-9));
        }
    }

    /** With temperature: Strang splitting in steps of 0.5 s against Runge-Kutta in steps of 0.05 s. */
    @Test
    void warming_agrees_with_a_fine_runge_kutta() throws Exception {
        Rows rows = Rows.of(
                battery,
                temp.resolve("work"),
                1800,
                100,
                with(
                        "Initial_SoC", List.of(0.9),
                        "Initial_Temperature", List.of(0.0),
                        "Ambient_Temperature", List.of(0.0),
                        "Current", List.of(-7.5)));

        Cell cell = new Cell(5.1532, 26400);
        double[] state = {0.9, 0, 0, 0};
        double[] voltage = rows.column("Cell_Voltage_01");
        double[] temperature = rows.column("Cell_Temperature_01");
        for (int i = 1; i < voltage.length; i++) {
            state = cell.advance(state, -7.5, 0, 100, 2000);
            assertThat(temperature[i]).isCloseTo(state[3], within(1e-4));
            assertThat(voltage[i]).isCloseTo(cell.voltage(state, -7.5), within(1e-5));
        }
        assertThat(temperature[voltage.length - 1]).isGreaterThan(15);
    }

    /** Terminal energy = energy of the open circuit at the charge that passed + heat + what the RC pairs still hold. */
    @Test
    void energy_and_charge_balance() throws Exception {
        double current = -5;
        Rows rows = Rows.of(
                battery,
                temp.resolve("work"),
                1800,
                1,
                Map.of("Initial_SoC", List.of(0.9), "Current", List.of(current), "Ambient_Temperature", List.of(20.0)));

        double[] volts = rows.column("Cell_Voltage_01");
        double[] celsius = rows.column("Cell_Temperature_01");
        double[] open = rows.column("Open_Circuit_Voltage");
        double[] soc = rows.column("SoC");
        int last = volts.length - 1;
        double terminal = 0;
        double stored = 0;
        double cooled = 0;
        for (int i = 1; i <= last; i++) { // trapezoids over steps of 1 s
            terminal += current * (volts[i] + volts[i - 1]) / 2;
            stored += current * (open[i] + open[i - 1]) / 2;
            cooled += 0.0531 * ((celsius[i] + celsius[i - 1]) / 2 - 20);
        }
        double warmed = 61.2 * (celsius[last] - celsius[0]);
        assertThat(soc[last] - 0.9).isCloseTo(current * 1800 / 3600 / 5.1532, within(1e-9));
        assertThat(terminal - stored).isCloseTo(warmed + cooled, within(1e-6 * Math.abs(terminal)));
    }
}
