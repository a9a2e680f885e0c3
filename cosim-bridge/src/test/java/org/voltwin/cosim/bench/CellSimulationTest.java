package org.voltwin.cosim.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.cosim.Fixtures;
import org.voltwin.model.port.BenchOrder;
import org.voltwin.model.procedure.ProcedureStep;
import org.voltwin.model.procedure.Scenario;
import org.voltwin.model.procedure.StepMode;
import org.voltwin.model.telemetry.Column;
import org.voltwin.model.telemetry.Direction;
import org.voltwin.model.telemetry.Variables;

/** Battery and cycler as one system, in a worker. */
final class CellSimulationTest {
    private static final double CAPACITY_AMPERE_HOURS = 5.1532;

    @TempDir
    private Path temp;

    private Recording run(BenchOrder order) throws Exception {
        Recording recording = Recording.of(order, Fixtures.model(temp), temp.resolve("work"));
        assertThat(recording.failure).isNull();
        assertThat(recording.total).isEqualTo(recording.rows.size());
        return recording;
    }

    /** LG M50: nominal 5.0 Ah; data sheet at 0.2C from 4.2 V to 2.5 V: at least 4.85 Ah. Energy: 18.2 Wh nominal. */
    @Test
    void a_slow_discharge_ends_at_the_cut_off_and_gives_the_cells_capacity() throws Exception {
        Recording recording =
                run(Fixtures.order(30, Map.of("Initial_SoC", 1.0), ProcedureStep.discharge(0.2, 2.5, 20_000)));

        assertThat(recording.last(Variables.VOLTAGE)).isCloseTo(2.5, within(1e-4));
        assertThat(recording.summary.get("dischargedAmpereHours")).isBetween(4.85, CAPACITY_AMPERE_HOURS);
        assertThat(recording.summary.get("dischargedWattHours")).isBetween(17.5, 19.5);
        assertThat(recording.peakResidentBytes).isLessThan(110L << 20);
    }

    @Test
    void charge_is_balanced_over_charging_holding_resting_and_discharging() throws Exception {
        Recording recording = run(Fixtures.order(
                5,
                Map.of("Initial_SoC", 0.7),
                ProcedureStep.charge(0.5, 4.2, 10_000),
                ProcedureStep.hold(4.2, 0.25, 10_000),
                ProcedureStep.rest(60),
                ProcedureStep.discharge(1, 2.5, 5_000)));

        double charge = recording.summary.get("chargedAmpereHours") - recording.summary.get("dischargedAmpereHours");
        assertThat(recording.last(Variables.SOC) - 0.7).isCloseTo(charge / CAPACITY_AMPERE_HOURS, within(1e-9));
        assertThat(recording.value(recording.lastRowOfStep(1), Variables.VOLTAGE))
                .isCloseTo(4.2, within(1e-4));
        for (int i = recording.lastRowOfStep(1) + 1; i <= recording.lastRowOfStep(2); i++) {
            assertThat(recording.value(i, Variables.VOLTAGE)).isCloseTo(4.2, within(1e-3));
            assertThat(recording.value(i, Variables.CURRENT)).isPositive();
        }
        assertThat(recording.value(recording.lastRowOfStep(2), Variables.CURRENT))
                .isCloseTo(0.25, within(1e-4));
        int rest = recording.lastRowOfStep(3);
        double restSeconds = recording.rows.get(rest).timeSeconds()
                - recording.rows.get(recording.lastRowOfStep(2)).timeSeconds();
        assertThat(restSeconds).isCloseTo(60, within(1e-6));
        assertThat(recording.last(Variables.VOLTAGE)).isCloseTo(2.5, within(1e-4));
        assertThat(recording.summary.get("safetyStops")).isZero();
    }

    /** From half full at rest, 4.2 V needs more than the limit allows: the limit holds until the voltage is there. */
    @Test
    void the_current_limit_wins_over_a_voltage_step() throws Exception {
        Recording recording = run(Fixtures.order(
                1,
                Map.of("Initial_SoC", 0.3),
                new ProcedureStep(StepMode.VOLTAGE, null, null, 4.2, 600, null, null, null)));

        assertThat(recording.value(5, Variables.CURRENT)).isEqualTo(15);
        for (int i = 0; i < recording.rows.size(); i++) {
            assertThat(recording.value(i, Variables.CURRENT)).isBetween(0.0, 15.0);
            assertThat(recording.value(i, Variables.VOLTAGE)).isLessThan(4.201);
        }
    }

