package org.voltwin.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.voltwin.app.config.DataFolder;
import org.voltwin.app.config.PlatformConfig;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.json.Json;
import org.voltwin.model.lab.BenchKind;
import org.voltwin.model.run.RunStage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Files one request for a virtual and one for a physical bench, and follows both to their end. */
@Command(
        name = "demo",
        description = "Files a request for a virtual and one for a physical bench and follows both.",
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
    @Mixin
    private PlatformOptions options = new PlatformOptions();

    @Option(
            names = "--timeout",
            defaultValue = "300",
            description = "Longest wait, seconds (default: ${DEFAULT-VALUE}).")
    private int timeoutSeconds;

    @Option(names = "--json", description = "One JSON document at the end, nothing else on standard output.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        DataFolder data = options.data();
        PlatformConfig config = options.config();
        UpCommand.requireRunning(data);
        ApiClient api = ApiClient.of(config, data);
        Instant begin = Instant.now();
        Map<BenchKind, String> runs = new LinkedHashMap<>();
        for (BenchKind kind : List.of(BenchKind.VIRTUAL, BenchKind.PHYSICAL)) {
            JsonNode filed = patiently(() -> api.post("/api/requests", request(kind)));
            runs.put(kind, filed.path("uuid").asText());
            say(
                    begin,
                    filed.path("id").asText() + ": a capacity test of GEN3B-CELL-01 on a " + kind.id()
                            + " bench is filed");
        }
        Map<BenchKind, JsonNode> ends = follow(api, runs, begin);
        boolean completed = ends.size() == runs.size()
                && ends.values().stream().allMatch(end -> stage(end).equals(RunStage.COMPLETED.id()));
        report(config, begin, ends, completed);
        return completed ? 0 : 1;
    }

    private static ObjectNode request(BenchKind kind) {
        return Json.mapper()
                .createObjectNode()
                .put("uut", "GEN3B-CELL-01")
                .put("useCase", "Automotive")
                .put("standard", "IEC62660")
                .put("testName", "Capacity")
                .put("preferredDate", Instant.now().plusSeconds(5).toString())
                .put("bench", kind.id())
                .put("requesterName", "Demonstration");
    }

    private Map<BenchKind, JsonNode> follow(ApiClient api, Map<BenchKind, String> runs, Instant begin)
            throws InterruptedException {
        Map<BenchKind, JsonNode> ends = new LinkedHashMap<>();
        Map<BenchKind, String> last = new LinkedHashMap<>();
        Instant end = begin.plusSeconds(timeoutSeconds);
        while (ends.size() < runs.size() && Instant.now().isBefore(end)) {
            for (Map.Entry<BenchKind, String> run : runs.entrySet()) {
                if (ends.containsKey(run.getKey())) {
                    continue;
                }
                JsonNode test = patiently(() -> detail(api, run.getValue()));
                String stage = stage(test);
                if (!stage.isEmpty() && !stage.equals(last.put(run.getKey(), stage))) {
                    say(begin, String.format("%-8s %s", run.getKey().id(), describe(test)));
                }
                if (!stage.isEmpty() && RunStage.of(stage).isEnd()) {
                    ends.put(run.getKey(), test);
                }
            }
            synchronized (this) {
                wait(400);
            }
        }
        return ends;
    }

    private static JsonNode detail(ApiClient api, String uuid) {
        try {
            return api.get("/api/tests/" + uuid);
        } catch (RefusedException e) {
            if (e.failure().code().endsWith("not_found")) {
                return Json.mapper().createObjectNode();
            }
            throw e;
        }
    }

    /** While a process is being brought back the platform may be away: what a retry helps is tried again. */
    private JsonNode patiently(Callable<JsonNode> call) throws InterruptedException {
        Instant giveUp = Instant.now().plusSeconds(90);
        while (true) {
            try {
                return call.call();
            } catch (RefusedException e) {
                if (!e.failure().retryHelps() || Instant.now().isAfter(giveUp)) {
                    throw e;
                }
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            synchronized (this) {
                wait(500);
            }
        }
    }

    private static String stage(JsonNode test) {
        return test.path("stage").asText();
    }

    private static String describe(JsonNode test) {
        JsonNode booking = test.path("booking");
        return switch (RunStage.of(stage(test))) {
            case REQUESTED -> "requested: its twin is " + test.path("uutThing").asText();
            case MODELLED -> "modelled: " + test.path("models").path("name").asText();
            case DELIVERED -> "delivered by SFTP";
            case VALIDATED ->
                "validated: " + test.path("folder").path("fmuCount").asText("") + " FMUs checked";
            case DESIGNED ->
                "designed: " + test.path("design").path("scenarios").size() + " scenarios, "
                        + test.path("design").path("kind").asText();
            case SCHEDULED ->
                "scheduled on " + booking.path("bench").asText() + " at "
                        + booking.path("start").asText() + ": "
                        + booking.path("why").asText();
            case RUNNING -> "running";
            case COMPLETED ->
                "completed: " + test.path("result").path("rows").asText() + " rows stored, "
                        + test.path("result").path("summary");
            case FAILED ->
                "FAILED: " + test.path("failure").path("cause").asText() + " "
                        + test.path("failure").path("remedy").asText();
            case CANCELLED -> "cancelled";
        };
    }

    private void say(Instant begin, String text) {
        if (!json) {
            System.out.printf(
                    "  %5.1f s  %s%n", Duration.between(begin, Instant.now()).toMillis() / 1000.0, text);
        }
    }

    private void report(PlatformConfig config, Instant begin, Map<BenchKind, JsonNode> ends, boolean completed) {
        double seconds = Duration.between(begin, Instant.now()).toMillis() / 1000.0;
        if (json) {
            ObjectNode document =
                    Json.mapper().createObjectNode().put("completed", completed).put("seconds", seconds);
            ArrayNode tests = document.putArray("tests");
            ends.values().forEach(tests::add);
            System.out.println(Json.text(document));
            return;
        }
        System.out.println();
        System.out.printf(
                "  %s after %.1f s.%n", completed ? "Both runs completed" : "Not both runs completed", seconds);
        System.out.println("  Look at:");
        ends.values()
                .forEach(test -> System.out.println("    " + config.publicUrl() + "/trends?test="
                        + test.path("uuid").asText() + "   " + test.path("id").asText() + " on a "
                        + test.path("bench").asText() + " bench"));
        System.out.println("    " + config.publicUrl() + "/requests and " + config.publicUrl() + "/plan");
    }
}
