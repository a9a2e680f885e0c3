package org.voltwin.standalone.ditto.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.eclipse.ditto.base.model.common.HttpStatus;
import org.eclipse.ditto.base.model.exceptions.TooManyRequestsException;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.signals.Signal;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.policies.model.Policy;
import org.eclipse.ditto.protocol.Adaptable;
import org.eclipse.ditto.protocol.Payload;
import org.eclipse.ditto.protocol.ProtocolFactory;
import org.eclipse.ditto.protocol.mappingstrategies.IllegalAdaptableException;
import org.eclipse.ditto.things.model.Attributes;
import org.eclipse.ditto.things.model.ThingId;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.voltwin.standalone.ditto.RunningDitto;

/** Live commands and the live channel condition over HTTP, answered by a device at the WebSocket. */
class StreamsLiveIT {
    private static final String MATCHES = "eq(attributes/manufacturer,'ACME')";
    private static final String DOES_NOT_MATCH = "eq(attributes/foo,'bar')";

    private final SharedDitto ditto = SharedDitto.get();
    private final RunningDitto.Client caller = ditto.as("first");
    private final ThingId thingId = StreamsPolicies.freshThing();
    private final String path = "/api/2/things/" + thingId;
    private final JsonObject thing = JsonObject.of("""
            {"thingId":"%1$s","policyId":"%1$s","attributes":{"manufacturer":"ACME","model":"Speedster",
             "secretAttribute":"verySecret"},"features":{"Vehicle":{"properties":{"status":{"running":true},"fuel":1}}}}""".formatted(thingId));
    private final String correlationId = UUID.randomUUID().toString();
    private StreamsSocket device;

    @BeforeEach
    void create() throws Exception {
        put(StreamsPolicies.all("first", "device"));
        assertThat(caller.put(path, thing.toString()).status()).isEqualTo(201);
        device = StreamsSocket.open(ditto.running(), ditto.token("device"));
        device.control("START-SEND-LIVE-COMMANDS");
    }

    @AfterEach
    void close() {
        device.close();
    }

    private void put(Policy policy) {
        assertThat(caller.put("/api/2/policies/" + thingId, policy.toJsonString())
                        .status())
                .isBetween(201, 204);
    }

    /** The device answers the next command. */
    private <T extends Signal<?>> CompletableFuture<T> answering(
            Class<T> type, Function<T, ? extends Signal<?>> answer) {
        return handling(type, command -> StreamsSocket.frame(answer.apply(command)));
    }

    private <T extends Signal<?>> CompletableFuture<T> handling(Class<T> type, Function<T, String> answer) {
        var handled = new CompletableFuture<T>();
        device.on(signal -> {
            if (handled.isDone()) {
                device.waiting().add(signal);
                return;
            }
            try {
                assertThat(signal).isInstanceOf(type);
                assertThat(signal.getDittoHeaders().getChannel()).contains("live");
                assertThat(signal.getDittoHeaders().getCorrelationId()).contains(correlationId);
                handled.complete(type.cast(signal));
                device.text(answer.apply(type.cast(signal)));
            } catch (AssertionError e) {
                handled.completeExceptionally(e);
            }
        });
        return handled;
    }

    private static <T> T handled(CompletableFuture<T> command) throws Exception {
        return command.get(5, TimeUnit.SECONDS);
    }

    private RunningDitto.Answer send(String method, String below, String body, String... headers) {
        String[] all = java.util.Arrays.copyOf(headers, headers.length + 4);
        all[headers.length] = "correlation-id";
        all[headers.length + 1] = correlationId;
        all[headers.length + 2] = "Content-Type";
        all[headers.length + 3] = "application/json";
        return ditto.running().send(method, path + below, body, caller.token(), all);
    }

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

    private RunningDitto.Answer conditional(String below, String condition, String strategy, String user) {
        return ditto.running()
                .send(
                        "GET",
                        path + below + "?live-channel-condition="
                                + java.net.URLEncoder.encode(condition, java.nio.charset.StandardCharsets.UTF_8),
                        null,
                        ditto.token(user),
                        "correlation-id",
                        correlationId,
                        "Content-Type",
                        "application/json",
                        "response-required",
                        "true",
                        "timeout",
                        "1s",
                        "live-channel-timeout-strategy",
                        strategy);
    }

