package org.voltwin.standalone.ditto.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.eclipse.ditto.base.model.exceptions.DittoJsonException;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.signals.Signal;
import org.eclipse.ditto.json.JsonFieldSelector;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.messages.model.MessageDirection;
import org.eclipse.ditto.messages.model.MessagesModelFactory;
import org.eclipse.ditto.messages.model.signals.commands.SendThingMessage;
import org.eclipse.ditto.policies.model.Policy;
import org.eclipse.ditto.policies.model.PolicyId;
import org.eclipse.ditto.policies.model.signals.commands.query.RetrievePolicy;
import org.eclipse.ditto.policies.model.signals.commands.query.RetrievePolicyResponse;
import org.eclipse.ditto.things.model.Feature;
import org.eclipse.ditto.things.model.FeatureProperties;
import org.eclipse.ditto.things.model.Thing;
import org.eclipse.ditto.things.model.ThingId;
import org.eclipse.ditto.things.model.signals.commands.ThingErrorResponse;
import org.eclipse.ditto.things.model.signals.commands.modify.CreateThing;
import org.eclipse.ditto.things.model.signals.commands.modify.CreateThingResponse;
import org.eclipse.ditto.things.model.signals.commands.modify.DeleteThing;
import org.eclipse.ditto.things.model.signals.commands.modify.DeleteThingResponse;
import org.eclipse.ditto.things.model.signals.commands.modify.MergeThing;
import org.eclipse.ditto.things.model.signals.commands.modify.ModifyAttribute;
import org.eclipse.ditto.things.model.signals.commands.modify.ModifyFeature;
import org.eclipse.ditto.things.model.signals.commands.modify.ModifyFeatureDesiredProperty;
import org.eclipse.ditto.things.model.signals.commands.modify.ModifyFeatureDesiredPropertyResponse;
import org.eclipse.ditto.things.model.signals.commands.modify.ModifyFeatureProperty;
import org.eclipse.ditto.things.model.signals.commands.modify.ModifyFeatureResponse;
import org.eclipse.ditto.things.model.signals.commands.modify.ModifyThing;
import org.eclipse.ditto.things.model.signals.commands.query.RetrieveThing;
import org.eclipse.ditto.things.model.signals.commands.query.RetrieveThingResponse;
import org.eclipse.ditto.things.model.signals.events.AttributeModified;
import org.eclipse.ditto.things.model.signals.events.FeatureDesiredPropertyModified;
import org.eclipse.ditto.things.model.signals.events.FeaturePropertyModified;
import org.eclipse.ditto.things.model.signals.events.ThingCreated;
import org.eclipse.ditto.things.model.signals.events.ThingMerged;
import org.junit.jupiter.api.Test;

/** What Ditto's system tests expect of the WebSocket: commands, events with extra fields, permissions. */
class StreamsWebSocketIT extends TwoSockets {
    @Test
    void aCopiedPolicyHasTheSameEntries() throws Exception {
        PolicyId original = PolicyId.of("org.stream", "copied-" + UUID.randomUUID());
        Policy policy = StreamsPolicies.of("special", "first").setId(original).build();
        first.ask(create(thing(), policy), CreateThingResponse.class);

        ThingId created = StreamsPolicies.freshThing();
        var copy = first.ask(
                CreateThing.withCopiedPolicy(Thing.newBuilder().setId(created).build(), original.toString(), headers()),
                CreateThingResponse.class);
        ThingId put = StreamsPolicies.freshThing();
        first.ask(
                ModifyThing.withCopiedPolicy(
                        put, Thing.newBuilder().setId(put).build(), original.toString(), headers()),
                CreateThingResponse.class);

        for (PolicyId id :
                List.of(copy.getThingCreated().orElseThrow().getPolicyId().orElseThrow(), PolicyId.of(put))) {
            assertThat(first.ask(RetrievePolicy.of(id, headers()), RetrievePolicyResponse.class)
                            .getPolicy()
                            .getEntriesSet())
                    .isEqualTo(policy.getEntriesSet());
        }
    }

    @Test
    void whoHoldsATokenInAHeaderOrAParameterReadsChangesAndDeletes() throws Exception {
        first.ask(create(thing(), both()), CreateThingResponse.class);
        second.ask(RetrieveThing.of(thingId, headers()), RetrieveThingResponse.class);
        try (var parameter = StreamsSocket.openWithParameter(ditto.running(), ditto.token("second"))) {
            parameter.ask(RetrieveThing.of(thingId, headers()), RetrieveThingResponse.class);
        }
        second.ask(DeleteThing.of(thingId, headers()), DeleteThingResponse.class);
    }

