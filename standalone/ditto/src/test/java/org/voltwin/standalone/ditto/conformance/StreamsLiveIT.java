package org.voltwin.standalone.ditto.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.ditto.base.model.common.HttpStatus;
import org.eclipse.ditto.base.model.exceptions.TooManyRequestsException;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.policies.model.Policy;
import org.eclipse.ditto.protocol.Adaptable;
import org.eclipse.ditto.protocol.Payload;
import org.eclipse.ditto.protocol.ProtocolFactory;
import org.eclipse.ditto.protocol.mappingstrategies.IllegalAdaptableException;
import org.eclipse.ditto.things.model.Attributes;
import org.eclipse.ditto.things.model.signals.commands.ThingErrorResponse;
import org.eclipse.ditto.things.model.signals.commands.exceptions.ThingNotCreatableException;
import org.eclipse.ditto.things.model.signals.commands.modify.DeleteThing;
import org.eclipse.ditto.things.model.signals.commands.modify.ModifyAttribute;
import org.eclipse.ditto.things.model.signals.commands.modify.ModifyAttributeResponse;
import org.eclipse.ditto.things.model.signals.commands.modify.ModifyAttributes;
import org.eclipse.ditto.things.model.signals.commands.modify.ModifyAttributesResponse;
import org.eclipse.ditto.things.model.signals.commands.modify.ModifyThing;
import org.eclipse.ditto.things.model.signals.commands.query.RetrieveAttribute;
import org.eclipse.ditto.things.model.signals.commands.query.RetrieveAttributeResponse;
import org.eclipse.ditto.things.model.signals.commands.query.RetrieveAttributes;
import org.eclipse.ditto.things.model.signals.commands.query.RetrieveAttributesResponse;
import org.eclipse.ditto.things.model.signals.commands.query.RetrieveThing;
import org.eclipse.ditto.things.model.signals.commands.query.RetrieveThingResponse;
import org.junit.jupiter.api.Test;

/** Live commands over HTTP, answered by a device at the WebSocket. */
class StreamsLiveIT extends LiveDevice {
    @Test
    void commandsNobodyWaitsForAreAccepted() throws Exception {
        assertThat(send("PUT", "/attributes/manufacturer?channel=live", "\"B\"", "response-required", "false")
                        .status())
                .isEqualTo(202);
        var modify = device.next(ModifyAttribute.class);
        assertThat(modify.getDittoHeaders().getChannel()).contains("live");
        assertThat(modify.getDittoHeaders().getCorrelationId()).contains(correlationId);

        assertThat(send("PUT", "?channel=live", thing.toString(), "response-required", "false")
                        .status())
                .isEqualTo(202);
        assertThat(device.next(ModifyThing.class).getThing().toJson()).isEqualTo(thing);

        assertThat(send("DELETE", "?channel=live", null, "response-required", "false")
                        .status())
                .isEqualTo(202);
        device.next(DeleteThing.class);
        assertThat(caller.get(path).object()).isEqualTo(thing);
    }

    @Test
    void theDevicesAnswersAreHandedOn() throws Exception {
        var modified = answering(ModifyAttribute.class, command -> {
            assertThat(command.getDittoHeaders().isResponseRequired()).isTrue();
            return ModifyAttributeResponse.modified(
                    command.getEntityId(), command.getAttributePointer(), command.getDittoHeaders());
        });
        assertThat(send("PUT", "/attributes/manufacturer?channel=live", "\"B\"", "response-required", "true")
                        .status())
                .isEqualTo(204);
        handled(modified);

        var attributes = Attributes.newBuilder()
                .set("status", "active")
                .set("failure", false)
                .build();
        var retrieved = answering(
                RetrieveAttributes.class,
                command -> RetrieveAttributesResponse.of(thingId, attributes, command.getDittoHeaders()));
        var answer = send("GET", "/attributes?channel=live", null);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(attributes.toJsonString());
        handled(retrieved);

        var whole = answering(
                RetrieveThing.class, command -> RetrieveThingResponse.of(thingId, thing, command.getDittoHeaders()));
        assertThat(send("GET", "?channel=live", null).object()).isEqualTo(thing);
        handled(whole);
    }

    @Test
    void aDeviceThatDoesNotAnswerIsLate() throws Exception {
        var received = answering(
                RetrieveAttributes.class,
                command -> ThingErrorResponse.of(ThingNotCreatableException.forLiveChannel(DittoHeaders.newBuilder()
                        .correlationId("something-else")
                        .build())));
        assertThat(send("GET", "/attributes?channel=live", null, "timeout", "1s")
                        .status())
                .isEqualTo(408);
        handled(received);
    }

    @Test
    void theDevicesErrorsAreHandedOn() throws Exception {
        var refused = answering(
                ModifyAttribute.class,
                command -> ThingErrorResponse.of(TooManyRequestsException.fromMessage(
                        "I'm just a random error mate!", command.getDittoHeaders())));
        assertThat(send("PUT", "/attributes/manufacturer?channel=live", "\"B\"", "timeout", "5s")
                        .status())
                .isEqualTo(429);
        handled(refused);
    }

    private String withStatus(ModifyAttribute command, boolean responseRequired) {
        Adaptable envelope = StreamsSocket.envelope(
                ModifyAttributeResponse.modified(thingId, command.getAttributePointer(), command.getDittoHeaders()));
        return StreamsSocket.frame(ProtocolFactory.newAdaptableBuilder(envelope)
                .withPayload(Payload.newBuilder(envelope.getPayload())
                        .withStatus(HttpStatus.PARTIAL_CONTENT)
                        .build())
                .withHeaders(responseRequired ? command.getDittoHeaders() : envelope.getDittoHeaders())
                .build());
    }

