package org.voltwin.benchmark.ditto;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** The cells a benchmark works on; they share one policy. */
record Things(String namespace, int count, String subject) {
    private static final int AT_ONCE = 64;

    String id(int number) {
        return namespace + ":cell-" + number % count;
    }

    String policyId() {
        return namespace + ":bench";
    }

    /** About 700 bytes, as a cell of a laboratory has. */
    String json(int number) {
        return new JsonObject()
                .put("policyId", policyId())
                .put("definition", "org.voltwin:cell:1.0.0")
                .put(
                        "attributes",
                        new JsonObject()
                                .put("serialNumber", "SN-" + number)
                                .put("level", "cell")
                                .put("generation", number % 3 == 0 ? "GEN3B" : "GEN4A")
                                .put("bornAt", "2026-01-01T00:00:00Z")
                                .put("source", "benchmark"))
                .put(
                        "features",
                        new JsonObject()
                                .put("electrical", properties("voltageVolts", 3 + number % 1200 / 1000.0))
                                .put("thermal", properties("temperatureCelsius", 15 + number % 300 / 10.0))
                                .put("state", properties("stateOfChargeFraction", number % 1000 / 1000.0)))
                .encode();
    }

    private static JsonObject properties(String name, double value) {
        return new JsonObject()
                .put("properties", new JsonObject().put(name, value).put("updatedAt", "2026-01-01T00:00:00Z"));
    }

    void create(Target target) {
        var subjects = new JsonObject().put(subject, new JsonObject().put("type", "benchmark"));
        var all = new JsonObject().put("grant", List.of("READ", "WRITE")).put("revoke", List.of());
        var resources =
                new JsonObject().put("thing:/", all).put("policy:/", all).put("message:/", all);
        var entry = new JsonObject().put("subjects", subjects).put("resources", resources);
        var policy = new JsonObject().put("entries", new JsonObject().put("bench", entry));
        expect(Target.await(target.send(HttpMethod.PUT, "/api/2/policies/" + policyId(), policy.encode())));
        for (int from = 0; from < count; from += AT_ONCE) {
            List<Future<?>> batch = new ArrayList<>();
            for (int i = from; i < Math.min(count, from + AT_ONCE); i++) {
                batch.add(target.send(HttpMethod.PUT, "/api/2/things/" + id(i), json(i))
                        .onSuccess(Things::expect));
            }
            Target.await(Future.all(batch));
        }
    }

    private static void expect(Target.Answer answer) {
        if (answer.status() >= 300) {
            throw new IllegalStateException(answer.status() + " " + answer.body());
        }
    }
}