    @Test
    void aRevokedFeatureIsNotAnnouncedToWhomItIsRevokedFrom() throws Exception {
        var policy = StreamsPolicies.grant(StreamsPolicies.of("granted", "first"), "granted", "second")
                .forLabel("revoked")
                .setSubject(StreamsPolicies.subject("first"))
                .setRevokedPermissions("thing", "/features/secret", "READ")
                .build();
        try (var writer = StreamsSocket.open(ditto.running(), ditto.token("second"))) {
            Thing secret = thing().setFeature(Feature.newBuilder()
                    .properties(
                            FeatureProperties.newBuilder().set("wow", "secret").build())
                    .withId("secret")
                    .build());
            writer.ask(create(secret, policy), CreateThingResponse.class);
            first.control("START-SEND-EVENTS");

            writer.ask(
                    ModifyFeature.of(
                            thingId,
                            Feature.newBuilder()
                                    .properties(FeatureProperties.newBuilder()
                                            .set("wow", "changed")
                                            .build())
                                    .withId("secret")
                                    .build(),
                            headers()),
                    ModifyFeatureResponse.class);
            writer.ask(ModifyAttribute.of(thingId, JsonPointer.of("a"), JsonValue.of(1), headers()), Signal.class);
        }
        assertThat(first.next().getType()).isEqualTo("things.events:attributeCreated");
    }

    @Test
    void commandsNobodyWaitsForKeepTheirOrder() throws Exception {
        second.control("START-SEND-EVENTS", "filter", "eq(thingId,\"" + thingId + "\")");
        var silent = headers().toBuilder().responseRequired(false).build();
        first.emit(CreateThing.of(
                thing().setAttribute(JsonPointer.of("counter"), JsonValue.of(0)), both().toJson(), silent));
        for (int i = 1; i <= 25; i++) {
            first.emit(ModifyAttribute.of(
                    thingId,
                    JsonPointer.of("counter"),
                    JsonValue.of(i),
                    silent.toBuilder().correlationId("c" + i).build()));
        }
        assertThat(second.next(ThingCreated.class).getRevision()).isEqualTo(1);
        for (int i = 1; i <= 25; i++) {
            var event = second.next(AttributeModified.class);
            assertThat(event.getAttributeValue()).isEqualTo(JsonValue.of(i));
            assertThat(event.getRevision()).isEqualTo(i + 1);
        }
        assertThat(first.waiting()).isEmpty();
    }

    @Test
    void anEnvelopeThatCannotBeReadIsAnsweredWithItsCorrelationId() throws Exception {
        String id = UUID.randomUUID().toString();
        Signal<?> answer = first.send("""
                        {"topic":"%s/things/twin/commands/modify","path":"/features/f/properties/slash//es",
                         "headers":{"content-type":"application/vnd.eclipse.ditto+json","version":1,"correlation-id":"%s"},
                         "payload":13}""".formatted(thingId.toString().replace(':', '/'), id), id)
                .get(5, TimeUnit.SECONDS);
        assertThat(answer)
                .isInstanceOfSatisfying(
                        ThingErrorResponse.class,
                        error -> assertThat(error.getDittoRuntimeException())
                                .isInstanceOf(DittoJsonException.class)
                                .satisfies(e -> assertThat(e.getDescription().orElseThrow())
                                        .contains("Consecutive slashes in JSON pointers are not supported.")));
    }

    @Test
    void desiredPropertiesAreChangedAndAnnounced() throws Exception {
        first.ask(
                create(
                        thing().setFeature(Feature.newBuilder()
                                .desiredProperties(FeatureProperties.newBuilder()
                                        .set("foo", "bar")
                                        .build())
                                .withId("f")
                                .build()),
                        both()),
                CreateThingResponse.class);
        second.control("START-SEND-EVENTS", "filter", "eq(thingId,\"" + thingId + "\")");
        first.ask(
                ModifyFeatureDesiredProperty.of(thingId, "f", JsonPointer.of("foo"), JsonValue.of("baz"), headers()),
                ModifyFeatureDesiredPropertyResponse.class);
        second.next(FeatureDesiredPropertyModified.class);
    }

    @Test
    void allKindsOfSignalsComeWithExtraFields() throws Exception {
        extraFields("attributes/counter", thing().setAttribute(JsonPointer.of("counter"), JsonValue.of(5)));
    }

    @Test
    void extraFieldsMayNameAllFeatures() throws Exception {
        extraFields(
                "features/*/properties/counter",
                Thing.newBuilder()
                        .setId(thingId)
                        .setAttribute(JsonPointer.of("counter"), JsonValue.of(5))
                        .setFeature("f1", properties("counter", 5))
                        .setFeature("f2", properties("counter", 5))
                        .setFeature("f3", properties("connected", 1))
                        .build());
    }

    private static FeatureProperties properties(String name, int value) {
        return FeatureProperties.newBuilder().set(name, value).build();
    }

