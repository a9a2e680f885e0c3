package org.voltwin.cosim.worker;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.voltwin.cosim.procedure.StepMatrix;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.port.BenchOrder;
import org.voltwin.model.procedure.Scenario;
import org.voltwin.model.procedure.TestProcedure;

/** Bench orders as plans for the virtual cycler: its matrix, limits and the scenario's values. */
public final class OrderPlans {
    private static final double ROOM_TEMPERATURE_CELSIUS = 25;
    private static final double USUAL_STEP_SECONDS = 1;
    private static final double LONGEST_STEP_SECONDS = 60;
    private static final double STEPS_PER_SAMPLE = 10;

    private OrderPlans() {}

    /** The plan; throws {@link RefusedException} with {@code procedure.too_long} for more than 64 steps. */
    public static SimulationPlan of(BenchOrder order, Path folder) {
        TestProcedure procedure = order.procedure();
        List<Scenario> scenarios = order.scenarios().isEmpty() ? List.of(new Scenario(1, Map.of())) : order.scenarios();
        return new SimulationPlan(
                folder.toString(),
                scenarios.stream().map(scenario -> plan(procedure, scenario)).toList(),
                procedure.sampleIntervalSeconds(),
                longestStepSeconds(procedure.sampleIntervalSeconds()));
    }

    /** A test of weeks, sampled every ten minutes, is stepped by the minute; ends are located exactly all the same. */
    private static double longestStepSeconds(double sampleIntervalSeconds) {
        return Math.clamp(sampleIntervalSeconds / STEPS_PER_SAMPLE, USUAL_STEP_SECONDS, LONGEST_STEP_SECONDS);
    }

    private static SimulationPlan.ScenarioPlan plan(TestProcedure procedure, Scenario scenario) {
        double ambient = scenario.parameter(Scenario.AMBIENT_TEMPERATURE, ROOM_TEMPERATURE_CELSIUS);
        return new SimulationPlan.ScenarioPlan(
                scenario.number(),
                procedure.maxTimeSeconds() + 1,
                StepMatrix.of(procedure, scenario.parameter(Scenario.C_RATE, 1)).parameters(),
                Map.of(
                        "Min_Voltage", List.of(procedure.limits().minVoltageVolts()),
                        "Max_Voltage", List.of(procedure.limits().maxVoltageVolts()),
                        "Max_Temperature", List.of(procedure.limits().maxTemperatureCelsius()),
                        "Max_Current", List.of(procedure.limits().maxCurrentAmperes()),
                        "Nominal_Capacity", List.of(procedure.nominalCapacityAmpereHours()),
                        "Ambient_Set_Point", List.of(ambient),
                        "Ambient_Temperature", List.of(ambient),
                        "Initial_Temperature", List.of(ambient),
                        "Initial_SoC", List.of(scenario.parameter(Scenario.INITIAL_SOC, 1))),
                null);
    }
}
