package org.voltwin.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.voltwin.doe.schedule.BenchPlanner;
import org.voltwin.doe.schedule.engine.SearchLimits;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.json.Json;
import org.voltwin.model.schedule.Assignment;
import org.voltwin.model.schedule.Schedule;
import org.voltwin.model.schedule.ScheduleProblem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A bench schedule from a problem. */
@Command(name = "schedule", description = "Plans benches from a problem file.", mixinStandardHelpOptions = true)
public final class ScheduleCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "Problem: YAML or JSON, or an instance of the literature.")
    private Path file = Path.of("");

    @Option(
            names = "--format",
            defaultValue = "lab",
            description = "lab, fjsp (flexible job shop text) or rcpsp (PSPLIB .sm).")
    private String format = "lab";

    @Option(names = "--seconds", description = "Longest search; overrides the problem's effort.")
    private @Nullable Integer seconds;

    @Option(names = "--seed", description = "Overrides the problem's seed.")
    private @Nullable Long seed;

    @Option(names = "--threads", defaultValue = "1", description = "Threads to search with; 1 repeats exactly.")
    private int threads = 1;

    @Option(
            names = "--plan",
            description = "The plan in force (JSON of an earlier run): what runs stays, little moves.")
    private @Nullable Path plan;

    @Option(names = "--reoptimise", description = "With --plan: move tests whenever that ends sooner.")
    private boolean reoptimise;

    @Option(
            names = {"--gantt", "--out"},
            paramLabel = "FILE.svg",
            description = "Also draw a laboratory's plan (SVG).")
    private @Nullable Path gantt;

    @Option(names = "--json", description = "One JSON document.")
    private boolean json;

    @Override
    public Integer call() {
        if (!"lab".equals(format)) {
            refusePicture();
        }
        return switch (format) {
            case "lab" -> lab();
            case "fjsp" -> InstanceSchedule.fjsp(file, limits(), json);
            case "rcpsp" -> InstanceSchedule.rcpsp(file, limits(), json);
            default ->
                throw new RefusedException(Failure.permanent(
                        "schedule.unknown_format",
                        "'" + format + "' cannot be read.",
                        "Use --format lab, fjsp or rcpsp."));
        };
    }

    private void refusePicture() {
        if (gantt != null) {
            throw new RefusedException(Failure.permanent(
                    "schedule.no_picture",
                    "Only a laboratory's plan (a problem with 'tests') can be drawn.",
                    "Leave out --gantt, or give the problem with benches, chambers and tests."));
        }
    }

    private SearchLimits limits() {
        Integer limit = seconds;
        Long chosenSeed = seed;
        if (threads < 1 || threads > 64 || (limit != null && limit < 1)) {
            throw new RefusedException(Failure.permanent(
                    "schedule.limits",
                    "A search cannot have " + threads + " threads"
                            + (limit == null ? "." : " and " + limit + " seconds."),
                    "Use 1 to 64 threads and at least 1 second."));
        }
        return new SearchLimits(
                Duration.ofSeconds(limit == null ? 30 : limit), threads, chosenSeed == null ? 1 : chosenSeed);
    }

    private int lab() {
        if (file.toString().matches(".*\\.(sm|fjs)")) {
            throw new RefusedException(Failure.permanent(
                    "schedule.no_format",
                    file + " looks like an instance of the literature.",
                    "Add --format " + (file.toString().endsWith(".sm") ? "rcpsp" : "fjsp") + "."));
        }
        // A laboratory's rich problem gives 'tests' where the pipeline's plain one gives 'tasks'.
        JsonNode tree = FileInput.tree(file);
        if (tree.has("tests")) {
            return LabSchedule.run(file, plan, limits(), reoptimise, json, gantt);
        }
        if (!tree.has("tasks")) {
            throw new RefusedException(Failure.permanent(
                    "schedule.no_tests",
                    file + " has neither 'tests' nor 'tasks'.",
                    "Give a laboratory with its tests (docs/scheduling.md); designs are made by ./voltwin doe."));
        }
        refusePicture();
        ScheduleProblem given = FileInput.read(file, ScheduleProblem.class);
        Integer limit = seconds;
        Long chosenSeed = seed;
        ScheduleProblem problem = new ScheduleProblem(
                given.now(),
                given.benches(),
                given.fixed(),
                given.tasks(),
                limit == null ? given.effort() : Duration.ofSeconds(limit),
                chosenSeed == null ? given.seed() : chosenSeed);
        return switch (new BenchPlanner().schedule(problem)) {
            case Outcome.Ok<Schedule> ok -> show(ok.value());
            case Outcome.Refused<Schedule> refused -> infeasible(refused.failure(), json);
        };
    }

    private int show(Schedule schedule) {
        if (json) {
            ObjectNode document = Json.mapper().createObjectNode();
            double makespan = schedule.makespan().toMillis() / 1000.0;
            double bound = schedule.lowerBound().toMillis() / 1000.0;
            document.put("makespan", makespan)
                    .put("lowerBound", bound)
                    .put("gap", makespan == 0 ? 0 : (makespan - bound) / makespan)
                    .put("status", schedule.optimal() ? "optimal" : "feasible");
            ArrayNode assignments = document.putArray("assignments");
            schedule.assignments()
                    .forEach(a -> assignments.add(((ObjectNode) Json.tree(a))
                            .put("resource", a.bench().value() + "/" + a.channel())));
            System.out.println(Json.text(document));
            return 0;
        }
        System.out.println("Makespan " + schedule.makespan() + (schedule.optimal() ? ", optimal" : ""));
        for (Assignment a : schedule.assignments()) {
            System.out.println("  " + a.task() + "  " + a.bench() + "/" + a.channel() + "  " + a.start() + " - "
                    + a.end() + "  " + a.why());
        }
        return 0;
    }

    static int infeasible(Failure failure, boolean json) {
        if (!json) {
            throw new RefusedException(failure);
        }
        System.out.println(Json.text(Json.mapper()
                .createObjectNode()
                .put("status", "infeasible")
                .put("code", failure.code())
                .put("reason", failure.cause())
                .put("remedy", failure.remedy())));
        // As without --json.
        return failure.retryHelps() ? 1 : 2;
    }
}