    private void extraFields(String fields, Thing thing) throws Exception {
        for (String kind : List.of("EVENTS", "MESSAGES", "LIVE-EVENTS", "LIVE-COMMANDS")) {
            second.control("START-SEND-" + kind, "extraFields", fields, "namespaces", thingId.getNamespace());
        }
        boolean feature = fields.startsWith("features");
        CreateThing create = create(thing, both());
        first.ask(create, CreateThingResponse.class);
        expectExtra(ThingCreated.class, fields, 5);

        first.emit(
                feature
                        ? ModifyFeatureProperty.of(thingId, "f1", JsonPointer.of("counter"), JsonValue.of(6), headers())
                        : ModifyAttribute.of(thingId, JsonPointer.of("counter"), JsonValue.of(6), headers()));
        if (feature) {
            expectExtra(FeaturePropertyModified.class, fields, 6);
        } else {
            expectExtra(AttributeModified.class, fields, 6);
        }

        first.emit(MergeThing.of(
                thingId,
                JsonPointer.of(feature ? "features/f1/properties/counter" : "attributes/counter"),
                JsonValue.of(7),
                headers()));
        expectExtra(ThingMerged.class, fields, 7);

        var message = MessagesModelFactory.<String>newMessageBuilder(
                        MessagesModelFactory.newHeadersBuilder(MessageDirection.TO, thingId, "hello")
                                .contentType("text/plain")
                                .build())
                .payload("Hello there")
                .build();
        first.emit(SendThingMessage.of(thingId, message, headers()));
        SendThingMessage<?> heard = expectExtra(SendThingMessage.class, fields, 7);
        assertThat(heard.getMessage().getPayload())
                .hasValueSatisfying(payload -> assertThat((Object) payload).isEqualTo("Hello there"));

        DittoHeaders live = headers().toBuilder().channel("live").build();
        first.emit(create.setDittoHeaders(live));
        assertThat(expectExtra(CreateThing.class, fields, 7).getDittoHeaders().getChannel())
                .contains("live");

        first.emit(ThingCreated.of(thing, 123L, null, live, null));
        assertThat(expectExtra(ThingCreated.class, fields, 7).getDittoHeaders().getChannel())
                .contains("live");
    }

    private <T extends Signal<?>> T expectExtra(Class<T> type, String fields, int counter) throws Exception {
        JsonObject extra = second.nextEnvelope().getPayload().getExtra().orElseThrow();
        if (fields.startsWith("features")) {
            assertThat(extra).isEqualTo(JsonObject.of("""
                    {"features":{"f1":{"properties":{"counter":%d}},"f2":{"properties":{"counter":5}}}}""".formatted(counter)));
        } else {
            assertThat(extra).isEqualTo(JsonObject.of("{\"attributes\":{\"counter\":" + counter + "}}"));
        }
        return second.next(type);
    }

    @Test
    void fieldsOfARetrievalAreSelected() throws Exception {
        first.ask(
                create(thing().setAttribute(JsonPointer.of("a"), JsonValue.of(1)), both()), CreateThingResponse.class);
        var answer = second.ask(
                RetrieveThing.getBuilder(thingId, headers())
                        .withSelectedFields(JsonFieldSelector.newInstance("attributes/a"))
                        .build(),
                RetrieveThingResponse.class);
        assertThat(answer.getEntity()).isEqualTo(JsonObject.of("{\"attributes\":{\"a\":1}}"));
    }

    /** As raw frames: the 3.8 models do not know this command of Ditto 3.9. */
    @Test
    void permissionsAreChecked() throws Exception {
        var policy = StreamsPolicies.grant(StreamsPolicies.of("all", "first"), "all", "second")
                .forLabel("revoked")
                .setSubject(StreamsPolicies.subject("first"))
                .setRevokedPermissions("thing", "/features/restricted", "READ")
                .build();
        first.ask(create(thing(), policy), CreateThingResponse.class);
        var frames = new java.util.concurrent.LinkedBlockingQueue<String>();
        try (var raw = StreamsSocket.raw(ditto.running(), ditto.token("first"), frames::add)) {
            raw.text("""
                    {"topic":"_/_/common/commands/checkPermissions","headers":{"correlation-id":"check"},"path":"/",
                     "value":{"r":{"resource":"thing:/features/restricted","entityId":"%1$s","hasPermissions":["READ"]},
                      "w":{"resource":"thing:/features/restricted","entityId":"%1$s","hasPermissions":["WRITE"]},
                      "p":{"resource":"policy:/","entityId":"%1$s","hasPermissions":["READ"]}}}""".formatted(thingId));
            JsonObject answer = JsonObject.of(frames.poll(20, TimeUnit.SECONDS));
            assertThat(answer.getValue("topic")).contains(JsonValue.of("_/_/common/commands/checkPermissions"));
            assertThat(answer.getValue("status")).contains(JsonValue.of(200));
            assertThat(answer.getValue("headers/correlation-id")).contains(JsonValue.of("check"));
            assertThat(answer.getValue("value")).contains(JsonObject.of("{\"r\":false,\"w\":true,\"p\":true}"));

            raw.text("{\"topic\":\"_/_/common/commands/checkPermissions\",\"headers\":{\"correlation-id\":\"bad\"},"
                    + "\"path\":\"/\",\"value\":{\"r\":{}}}");
            JsonObject refused = JsonObject.of(frames.poll(20, TimeUnit.SECONDS));
            assertThat(refused.getValue("status")).contains(JsonValue.of(400));
            assertThat(refused.getValue("headers/correlation-id")).contains(JsonValue.of("bad"));
        }
    }
}
