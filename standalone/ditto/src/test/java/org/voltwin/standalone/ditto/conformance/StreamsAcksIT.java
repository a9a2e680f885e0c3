package org.voltwin.standalone.ditto.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.eclipse.ditto.base.model.acks.AcknowledgementLabel;
import org.eclipse.ditto.base.model.acks.AcknowledgementRequest;
import org.eclipse.ditto.base.model.common.HttpStatus;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.signals.acks.Acknowledgement;
import org.eclipse.ditto.base.model.signals.acks.AcknowledgementRequestTimeoutException;
import org.eclipse.ditto.json.JsonKey;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.things.model.signals.events.ThingModified;
import org.junit.jupiter.api.Test;
import org.voltwin.standalone.ditto.RunningDitto;

/** Acknowledgements requested over HTTP. */
class StreamsAcksIT {
    private static final String THINGS = "/api/2/things";

    private final SharedDitto ditto = SharedDitto.get();
    private final RunningDitto.Client caller = ditto.as("first");
    private final String id = "org.stream:" + UUID.randomUUID();

    @Test
    void theBuiltInOneAloneChangesNothing() {
        var asParameter = caller.post(THINGS + "?requested-acks=twin-persisted", "{}");
        assertThat(asParameter.status()).isEqualTo(201);
        String place = java.net.URI.create(asParameter.header("Location")).getPath();
        assertThat(caller.delete(place + "?requested-acks=twin-persisted").status())
                .isEqualTo(204);
        var asHeader = caller.post(THINGS, "{}", "requested-acks", "twin-persisted");
        assertThat(asHeader.status()).isEqualTo(201);
        assertThat(caller.delete(
                                java.net.URI.create(asHeader.header("Location")).getPath(),
                                "requested-acks",
                                "twin-persisted")
                        .status())
                .isEqualTo(204);
    }

    @Test
    void noneAndNoAnswer() {
        assertThat(caller.post(THINGS, "{}", "requested-acks", "").status()).isEqualTo(201);
        assertThat(caller.post(THINGS, "{}", "requested-acks", "", "response-required", "false")
                        .status())
                .isEqualTo(202);
        assertThat(caller.post(THINGS, "{}", "requested-acks", "twin-persisted", "response-required", "false")
                        .status())
                .isEqualTo(202);
        assertThat(caller.post(THINGS, "{}", "requested-acks", "twin-persisted", "timeout", "0")
                        .status())
                .isEqualTo(400);
        assertThat(caller.post(THINGS, "{}", "requested-acks", "unknown", "timeout", "1")
                        .status())
                .isEqualTo(408);
    }

    @Test
    void someAreGivenAndSomeAreNot() {
        var answer = caller.put(
                THINGS + "/" + id + "?correlation-id=custom-" + id
                        + "&requested-acks=twin-persisted,not-fulfilled&timeout=1s",
                "{}");
        assertThat(answer.status()).isEqualTo(424);
        JsonObject persisted =
                answer.object().getValue("twin-persisted").orElseThrow().asObject();
        assertThat(persisted.getValue(Acknowledgement.JsonFields.STATUS_CODE)).contains(201);
        assertThat(persisted.getValue(Acknowledgement.JsonFields.PAYLOAD))
                .contains(JsonObject.of("{\"thingId\":\"%1$s\",\"policyId\":\"%1$s\"}".formatted(id)));
        JsonObject headers =
                persisted.getValue(Acknowledgement.JsonFields.DITTO_HEADERS).orElseThrow();
        assertThat(headers.getValue("correlation-id")).contains(JsonValue.of("custom-" + id));
        assertThat(headers.getValue("location").orElseThrow().asString()).endsWith("/things/" + id);
        JsonObject late =
                answer.object().getValue("not-fulfilled").orElseThrow().asObject();
        assertThat(late.getValue(Acknowledgement.JsonFields.STATUS_CODE)).contains(408);
        assertThat(late.getValue(Acknowledgement.JsonFields.PAYLOAD))
                .contains(AcknowledgementRequestTimeoutException.newBuilder(Duration.ofSeconds(1))
                        .build()
                        .toJson());
        assertThat(late.getValue(Acknowledgement.JsonFields.DITTO_HEADERS)
                        .orElseThrow()
                        .getValue("correlation-id"))
                .contains(JsonValue.of("custom-" + id));
    }

    @Test
    void twoSessionsAcknowledgeAChange() throws Exception {
        var label = AcknowledgementLabel.of("first:custom-" + UUID.randomUUID());
        var other = AcknowledgementLabel.of("first:other-" + UUID.randomUUID());
        assertThat(caller.put(THINGS + "/" + id, "{}").status()).isEqualTo(201);
        try (var one = StreamsSocket.open(ditto.running(), caller.token(), "declared-acks", "[\"" + label + "\"]");
                var two = StreamsSocket.open(ditto.running(), caller.token(), "declared-acks", "[\"" + other + "\"]")) {
            acknowledge(one, label, HttpStatus.OK, "text/plain", JsonValue.of("formally"));
            acknowledge(two, other, HttpStatus.NO_CONTENT, null, null);
            var answer = caller.put(
                    THINGS + "/" + id + "?correlation-id=custom-" + id + "&requested-acks=twin-persisted," + label + ","
                            + other + "&timeout=5s",
                    "{\"attributes\":{\"some\":42}}");
            assertThat(answer.status()).isEqualTo(200);
            assertAck(answer.object(), "twin-persisted", 204);
            JsonObject custom = assertAck(answer.object(), label.toString(), 200);
            assertThat(custom.getValue(Acknowledgement.JsonFields.PAYLOAD)).contains(JsonValue.of("formally"));
            assertThat(custom.getValue(Acknowledgement.JsonFields.DITTO_HEADERS)
                            .orElseThrow()
                            .getValue("content-type"))
                    .contains(JsonValue.of("text/plain"));
            assertThat(assertAck(answer.object(), other.toString(), 204).contains("payload"))
                    .isFalse();
        }
    }

    private void acknowledge(
            StreamsSocket socket, AcknowledgementLabel label, HttpStatus status, String contentType, JsonValue payload)
            throws Exception {
        socket.on(signal -> {
            if (signal instanceof ThingModified event
                    && event.getEntityId().toString().equals(id)) {
                assertThat(event.getDittoHeaders().getAcknowledgementRequests())
                        .containsExactly(AcknowledgementRequest.of(label));
                DittoHeaders headers = contentType == null
                        ? event.getDittoHeaders()
                        : DittoHeaders.newBuilder()
                                .correlationId(event.getDittoHeaders()
                                        .getCorrelationId()
                                        .orElseThrow())
                                .contentType(contentType)
                                .build();
                socket.emit(Acknowledgement.of(label, event.getEntityId(), status, headers, payload));
            }
        });
        socket.control("START-SEND-EVENTS");
    }

    private JsonObject assertAck(JsonObject answer, String label, int status) {
        JsonObject ack = answer.getValue(JsonKey.of(label)).orElseThrow().asObject();
        assertThat(ack.getValue(Acknowledgement.JsonFields.STATUS_CODE)).contains(status);
        assertThat(ack.getValue(Acknowledgement.JsonFields.DITTO_HEADERS)
                        .orElseThrow()
                        .getValue("correlation-id"))
                .contains(JsonValue.of("custom-" + id));
        return ack;
    }
}
