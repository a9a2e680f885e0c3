package org.voltwin.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voltwin.doe.schedule.engine.SearchLimits;
import org.voltwin.doe.schedule.lab.Gantt;
import org.voltwin.doe.schedule.lab.LabPlan;
import org.voltwin.doe.schedule.lab.LabPlanner;
import org.voltwin.doe.schedule.lab.LabProblem;
import org.voltwin.doe.schedule.lab.LabProblem.LabAssignment;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.json.Json;

/** Plans a rich laboratory problem and prints it. */
final class LabSchedule {
    /** An earlier answer has more than a plan, and its assignments more than a place. */
    private static final FileShape SHAPE =
            new FileShape(Set.of("reason", "why"), Set.of(InForce.class, LabAssignment.class));

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("EEE d MMM HH:mm", Locale.ROOT);

    private LabSchedule() {}

    /** The file {@code --plan} names: what {@code --json} printed, or just its assignments. */
    private record InForce(@Nullable List<LabAssignment> assignments) {}

    static int run(
            Path file,
            @Nullable Path inForce,
            SearchLimits limits,
            boolean reoptimise,
            boolean json,
            @Nullable Path gantt) {
        JsonNode tree = FileInput.tree(file);
        SHAPE.check(tree, LabProblem.class);
        LabProblem problem = Json.convert(tree, LabProblem.class).orThrow();
        if (inForce != null) {
            JsonNode earlier = FileInput.tree(inForce);
            SHAPE.check(earlier, InForce.class);
            List<LabAssignment> plan =
                    Json.convert(earlier, InForce.class).orThrow().assignments();
            if (plan == null) {
                throw new RefusedException(Failure.permanent(
                        "schedule.no_plan",
                        inForce + " has no assignments.",
                        "Give the JSON that an earlier 'schedule --json' printed."));
            }
            problem = problem.with(problem.tests(), plan);
        }
        LabProblem planned = problem;
        return switch (LabPlanner.plan(problem, limits, reoptimise, event -> {})) {
            case Outcome.Ok<LabPlan> ok -> {
                if (gantt != null) {
                    FileOutput.to(gantt, () -> Files.writeString(gantt, Gantt.svg(planned, ok.value())));
                }
                yield show(ok.value(), planned.zone(), json);
            }
            case Outcome.Refused<LabPlan> refused -> ScheduleCommand.infeasible(refused.failure(), json);
        };
    }

    private static int show(LabPlan plan, ZoneId zone, boolean json) {
        if (json) {
            ObjectNode document = Json.mapper().createObjectNode();
            document.put("makespan", plan.makespan().toSeconds())
                    .put("lowerBound", plan.lowerBound().toSeconds())
                    .put("gap", plan.gap())
                    .put("gapOf", plan.gapOf())
                    .put("status", plan.isOptimal() ? "optimal" : "feasible")
                    .put("weightedLatenessMinutes", plan.weightedLatenessMinutes())
                    .put("latenessBoundMinutes", plan.latenessBoundMinutes())
                    .put("ranOut", plan.ranOut())
                    .put("preferenceMinutes", plan.preferenceMinutes())
                    .put("moved", plan.moved())
                    .put("planned", plan.planned())
                    .put("planFrom", plan.planFrom())
                    .put("boundFrom", plan.boundFrom());
            ArrayNode assignments = document.putArray("assignments");
            plan.assignments()
                    .forEach(a -> assignments.add(((ObjectNode) Json.tree(a))
                            .put("task", a.test())
                            .put("resource", a.bench() + "/" + a.channel())));
            document.set("history", InstanceSchedule.history(plan.history()));
            System.out.println(Json.text(document));
            return 0;
        }
        System.out.println("Makespan " + plan.makespan() + " (" + plan.planFrom() + "), no plan is below "
                + plan.lowerBound() + " (" + plan.boundFrom() + ")"
                + (plan.isOptimal() ? ": optimal" : "") + "; weighted lateness " + plan.weightedLatenessMinutes()
                + " min");
        if (plan.planned() > 0) {
            System.out.println(plan.moved() + " of " + plan.planned() + " tests moved");
        }
        System.out.println("Runs from and to, " + zone + " time; set-up comes before, tear-down after:");
        for (LabAssignment a : plan.assignments()) {
            System.out.println("  " + a.test() + "  " + a.bench() + "/" + a.channel() + "  " + clock(a.start(), zone)
                    + " - " + clock(a.end(), zone) + "  " + a.why());
        }
        return 0;
    }

    /** As the reasons tell times. */
    private static String clock(Instant time, ZoneId zone) {
        return time.atZone(zone).format(CLOCK);
    }
}
