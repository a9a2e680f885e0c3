package org.voltwin.lims.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.voltwin.model.lab.Level;
import org.voltwin.model.procedure.ProcedureStep;
import org.voltwin.model.procedure.Scenario;
import org.voltwin.model.procedure.TestProcedure;

/** The procedures that come with the room. */
public class ProceduresTest {
    private static final Procedures PROCEDURES = Procedures.standard();

    /** {@code standard|test} of every procedure. */
    public static List<String> standardAndTest() {
        return PROCEDURES.tests().stream()
                .map(e -> e.getKey() + "|" + e.getValue())
                .toList();
    }

    @Test
    void capacityIsShortEnoughForTheDemonstration() {
        ProcedurePlan plan = PROCEDURES.find("IEC62660", "Capacity", Level.CELL).orElseThrow();

        assertThat(plan.fixed()).containsEntry(Scenario.INITIAL_SOC, 1.0);
        assertThat(plan.procedure().sampleIntervalSeconds()).isEqualTo(10);
        // By hand: 1C from full takes an hour, then 300 s, then a fifth of the charge at C/2 takes 1440 s.
        assertThat((3600 + 300 + 1440) / 3600.0).isBetween(1.2, 1.6);
        assertThat(plan.procedure().maxTimeSeconds()).isLessThan(2 * 3600);
        assertThat(plan.factors()).hasSize(1);
        assertThat(plan.factors().getFirst().levels()).isBetween(2, 4);
    }

    @Test
    void everyStepStaysWithinWhatTheCellTakes() {
        for (var test : PROCEDURES.tests()) {
            for (Level level : PROCEDURES.levels(test.getKey(), test.getValue())) {
                ProcedurePlan plan =
                        PROCEDURES.find(test.getKey(), test.getValue(), level).orElseThrow();
                double ampere = plan.procedure().steps().stream()
                        .map(ProcedureStep::cRate)
                        .filter(java.util.Objects::nonNull)
                        .mapToDouble(c -> Math.abs(c) * plan.procedure().nominalCapacityAmpereHours())
                        .max()
                        .orElse(0);
                boolean asksForTooMuch =
                        Set.of("High-rate charge", "Overcharge current control").contains(test.getValue());
                double most = plan.procedure().limits().maxCurrentAmperes();
                assertThat(ampere > most).as(test + " " + level).isEqualTo(asksForTooMuch);
                plan.factors().forEach(factor -> assertThat(factor.low()).isLessThan(factor.high()));
            }
        }
    }

    /** 12 groups of 4 cells: 12 times the voltage, 4 times the current; a pack has 96 groups. */
    @Test
    void modulesAndPacksScaleTheCellsProcedure() {
        TestProcedure module = PROCEDURES
                .find("UL1973:2022-02-25", "Working voltage", Level.MODULE)
                .orElseThrow()
                .procedure();

        assertThat(module.nominalCapacityAmpereHours()).isEqualTo(20);
        assertThat(module.limits().maxVoltageVolts()).isCloseTo(50.4, within(1e-9));
        assertThat(module.steps().getFirst().untilVoltageVolts()).isCloseTo(30.0, within(1e-9));
        assertThat(module.steps().getLast().untilCurrentAmperes()).isCloseTo(1.0, within(1e-9));
        TestProcedure pack = PROCEDURES
                .find("UL9540", "Short circuit", Level.PACK)
                .orElseThrow()
                .procedure();
        assertThat(pack.steps().getFirst().resistanceOhms()).isCloseTo(0.02 * 96 / 4, within(1e-9));
    }

    @Test
    void aTestWithoutElectricalProcedureHasNone() {
        assertThat(PROCEDURES.find("IEC62660-2:2020-07", "Crush", Level.CELL)).isEmpty();
        assertThat(PROCEDURES.find("UL1973:2022-02-25", "Salt fog", Level.PACK)).isEmpty();
    }
}
