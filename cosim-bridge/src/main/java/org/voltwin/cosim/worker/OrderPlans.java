package org.voltwin.cosim.worker;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
                optional(procedure, scenario, ambient),
                null);
    }

    /** What a model that knows it is told; factors of the design that have no meaning here go to the models by name. */
    private static Map<String, List<Double>> optional(TestProcedure procedure, Scenario scenario, double ambient) {
        Map<String, List<Double>> values = new TreeMap<>();
        scenario.parameters().forEach((name, value) -> values.put(name, List.of(value)));
        values.remove(Scenario.C_RATE);
        values.put("Min_Voltage", List.of(procedure.limits().minVoltageVolts()));
        values.put("Max_Voltage", List.of(procedure.limits().maxVoltageVolts()));
        values.put("Max_Temperature", List.of(procedure.limits().maxTemperatureCelsius()));
        values.put("Max_Current", List.of(procedure.limits().maxCurrentAmperes()));
        values.put("Nominal_Capacity", List.of(procedure.nominalCapacityAmpereHours()));
        values.put("Ambient_Set_Point", List.of(ambient));
        values.put("Ambient_Temperature", List.of(ambient));
        values.put("Initial_Temperature", List.of(ambient));
        values.put("Initial_SoC", List.of(scenario.parameter(Scenario.INITIAL_SOC, 1)));
        return values;
    }
}
