package org.voltwin.cosim.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.cosim.Fixtures;

/** The data-driven cell, on currents that it was not taught with. */
final class LearnedModelTest {
    @TempDir
    private Path temp;

    private Path cell(String model) throws Exception {
        Path folder = Files.createDirectories(temp.resolve(model));
        Path exchange = Fixtures.model(temp).getParent().getParent();
        Files.copy(
                exchange.resolve(model).resolve("battery.fmu"),
                folder.resolve("battery.fmu"),
                StandardCopyOption.REPLACE_EXISTING);
        return folder;
    }

    private Rows run(String model, double stop, SimulationPlan.Stimuli stimuli) throws Exception {
        Path work = temp.resolve("work");
        SimulationPlan plan = new SimulationPlan(
                work.resolve("fmus").toString(),
                List.of(new SimulationPlan.ScenarioPlan(
                        1, stop, Map.of("Initial_SoC", List.of(0.95), "Cooling", List.of(1e3)), Map.of(), stimuli)),
                10,
                1);
        Rows rows = new Rows();
        try (Simulation simulation = Simulation.start(plan, cell(model), work, Rows.LIMITS, rows, "test")) {
            simulation.await();
        }
        assertThat(rows.failure).isNull();
        return rows;
    }

    /** Pulses of 18 s in both directions at C/2 and 1C every quarter of an hour, while it is discharged at C/3. */
    private static SimulationPlan.Stimuli pulses() {
        List<List<Double>> rows = new ArrayList<>();
        for (int k = 0; k < 9; k++) {
            double begin = 900.0 * k;
            double size = k % 2 == 0 ? 5 : 2.5;
            rows.add(List.of(begin, -5 / 3.0));
            rows.add(List.of(begin + 600, 0.0));
            rows.add(List.of(begin + 780, -size));
            rows.add(List.of(begin + 798, 0.0));
            rows.add(List.of(begin + 838, size));
            rows.add(List.of(begin + 856, 0.0));
        }
        return new SimulationPlan.Stimuli(List.of("Current"), rows);
    }

    /** learned_cell.h states 10 mV RMS and 22 mV at most for discharges and random currents. */
    @Test
    void pulses_agree_with_the_model_it_was_taught_by() throws Exception {
        double[] learned = run("data-driven/LgM50Learned_1.0.0", 8100, pulses()).column("Cell_Voltage_01");
        double[] taughtBy = run("physics-based/LgM50Spme_1.0.0", 8100, pulses()).column("Cell_Voltage_01");

        double squares = 0;
        for (int i = 0; i < learned.length; i++) {
            assertThat(learned[i]).isCloseTo(taughtBy[i], within(0.04));
            squares += Math.pow(learned[i] - taughtBy[i], 2);
        }
        assertThat(Math.sqrt(squares / learned.length)).isLessThan(0.012);
    }

    /** What a coupling with a cycler needs: voltage grows with current everywhere, also outside what was taught. */
    @Test
    void voltage_grows_with_current_at_every_charge() throws Exception {
        for (double amperes : new double[] {-7.5, -5, -2, -0.5}) {
            SimulationPlan.Stimuli held =
                    new SimulationPlan.Stimuli(List.of("Current"), List.of(List.of(0.0, amperes)));
            double[] ohms = run("data-driven/LgM50Learned_1.0.0", 0.9 * 5.15 * 3600 / -amperes, held)
                    .column("Internal_Resistance");
            for (double each : ohms) {
                assertThat(each).isBetween(0.01, 0.2);
            }
        }
    }

    /** Counted charge is exact, and heat is what the voltage lies away from rest. */
    @Test
    void charge_is_counted_exactly() throws Exception {
        SimulationPlan.Stimuli held = new SimulationPlan.Stimuli(List.of("Current"), List.of(List.of(0.0, -2.0)));
        double[] soc = run("data-driven/LgM50Learned_1.0.0", 3600, held).column("SoC");

        assertThat(soc[soc.length - 1]).isCloseTo(0.95 - 2 / 5.1532, within(1e-9));
    }
}
