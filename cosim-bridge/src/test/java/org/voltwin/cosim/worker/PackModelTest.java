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
            "../../../../../performance-ageing/module/gen3b/physics-based/LgM50Module12s4p_1.0.0/battery.fmu";

    @TempDir
    private Path temp;

    private Path only(String name, Path fmu) throws Exception {
        Path folder = Files.createDirectories(temp.resolve(name));
        Files.copy(fmu, folder.resolve("battery.fmu"));
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
}
