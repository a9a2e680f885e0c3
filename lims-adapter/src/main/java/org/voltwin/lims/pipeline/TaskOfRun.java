package org.voltwin.lims.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voltwin.model.design.ExperimentDesign;
import org.voltwin.model.procedure.ProcedureStep;
import org.voltwin.model.procedure.Scenario;
import org.voltwin.model.procedure.TestProcedure;
import org.voltwin.model.run.RunState;
import org.voltwin.model.run.TestRequest;
import org.voltwin.model.schedule.ScheduleTask;
import org.voltwin.model.schedule.Soak;

/** What a designed run asks of a bench: the same whenever it is asked, but for the time before which nothing is. */
final class TaskOfRun {
    /** What a test takes whose steps nobody has described. */
    private static final Duration UNDESCRIBED = Duration.ofHours(4);

    private TaskOfRun() {}

    static ScheduleTask of(RunState.Designed state, Instant now) {
        TestRequest request = state.request();
        TestProcedure procedure = request.procedure();
        List<Scenario> scenarios = state.design().scenarios();
        Duration testTime =
                procedure == null ? UNDESCRIBED : each(procedure).multipliedBy(Math.max(1, scenarios.size()));
        double amperes = procedure == null ? 0 : largestCurrentAmperes(procedure, scenarios);
        return new ScheduleTask(
                request.uuid().toString(),
                request.unit().level(),
                request.benchKind(),
                Set.of(procedure == null ? "mechanical" : "electrical"),
                amperes,
                testTime,
                now,
                request.preferredDate(),
                request.isUrgent() ? wanted(request).plus(testTime) : null,
                procedure == null ? null : amperes * procedure.limits().maxVoltageVolts(),
                procedure == null ? List.of() : soaks(state.design(), each(procedure)));
    }

    private static Instant wanted(TestRequest request) {
        return request.preferredDate().isAfter(request.submittedAt()) ? request.preferredDate() : request.submittedAt();
    }

    private static Duration each(TestProcedure procedure) {
        return Duration.ofMillis((long) (1000 * procedure.maxTimeSeconds()));
    }

    /** Neighbouring runs of one whole plot at one temperature are one soak of the chamber. */
    private static List<Soak> soaks(ExperimentDesign design, Duration each) {
        List<Soak> soaks = new ArrayList<>();
        for (int i = 0; i < design.scenarios().size(); i++) {
            Scenario scenario = design.scenarios().get(i);
            double celsius = scenario.parameter(Scenario.AMBIENT_TEMPERATURE, Double.NaN);
            if (Double.isNaN(celsius)) {
                return List.of();
            }
            int plot = design.wholePlots().isEmpty() ? 0 : design.wholePlots().get(i);
            Soak last = soaks.isEmpty() ? null : soaks.getLast();
            if (last != null && last.wholePlot() == plot && last.celsius() == celsius) {
                soaks.removeLast();
                soaks.add(new Soak(
                        plot,
                        celsius,
                        last.firstRun(),
                        scenario.number(),
                        last.testTime().plus(each)));
            } else {
                soaks.add(new Soak(plot, celsius, scenario.number(), scenario.number(), each));
            }
        }
        return soaks;
    }

    /** The largest magnitude that the steps ask for, but no more than the unit's limit, which wins on every bench. */
    private static double largestCurrentAmperes(TestProcedure procedure, List<Scenario> scenarios) {
        double factor = scenarios.stream()
                .mapToDouble(scenario -> scenario.parameter(Scenario.C_RATE, 1))
                .max()
                .orElse(1);
        double largest = procedure.steps().stream()
                .mapToDouble(step -> currentAmperes(step, procedure.nominalCapacityAmpereHours() * factor))
                .max()
                .orElse(0);
        return Math.min(largest, procedure.limits().maxCurrentAmperes());
    }

    private static double currentAmperes(ProcedureStep step, double amperesAtOneC) {
        Double amperes = step.currentAmperes();
        @Nullable Double cRate = step.cRate();
        return amperes != null ? Math.abs(amperes) : cRate != null ? Math.abs(cRate) * amperesAtOneC : 0;
    }
}
