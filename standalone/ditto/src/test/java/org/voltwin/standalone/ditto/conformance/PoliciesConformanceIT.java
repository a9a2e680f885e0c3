package org.voltwin.standalone.ditto.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.ditto.json.JsonObject;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.voltwin.standalone.ditto.RunningDitto;

/** What Ditto's own system tests ask of policies, their imports, and things under them. */
final class PoliciesConformanceIT {
    private static final int MAX_BYTES = 100 * 1024;
    private static final String ALL = """
            {"subjects":{"ditto:owner":{"type":"t"}},"resources":{
              "policy:/":{"grant":["READ","WRITE"],"revoke":[]},"thing:/":{"grant":["READ","WRITE"],"revoke":[]}}}""";

    private final RunningDitto.Client owner = SharedDitto.get().as("owner");
    private final String id = "org.conform:" + UUID.randomUUID();

    @TestFactory
    Stream<DynamicTest> policies() {
        return Scenario.in("policies/policies");
    }

    @TestFactory
    Stream<DynamicTest> imports() {
        return Scenario.in("policies/imports");
    }

    @TestFactory
    Stream<DynamicTest> things() {
        return Scenario.in("policies/things");
    }

    @TestFactory
    Stream<DynamicTest> references() {
        return Scenario.in("policies/references");
    }

    @TestFactory
    Stream<DynamicTest> parts() {
        return Scenario.in("policies/parts");
    }

    /** PolicyIT.putTooLargePolicy, ThingsWithPoliciesIT.putThingWithTooLargeInlinePolicy. */
    @Test
    void aPolicyThatIsTooLargeIsRefused() {
        JsonObject policy = policyUpTo(MAX_BYTES + 3_000);

        assertThat(owner.put("/api/2/policies/" + id, policy.toString()).status())
                .isEqualTo(413);
        assertThat(owner.put("/api/2/things/" + id, "{\"_policy\":" + policy + "}")
                        .status())
                .isEqualTo(413);
        assertThat(owner.delete("/api/2/things/" + id).status()).isEqualTo(404);
        assertThat(owner.delete("/api/2/policies/" + id).status()).isEqualTo(404);
    }

    /** ThingsWithPoliciesIT.putLargeThingWithLargeInlinePolicy. */
    @Test
    void aThingAndItsPolicyMayEachBeAsLargeAsTheyMay() {
        var thing = new StringBuilder("{\"_policy\":" + policyUpTo(MAX_BYTES - 1_000) + ",\"attributes\":{\"a\":0");
        int policyLength = thing.length();
        for (int i = 0; thing.length() - policyLength < MAX_BYTES - 3_000; i++) {
            thing.append(",\"attr")
                    .append(i)
                    .append("\":\"")
                    .append("a".repeat(1_000))
                    .append('"');
        }

        assertThat(owner.put("/api/2/things/" + id, thing.append("}}").toString())
                        .status())
                .isEqualTo(201);
        assertThat(owner.delete("/api/2/things/" + id).status()).isEqualTo(204);
        assertThat(owner.delete("/api/2/policies/" + id).status()).isEqualTo(204);
    }

    /** As large as fits. */
    private static JsonObject policyUpTo(int bytes) {
        var entries = JsonObject.newBuilder();
        JsonObject entry = JsonObject.of(ALL.replace("\"t\"", '"' + "t".repeat(1_500) + '"'))
                .setValue("importable", "implicit");
        int length = 60;
        for (int i = 0; ; i++) {
            String label = "ENTRY-NO" + i;
            length += label.length() + entry.toString().length() + 4;
            if (length > bytes) {
                return JsonObject.newBuilder().set("entries", entries.build()).build();
            }
            entries.set(label, entry);
        }
    }

    /** PolicyImportsIT.retrievePolicyViaWebSocketWith… */
    @Test
    void theResolvedViewIsThereOverWebSocketToo() throws Exception {
        String imported = id + "-imported";
        owner.put("/api/2/policies/" + imported, "{\"entries\":{\"DEFAULT\":" + ALL + "}}");
        owner.put(
                "/api/2/policies/" + id, "{\"imports\":{\"" + imported + "\":{}},\"entries\":{\"ADMIN\":" + ALL + "}}");

        JsonObject resolved = ask("resolved");
        assertThat(resolved.getValue("status").orElseThrow().asInt()).isEqualTo(200);
        assertThat(resolved.getValue("value").orElseThrow().toString()).contains("imported-" + imported + "-DEFAULT");

        JsonObject refused = ask("bogus");
        assertThat(refused.getValue("status").orElseThrow().asInt()).isEqualTo(400);
        assertThat(refused.getValue("topic").orElseThrow().asString())
                .isEqualTo(id.replace(':', '/') + "/policies/errors");
        assertThat(refused.getValue("headers/correlation-id").orElseThrow().asString())
                .isEqualTo("ask-bogus");
    }

    /** Parts that only Ditto 3.9 knows, over the protocol. */
    @Test
    void partsOfEntriesAreReadAndWrittenOverWebSocketToo() throws Exception {
        owner.put("/api/2/policies/" + id, "{\"entries\":{\"ADMIN\":" + ALL + ",\"OTHER\":" + ALL + "}}");
        String entry = "{\"entry\":\"ADMIN\"}";

        assertThat(exchange("modify", "/entries/OTHER/references", "[" + entry + "]", "{}")
                        .getValue("status")
                        .orElseThrow()
                        .asInt())
                .isEqualTo(201);
        assertThat(exchange("retrieve", "/entries/OTHER/references", null, "{}")
                        .getValue("value")
                        .orElseThrow()
                        .toString())
                .isEqualTo("[" + entry + "]");
        assertThat(exchange("delete", "/entries/ADMIN", null, "{}")
                        .getValue("value/error")
                        .orElseThrow()
                        .asString())
                .isEqualTo("policies:entry.referenceconflict");
    }

    private JsonObject ask(String view) throws Exception {
        return exchange(
                "retrieve", "/", null, "{\"correlation-id\":\"ask-%s\",\"policy-view\":\"%s\"}".formatted(view, view));
    }

    private JsonObject exchange(String action, String path, String value, String headers) throws Exception {
        var answer = new CompletableFuture<String>();
        var uri = URI.create("ws://127.0.0.1:" + owner.ditto().port() + "/ws/2");
        try (HttpClient client = HttpClient.newHttpClient()) {
            WebSocket socket = client.newWebSocketBuilder()
                    .header("Authorization", "Bearer " + owner.token())
                    .buildAsync(uri, new FirstText(answer))
                    .get(10, TimeUnit.SECONDS);
            socket.sendText(
                    "{\"topic\":\"%s/policies/commands/%s\",\"headers\":%s,\"path\":\"%s\"%s}"
                            .formatted(
                                    id.replace(':', '/'),
                                    action,
                                    headers,
                                    path,
                                    value == null ? "" : ",\"value\":" + value),
                    true);
            JsonObject envelope = JsonObject.of(answer.get(10, TimeUnit.SECONDS));
            socket.abort();
            return envelope;
        }
    }

    private record FirstText(CompletableFuture<String> answer) implements WebSocket.Listener {
        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            answer.complete(text.toString());
            socket.request(1);
            return null;
        }
    }
}
