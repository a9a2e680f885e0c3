package org.voltwin.standalone.ditto.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonValue;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Signing in, addresses and headers as Ditto's own system tests expect them. */
class GatewayConformanceIT {
    @TestFactory
    Stream<DynamicTest> gateway() {
        return Scenario.in("gateway");
    }

    /** Over HTTP/1.1: when it goes over to HTTP/2, only the last of two equal headers arrives. */
    @Test
    void aHeaderMustNotBeThereTwice() throws Exception {
        var shared = SharedDitto.get();
        try (var http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create(
                                    "http://127.0.0.1:" + shared.running().port() + "/api/2/things"))
                            .POST(HttpRequest.BodyPublishers.noBody())
                            .header("Authorization", "Bearer " + shared.token("owner"))
                            .header("Cache-Control", "no-cache")
                            .header("x-correlation-id", "one")
                            .header("x-correlation-id", "two")
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            assertThat(JsonObject.of(answer.body()).getValue("error"))
                    .contains(JsonValue.of("gateway:duplicate.header.field"));
        }
    }
}
