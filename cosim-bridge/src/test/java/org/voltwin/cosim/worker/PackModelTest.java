package org.voltwin.cosim.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.cosim.Fixtures;

/** A module of 12 groups of 4 cells against the single cell, and against balances that hold for any cells. */
final class PackModelTest {
    private static final String MODULE =
            "../../../../../performance-ageing/module/gen3b/physics-based/LgM50Module12s4p_1.1.0/battery.fmu";

    @TempDir
    private Path temp;

    private Path only(String name, Path fmu) throws Exception {
        Path folder = Files.createDirectories(temp.resolve(name));
        Files.copy(fmu, folder.resolve("battery.fmu"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        return folder;
    }

    private Rows module(double stop, Map<String, Double> parameters) throws Exception {
        Map<String, List<Double>> all = new HashMap<>();
        parameters.forEach((name, value) -> all.put(name, List.of(value)));
        Path fmu = Fixtures.model(temp).resolve(MODULE).normalize();
        Rows rows = Rows.of(only("module", fmu), temp.resolve("work"), stop, 60, all);
        assertThat(rows.failure).isNull();
        return rows;
    }

    private static double last(Rows rows, String name) {
        double[] column = rows.column(name);
        return column[column.length - 1];
    }

    /** Equal cells: the module is 12 times a cell's voltage at a quarter of the current. */
    @Test
    void equal_cells_behave_like_one() throws Exception {
        Rows module = module(
                1200,
                Map.of(
                        "Capacity_Spread", 0.0,
                        "Resistance_Spread", 0.0,
                        "Initial_SoC", 0.8,
                        "Current", -20.0));
        Rows cell = Rows.of(
                only("cell", Fixtures.model(temp).resolve("battery.fmu")),
                temp.resolve("cellwork"),
                1200,
                60,
                Map.of("Initial_SoC", List.of(0.8), "Current", List.of(-5.0)));

        double[] volts = module.column("Terminal_Voltage");
        double[] one = cell.column("Cell_Voltage_01");
        for (int i = 0; i < volts.length; i++) {
            assertThat(volts[i]).isCloseTo(12 * one[i], within(12 * 0.5e-3)); // first-order heat against second-order
        }
        assertThat(last(module, "SoC")).isCloseTo(last(cell, "SoC"), within(1e-9));
    }

    /** Different cells: charge is conserved in every group, and cells drift apart in voltage. */
    @Test
    void spread_keeps_the_charge_balance() throws Exception {
        Rows rows = module(1800, Map.of("Initial_SoC", 0.9, "Current", -20.0, "Capacity_Spread", 0.02, "Seed", 7.0));

        // By definition the module's charge is that of its emptiest group: I t / its capacity.
        assertThat(0.9 - last(rows, "SoC")).isCloseTo(20 * 0.5 / last(rows, "Capacity"), within(1e-6));
        assertThat(last(rows, "Highest_Cell_Voltage") - last(rows, "Lowest_Cell_Voltage"))
                .isBetween(1e-3, 0.1);
        assertThat(last(rows, "Hottest_Cell_Temperature")).isGreaterThan(last(rows, "Coldest_Cell_Temperature"));
    }

    /** Ohm: a group above the threshold bleeds its voltage over the resistor, until it is with the others. */
    @Test
    void balancing_brings_groups_together() throws Exception {
        Map<String, Double> unbalanced = Map.of(
                "Initial_SoC",
                0.88,
                "SoC_Spread",
                0.04,
                "Seed",
                3.0,
                "Balancing_Resistance",
                1.0,
                "Longest_Substep",
                10.0);
        Rows rows = module(7200, unbalanced);

        double[] highest = rows.column("Highest_Cell_Voltage");
        double[] lowest = rows.column("Lowest_Cell_Voltage");
        assertThat(highest[0] - lowest[0]).isGreaterThan(0.015);
        assertThat(last(rows, "Highest_Cell_Voltage") - last(rows, "Lowest_Cell_Voltage"))
                .isLessThan(0.008);
    }

    /** Each cell loses the leakage's charge; 20 K warmer exp(E/R (1/298.15 - 1/318.15)) times as much. */
    @Test
    void cells_discharge_themselves_and_faster_in_the_warmth() throws Exception {
        double[] lost = new double[2];
        for (int i = 0; i < 2; i++) {
            double celsius = 25 + 20 * i;
            Rows rows = module(
                    86_400,
                    Map.of(
                            "Initial_SoC", 0.5,
                            "Leakage", 0.002,
                            "Initial_Temperature", celsius,
                            "Ambient_Temperature", celsius,
                            "Longest_Substep", 60.0));
            lost[i] = (0.5 - last(rows, "SoC")) * last(rows, "Capacity");
        }
        assertThat(lost[0]).isCloseTo(4 * 0.002 * 24, within(1e-6));
        assertThat(lost[1] / lost[0])
                .isCloseTo(Math.exp(50_000 / 8.314462618 * (1 / 298.15 - 1 / 318.15)), within(1e-3));
    }

    /** Without cooling and reactions, a failing cell's heat is in the module: 12 kJ over 48 cells of 61.2 J/K. */
    @Test
    void heat_goes_from_cell_to_cell_and_none_is_lost() throws Exception {
        Rows rows = module(
                1800,
                Map.of(
                        "Initial_SoC", 0.5,
                        "Cooling", 0.0,
                        "Failing_Cell", 20.0,
                        "Balancing_Voltage", 5.0));

        // Cells of a group differ, so they equalise by small currents, whose heat is below a millikelvin.
        assertThat(last(rows, "Cell_Average_Temperature_01")).isCloseTo(25 + 12_000 / (48 * 61.2), within(2e-3));
        assertThat(last(rows, "Hottest_Cell_Temperature")).isBetween(40.0, 25 + 12_000 / 61.2);
        assertThat(last(rows, "Cells_Reacted")).isZero();
    }

    /** A cell heated by 300 W reacts; whether its neighbours do depends on how heat gets to them, and away. */
    @Test
    void a_runaway_propagates_where_heat_stays_and_not_where_it_is_taken_away() throws Exception {
        Map<String, Double> failing = new HashMap<>(Map.of(
                "Runaway", 1.0,
                "Failing_Cell", 20.0,
                "Failure_Energy", 60_000.0,
                "Failure_Seconds", 200.0,
                "Balancing_Voltage", 5.0,
                "Conduction", 0.15,
                "Initial_Temperature", 60.0,
                "Ambient_Temperature", 60.0));
        assertThat(last(module(3600, failing), "Cells_Reacted")).isEqualTo(1);

        failing.put("Cooling", 0.0);
        Rows spread = module(7200, failing);
        assertThat(last(spread, "Cells_Reacted")).isEqualTo(48);
        // No cell gives off more than all its reactants have (Kim et al. 2007, table 1, times 2e-5 m3): 24.8 kJ.
        double most = 2.0e-5 * (257e3 * 610.4 * 0.15 + 1714e3 * 610.4 * 0.75 + 314e3 * 1221 * 0.96 + 155e3 * 406.9);
        assertThat(last(spread, "Cell_Average_Temperature_01")).isBetween(300.0, 60 + (most + 60_000 / 48.0) / 61.2);
    }

    /** Generation 4: equal groups are the single cell of solid.c, 12 in series at a quarter of the current. */
    @Test
    void a_solid_state_module_of_equal_cells_is_that_cell() throws Exception {
        Path exchange = Fixtures.model(temp).getParent().getParent().getParent().getParent();
        Rows module = Rows.of(
                only(
                        "solidmodule",
                        exchange.resolve("module/solid-state/physics-based/LlzoNmc811Module12s4p_1.0.0/battery.fmu")),
                temp.resolve("work"),
                1800,
                60,
                Map.of(
                        "Capacity_Spread", List.of(0.0),
                        "Initial_SoC", List.of(0.8),
                        "Current", List.of(-20.0 / 3)));
        Rows cell = Rows.of(
                only("solidcell", exchange.resolve("cell/solid-state/physics-based/LlzoNmc811_1.0.1/battery.fmu")),
                temp.resolve("cellwork"),
                1800,
                60,
                Map.of("Initial_SoC", List.of(0.8), "Current", List.of(-5.0 / 3)));
        assertThat(module.failure).isNull();

        double[] volts = module.column("Terminal_Voltage");
        double[] one = cell.column("Cell_Voltage_01");
        for (int i = 0; i < volts.length; i++) {
            assertThat(volts[i]).isCloseTo(12 * one[i], within(12 * 1e-3)); // parts of 5 s against 1 s
        }
        assertThat(last(module, "SoC")).isCloseTo(last(cell, "SoC"), within(1e-9));
        assertThat(0.8 - last(module, "SoC")).isCloseTo(20.0 / 3 * 0.5 / last(module, "Capacity"), within(1e-9));
    }
}
