package org.voltwin.cosim.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.cosim.Fixtures;
import org.voltwin.model.port.BenchOrder;
import org.voltwin.model.procedure.ProcedureStep;
import org.voltwin.model.telemetry.Variables;

final class CellSimulationTest {
    @TempDir
    private Path temp;

    @Test
    void a_constant_current_discharge_ends_at_the_cut_off_and_gives_the_capacity() throws Exception {
        BenchOrder order =
                Fixtures.order(10, Map.of("Initial_SoC", 1.0), ProcedureStep.discharge(1.0 / 3, 2.5, 15_000));

        long began = System.nanoTime();
        Recording recording = Recording.of(order, Fixtures.model(temp), temp.resolve("work"));
        double wall = (System.nanoTime() - began) / 1e9;

        assertThat(recording.failure).isNull();
        assertThat(recording.last(Variables.VOLTAGE)).isCloseTo(2.5, within(1e-4));
        // LG M50: nominal 5.0 Ah (data sheet: 0.2C, 4.2 V to 2.5 V; at least 4.85 Ah)
        assertThat(recording.summary.get("dischargedAmpereHours")).isBetween(4.85, 5.16);
        System.out.printf(
                "%d rows, %.2f s wall, %s, RSS %d MiB%n",
                recording.rows.size(), wall, recording.summary, recording.peakResidentBytes >> 20);
    }

    @Test
    void a_constant_voltage_step_holds_the_voltage() throws Exception {
        BenchOrder order = Fixtures.order(
                5,
                Map.of("Initial_SoC", 0.7),
                ProcedureStep.charge(0.5, 4.2, 10_000),
                ProcedureStep.hold(4.2, 0.25, 10_000),
                ProcedureStep.rest(60),
                ProcedureStep.discharge(1, 2.5, 5_000));

        Recording recording = Recording.of(order, Fixtures.model(temp), temp.resolve("work"));

        assertThat(recording.failure).isNull();
        for (int i = recording.lastRowOfStep(1) + 1; i <= recording.lastRowOfStep(2); i++) {
            assertThat(recording.value(i, Variables.VOLTAGE)).isCloseTo(4.2, within(1e-3));
        }
        System.out.println(recording.summary + " " + recording.rows.size());
        for (int s = 1; s <= 4; s++) {
            int r = recording.lastRowOfStep(s);
            System.out.println(recording.rows.get(r).timeSeconds() + " "
                    + java.util.Arrays.toString(recording.rows.get(r).values()));
        }
    }
}