    @Test
    void a_safety_limit_ends_the_procedure() throws Exception {
        Recording recording = run(Fixtures.order(
                1,
                Map.of("Initial_SoC", 0.7),
                new ProcedureStep(StepMode.CURRENT, 1.0, null, null, 3600, null, null, null),
                ProcedureStep.rest(600)));

        assertThat(recording.summary).containsEntry("safetyStops", 1.0).containsEntry("safetyStops.highVoltage", 1.0);
        assertThat(recording.last("Step")).isEqualTo(1);
        assertThat(recording.last(Variables.VOLTAGE)).isCloseTo(4.2, within(1.1e-3));
    }

    @Test
    void an_end_by_state_of_charge_is_met_exactly() throws Exception {
        Recording recording = run(Fixtures.order(
                10,
                Map.of("Initial_SoC", 1.0),
                new ProcedureStep(StepMode.CURRENT, -0.5, null, null, 7200, null, null, 0.5)));

        assertThat(recording.last(Variables.SOC)).isCloseTo(0.5, within(1e-6));
        double seconds = 0.5 * CAPACITY_AMPERE_HOURS / 2.5 * 3600;
        assertThat(recording.rows.getLast().timeSeconds()).isCloseTo(seconds, within(0.01));
    }

    @Test
    void every_scenario_has_its_values_and_time_runs_on() throws Exception {
        BenchOrder order = Fixtures.order(
                10,
                List.of(
                        new Scenario(1, Map.of("Initial_SoC", 0.9, "Ambient_Temperature", 0.0, "C_Rate", 1.0)),
                        new Scenario(2, Map.of("Initial_SoC", 0.5, "Ambient_Temperature", 40.0, "C_Rate", 2.0))),
                1,
                ProcedureStep.discharge(0.5, 2.5, 100));

        Recording recording = run(order);

        assertThat(recording.rows).hasSize(22);
        for (int i = 0; i < 22; i++) {
            assertThat(recording.rows.get(i).sequence()).isEqualTo(i);
            assertThat(recording.rows.get(i).timeSeconds()).isCloseTo(i * 10, within(1e-6));
            assertThat(recording.value(i, Variables.SCENARIO)).isEqualTo(i < 11 ? 1 : 2);
            assertThat(recording.value(i, Variables.AMBIENT_TEMPERATURE)).isEqualTo(i < 11 ? 0 : 40);
        }
        assertThat(recording.value(5, Variables.CURRENT)).isEqualTo(-2.5);
        assertThat(recording.value(16, Variables.CURRENT)).isEqualTo(-5.0);
        assertThat(recording.value(11, Variables.SOC)).isEqualTo(0.5);
        assertThat(recording.value(0, Variables.INTERNAL_RESISTANCE))
                .isGreaterThan(3 * recording.value(11, Variables.INTERNAL_RESISTANCE));
        assertThat(recording.columns)
                .extracting(Column::name)
                .containsExactlyInAnyOrder(
                        "Cell_Voltage_01",
                        "SoC",
                        "Cell_Temperature_01",
                        "Internal_Resistance",
                        "SoH",
                        "Capacity",
                        "Current_Profile",
                        "Ambient_Temperature",
                        "Step",
                        "Cycle",
                        "Scenario");
        assertThat(recording.columns.get(recording.index("Current_Profile")).direction())
                .isEqualTo(Direction.INPUT);
    }

    @Test
    void the_same_order_gives_the_same_rows() throws Exception {
        BenchOrder order = Fixtures.order(
                7,
                Map.of("Initial_SoC", 0.9),
                ProcedureStep.charge(0.5, 4.2, 3_000),
                ProcedureStep.hold(4.2, 0.5, 3_000));

        Recording one = run(order);
        Recording two = run(order);

        assertThat(two.rows).usingRecursiveFieldByFieldElementComparator().isEqualTo(one.rows);
    }
}