    private void assertAnswer(RunningDitto.Answer answer, int status, String channel, boolean matched) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.header("response-required")).isEqualTo("false");
        assertThat(answer.header("live-channel-condition-matched")).isEqualTo(String.valueOf(matched));
        assertThat(answer.header("channel")).isEqualTo(channel);
        assertThat(answer.header("correlation-id")).isEqualTo(correlationId);
    }

    @Test
    void aConditionThatHoldsAsksTheDevice() throws Exception {
        JsonObject live =
                JsonObject.of("{\"thingId\":\"" + thingId + "\",\"attributes\":{\"manufacturer\":\"live-ACME\"}}");
        answering(RetrieveThing.class, command -> RetrieveThingResponse.of(thingId, live, command.getDittoHeaders()));
        var answer = conditional("", MATCHES, "fail", "first");
        assertAnswer(answer, 200, "live", true);
        assertThat(answer.object()).isEqualTo(live);
        assertThat(answer.header("ditto-originator")).isEqualTo("ditto:device");

        answering(
                RetrieveAttribute.class,
                command -> RetrieveAttributeResponse.of(
                        thingId, command.getAttributePointer(), JsonValue.of("live-ACME"), command.getDittoHeaders()));
        var attribute = conditional("/attributes/manufacturer", MATCHES, "fail", "first");
        assertAnswer(attribute, 200, "live", true);
        assertThat(attribute.body()).isEqualTo("\"live-ACME\"");
        assertThat(attribute.header("ditto-originator")).isEqualTo("ditto:device");
    }

    @Test
    void aConditionThatDoesNotHoldAsksTheTwin() {
        var answer = conditional("/attributes/manufacturer", DOES_NOT_MATCH, "fail", "first");
        assertAnswer(answer, 200, "twin", false);
        assertThat(answer.body()).isEqualTo("\"ACME\"");
        assertThat(device.waiting()).isEmpty();
    }

    @Test
    void aConditionThatHoldsIsToldWhenTheDeviceIsLateOrWrong() throws Exception {
        assertAnswer(conditional("", MATCHES, "fail", "first"), 408, "live", true);
        device.next(RetrieveThing.class);
        assertAnswer(conditional("/attributes/manufacturer", MATCHES, "fail", "first"), 408, "live", true);
        device.next(RetrieveAttribute.class);
        device.on(command -> device.emit(RetrieveAttributeResponse.of(
                thingId, JsonPointer.of("manufacturer"), JsonValue.of("wrong"), command.getDittoHeaders())));
        assertAnswer(conditional("/features/Vehicle", MATCHES, "fail", "first"), 408, "live", true);
    }

    @Test
    void theTwinAnswersForALateDevice() throws Exception {
        var answer = conditional("", MATCHES, "use-twin", "first");
        assertAnswer(answer, 200, "twin", true);
        assertThat(answer.object()).isEqualTo(thing);
        device.next(RetrieveThing.class);
        var attribute = conditional("/attributes/manufacturer", MATCHES, "use-twin", "first");
        assertAnswer(attribute, 200, "twin", true);
        assertThat(attribute.body()).isEqualTo("\"ACME\"");
    }

    @Test
    void conditionsAndAnswersRespectThePolicy() throws Exception {
        var nothing = conditional("", MATCHES, "fail", "stranger");
        assertThat(nothing.status()).isEqualTo(412);
        assertThat(nothing.header("content-type")).isEqualTo("application/json");
        assertThat(nothing.header("correlation-id")).isEqualTo(correlationId);

        put(StreamsPolicies.grant(StreamsPolicies.of("all", "first"), "all", "device")
                .forLabel("http")
                .setSubject(StreamsPolicies.subject("guest"))
                .setGrantedPermissions("thing", "/attributes/manufacturer", "READ")
                .build());
        JsonObject live = JsonObject.of(
                "{\"thingId\":\"" + thingId + "\",\"attributes\":{\"manufacturer\":\"live-ACME\",\"hidden\":42}}");
        answering(RetrieveThing.class, command -> RetrieveThingResponse.of(thingId, live, command.getDittoHeaders()));
        var part = conditional("", MATCHES, "fail", "guest");
        assertThat(part.status()).isEqualTo(200);
        assertThat(part.header("live-channel-condition-matched")).isEqualTo("true");
        assertThat(part.header("channel")).isEqualTo("live");
        assertThat(part.header("ditto-originator")).isEqualTo("ditto:device");
        assertThat(part.object()).isEqualTo(live.remove(JsonPointer.of("attributes/hidden")));

        put(StreamsPolicies.grant(StreamsPolicies.of("all", "first"), "all", "device")
                .forLabel("http")
                .setSubject(StreamsPolicies.subject("guest"))
                .setGrantedPermissions("thing", "/", "READ", "WRITE")
                .setRevokedPermissions("thing", "/attributes/manufacturer", "READ")
                .build());
        assertThat(conditional("", MATCHES, "fail", "guest").status()).isEqualTo(412);
    }
}
