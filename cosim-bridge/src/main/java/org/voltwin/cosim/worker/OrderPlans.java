package org.voltwin.cosim.worker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.port.BenchOrder;
import org.voltwin.model.procedure.ProcedureStep;
import org.voltwin.model.procedure.Scenario;
import org.voltwin.model.procedure.TestProcedure;

/** Bench orders as plans for the virtual cycler: its matrix, limits and the scenario's values. */
public final class OrderPlans {
    /** Rows of the cycler's matrix; its array has this fixed size. */
    public static final int MATRIX_ROWS = 64;

    private static final int MATRIX_COLUMNS = 8;
    private static final double NONE = -1;
    private static final double ROOM_TEMPERATURE_CELSIUS = 25;
    private static final double LONGEST_STEP_SECONDS = 1;

    private OrderPlans() {}

    /** The plan; throws {@link RefusedException} with {@code procedure.too_long} for more than 64 steps. */
    public static SimulationPlan of(BenchOrder order, Path folder) {
        TestProcedure procedure = order.procedure();
        if (procedure.steps().size() > MATRIX_ROWS) {
            throw new RefusedException(Failure.permanent(
                    "procedure.too_long",
                    "The procedure has " + procedure.steps().size() + " steps; the virtual cycler takes " + MATRIX_ROWS
                            + ".",
                    "Split the procedure."));
        }
        List<Scenario> scenarios = order.scenarios().isEmpty() ? List.of(new Scenario(1, Map.of())) : order.scenarios();
        return new SimulationPlan(
                folder.toString(),
                scenarios.stream().map(scenario -> plan(procedure, scenario)).toList(),
                procedure.sampleIntervalSeconds(),
                LONGEST_STEP_SECONDS);
    }

    private static SimulationPlan.ScenarioPlan plan(TestProcedure procedure, Scenario scenario) {
        double ambient = scenario.parameter(Scenario.AMBIENT_TEMPERATURE, ROOM_TEMPERATURE_CELSIUS);
        return new SimulationPlan.ScenarioPlan(
                scenario.number(),
                procedure.maxTimeSeconds() + 1,
                Map.of("Procedure", matrix(procedure, scenario.parameter(Scenario.C_RATE, 1))),
                Map.of(
                        "Min_Voltage", List.of(procedure.limits().minVoltageVolts()),
                        "Max_Voltage", List.of(procedure.limits().maxVoltageVolts()),
                        "Max_Temperature", List.of(procedure.limits().maxTemperatureCelsius()),
                        "Max_Current", List.of(procedure.limits().maxCurrentAmperes()),
                        "Ambient_Set_Point", List.of(ambient),
                        "Ambient_Temperature", List.of(ambient),
                        "Initial_Temperature", List.of(ambient),
                        "Initial_SoC", List.of(scenario.parameter(Scenario.INITIAL_SOC, 1))),
                null);
    }

    private static List<Double> matrix(TestProcedure procedure, double cRateFactor) {
        List<Double> values = new ArrayList<>(MATRIX_ROWS * MATRIX_COLUMNS);
        for (ProcedureStep step : procedure.steps()) {
            values.add(
                    switch (step.mode()) {
                        case CURRENT -> 1.0;
                        case VOLTAGE -> 2.0;
                        case REST -> 3.0;
                    });
            values.add(currentAmperes(step, procedure.nominalCapacityAmpereHours(), cRateFactor));
            values.add(orNone(step.voltageVolts()));
            values.add(step.maxTimeSeconds());
            values.add(orNone(step.untilVoltageVolts()));
            values.add(orNone(step.untilCurrentAmperes()));
            values.add(orNone(step.untilSocFraction()));
            values.add(0.0);
        }
        while (values.size() < MATRIX_ROWS * MATRIX_COLUMNS) {
            values.add(0.0);
        }
        return values;
    }

    private static double currentAmperes(ProcedureStep step, double nominalAmpereHours, double cRateFactor) {
        Double amperes = step.currentAmperes();
        if (amperes != null) {
            return amperes;
        }
        Double cRate = step.cRate();
        return cRate == null ? 0 : cRate * cRateFactor * nominalAmpereHours;
    }

    private static double orNone(@Nullable Double value) {
        return value == null ? NONE : value;
    }
}