    @Test
    void anAnswerWithAnImpossibleStatusIsNone() throws Exception {
        var received = handling(ModifyAttribute.class, command -> withStatus(command, false));
        assertThat(send("PUT", "/attributes/manufacturer?channel=live", "\"B\"", "timeout", "1s")
                        .status())
                .isEqualTo(408);
        handled(received);
        assertThat(device.waiting()).isEmpty();
    }

    @Test
    void anAnswerWithAnImpossibleStatusIsAnsweredIfTheDeviceWantsThat() throws Exception {
        var received = handling(ModifyAttribute.class, command -> withStatus(command, true));
        assertThat(send("PUT", "/attributes/manufacturer?channel=live", "\"B\"", "timeout", "1s")
                        .status())
                .isEqualTo(408);
        handled(received);
        var error = device.next(ThingErrorResponse.class);
        assertThat(error.getDittoHeaders().getChannel()).contains("live");
        assertThat(error.getDittoHeaders().getCorrelationId()).contains(correlationId);
        assertThat(error.getDittoRuntimeException())
                .isInstanceOf(IllegalAdaptableException.class)
                .hasMessageContaining("%s is invalid.", HttpStatus.PARTIAL_CONTENT);
    }

    @Test
    void anAnswerToSomethingElseIsNamed() {
        answering(
                ModifyAttribute.class, command -> RetrieveThingResponse.of(thingId, thing, command.getDittoHeaders()));
        var answer = send("PUT", "/attributes/manufacturer?channel=live", "\"B\"", "timeout", "1s");
        assertThat(answer.status()).isEqualTo(408);
        assertThat(answer.body())
                .contains("Received no appropriate live response within the specified timeout. An invalid response was"
                        + " received, though: Type of live response <" + RetrieveThingResponse.TYPE
                        + "> is not related to type of command <" + ModifyAttribute.TYPE + ">.");
    }

    @Test
    void headersOfTheTransportDoNotReachTheDevice() throws Exception {
        var received = answering(
                RetrieveAttribute.class,
                command -> RetrieveAttributeResponse.of(
                        thingId, JsonPointer.of("manufacturer"), JsonValue.of("live"), command.getDittoHeaders()));
        var answer = send(
                "GET",
                "/attributes/manufacturer?channel=live",
                null,
                "X-Forwarded-Scheme",
                "http",
                "Accept-Encoding",
                "gzip,deflate");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(handled(received).getDittoHeaders().keySet())
                .doesNotContain(
                        "x-forwarded-scheme",
                        "accept-encoding",
                        "X-Forwarded-Scheme",
                        "Accept-Encoding",
                        "authorization");
    }

    @Test
    void theTwinAnswersInsteadIfItShall() throws Exception {
        var answer = send("GET", "?channel=live&live-channel-timeout-strategy=use-twin&timeout=1s", "\"body\"");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("channel")).isEqualTo("twin");
        device.next(RetrieveThing.class);
    }

    @Test
    void thingsAreNotCreatedLive() {
        for (String required : new String[] {"true", "false"}) {
            var answer = ditto.running()
                    .send(
                            "POST",
                            "/api/2/things?channel=live",
                            "{\"policyId\":\"" + thingId + "\"}",
                            caller.token(),
                            "response-required",
                            required);
            assertThat(answer.object())
                    .isEqualTo(ThingNotCreatableException.forLiveChannel(DittoHeaders.empty())
                            .toJson());
        }
        assertThat(device.waiting()).isEmpty();
    }

    private Policy revoking(String resource, String... permissions) {
        return StreamsPolicies.grant(StreamsPolicies.of("all", "first"), "all", "device")
                .forLabel("revoked")
                .setSubject(StreamsPolicies.subject("first"))
                .setRevokedPermissions("thing", resource, permissions[0], permissions)
                .build();
    }

    @Test
    void liveQueriesNeedPermissionAndAnswersAreCut() throws Exception {
        put(revoking("/attributes/secretAttribute", "READ"));
        var attributes = Attributes.newBuilder()
                .set("status", "active")
                .set("secretAttribute", "verySecret")
                .build();
        answering(
                RetrieveAttributes.class,
                command -> RetrieveAttributesResponse.of(thingId, attributes, command.getDittoHeaders()));
        assertThat(send("GET", "/attributes?channel=live", null).object())
                .isEqualTo(JsonObject.of("{\"status\":\"active\"}"));
        answering(RetrieveThing.class, command -> RetrieveThingResponse.of(thingId, thing, command.getDittoHeaders()));
        assertThat(send("GET", "?channel=live", null).object())
                .isEqualTo(thing.remove(JsonPointer.of("attributes/secretAttribute")));

        put(revoking("/features", "READ", "WRITE"));
        var modified = answering(
                ModifyAttributes.class,
                command -> ModifyAttributesResponse.modified(thingId, command.getDittoHeaders()));
        assertThat(send("PUT", "/attributes?channel=live", "{\"status\":\"active\"}")
                        .status())
                .isEqualTo(204);
        handled(modified);

        put(revoking("/", "READ", "WRITE"));
        assertThat(send("GET", "?channel=live", null).status()).isEqualTo(404);
    }
}
