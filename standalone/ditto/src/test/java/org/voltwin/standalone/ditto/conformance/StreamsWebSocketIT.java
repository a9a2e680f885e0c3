package org.voltwin.standalone.ditto.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.eclipse.ditto.base.model.acks.AcknowledgementLabel;
import org.eclipse.ditto.base.model.acks.AcknowledgementRequest;
import org.eclipse.ditto.base.model.acks.DittoAcknowledgementLabel;
import org.eclipse.ditto.base.model.common.DittoDuration;
import org.eclipse.ditto.base.model.common.HttpStatus;
import org.eclipse.ditto.base.model.exceptions.DittoJsonException;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.json.JsonSchemaVersion;
import org.eclipse.ditto.base.model.signals.Signal;
import org.eclipse.ditto.base.model.signals.acks.Acknowledgement;
import org.eclipse.ditto.base.model.signals.acks.Acknowledgements;
import org.eclipse.ditto.json.JsonFieldSelector;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.messages.model.MessageDirection;
import org.eclipse.ditto.messages.model.MessagesModelFactory;
import org.eclipse.ditto.messages.model.signals.commands.SendThingMessage;
import org.eclipse.ditto.policies.model.Policy;
import org.eclipse.ditto.policies.model.PolicyId;
import org.eclipse.ditto.policies.model.Subject;
import org.eclipse.ditto.policies.model.SubjectAnnouncement;
import org.eclipse.ditto.policies.model.SubjectExpiry;
import org.eclipse.ditto.policies.model.SubjectId;
import org.eclipse.ditto.policies.model.SubjectType;
import org.eclipse.ditto.policies.model.signals.announcements.SubjectDeletionAnnouncement;
import org.eclipse.ditto.policies.model.signals.commands.modify.CreatePolicy;
import org.eclipse.ditto.policies.model.signals.commands.modify.CreatePolicyResponse;
import org.eclipse.ditto.policies.model.signals.commands.modify.DeletePolicy;
import org.eclipse.ditto.policies.model.signals.commands.modify.DeletePolicyResponse;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Ditto's system tests expect of the WebSocket: commands, events with extra fields, acknowledgements. */
class StreamsWebSocketIT {
    private final SharedDitto ditto = SharedDitto.get();
    private final String ownLabel = "first:custom-" + UUID.randomUUID();
    private final String otherLabel = "second:custom-" + UUID.randomUUID();
    private final ThingId thingId = StreamsPolicies.freshThing();
    private StreamsSocket first;
    private StreamsSocket second;

    @BeforeEach
    void open() {
        first = StreamsSocket.open(ditto.running(), ditto.token("first"), "declared-acks", "[\"" + ownLabel + "\"]");
        second =
                StreamsSocket.open(ditto.running(), ditto.token("second"), "declared-acks", "[\"" + otherLabel + "\"]");
    }

    @AfterEach
    void close() {
        first.close();
        second.close();
    }

    private static DittoHeaders headers() {
        return DittoHeaders.newBuilder()
                .schemaVersion(JsonSchemaVersion.V_2)
                .randomCorrelationId()
                .build();
    }

    private Thing thing() {
        return Thing.newBuilder().setId(thingId).build();
    }

    private CreateThing create(Thing thing, Policy policy) {
        return CreateThing.of(thing, policy.toJson(), headers());
    }

    private Policy both() {
        return StreamsPolicies.all("first", "second");
    }

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
    void requestedAcknowledgementsGoWithTheEventToWhoDeclaredThem() throws Exception {
        var persisted = AcknowledgementRequest.of(DittoAcknowledgementLabel.TWIN_PERSISTED);
        var custom = AcknowledgementRequest.of(AcknowledgementLabel.of(otherLabel));
        JsonObject payload = JsonObject.of("{\"custom\":\"payload\"}");
        second.on(event -> {
            assertThat(event.getDittoHeaders().getAcknowledgementRequests()).containsExactly(custom);
            second.emit(Acknowledgement.of(
                    custom.getLabel(),
                    ((ThingCreated) event).getEntityId(),
                    HttpStatus.RESET_CONTENT,
                    DittoHeaders.newBuilder()
                            .correlationId(
                                    event.getDittoHeaders().getCorrelationId().orElseThrow())
                            .build(),
                    payload));
        });
        second.control("START-SEND-EVENTS", "filter", "eq(thingId,\"" + thingId + "\")");

        Thing thing = thing().setPolicyId(PolicyId.of(thingId));
        var answer = first.ask(
                CreateThing.of(
                        thing,
                        both().toJson(),
                        headers().toBuilder()
                                .acknowledgementRequest(persisted, custom)
                                .build()),
                Acknowledgements.class);

        assertThat(answer.getHttpStatus()).isEqualTo(HttpStatus.OK);
        assertThat(answer.getSize()).isEqualTo(2);
        Acknowledgement stored = answer.getAcknowledgement(persisted.getLabel()).orElseThrow();
        assertThat(stored.getHttpStatus()).isEqualTo(HttpStatus.CREATED);
        assertThat(stored.getEntity()).contains(thing.toJson());
        Acknowledgement given = answer.getAcknowledgement(custom.getLabel()).orElseThrow();
        assertThat(given.getHttpStatus()).isEqualTo(HttpStatus.RESET_CONTENT);
        assertThat(given.getEntity()).contains(payload);
    }

    @Test
    void whoFiltersAnEventOutAcknowledgesItWeakly() throws Exception {
        first.control("START-SEND-EVENTS");
        second.control("START-SEND-EVENTS", "filter", "gt(attributes/counter,10)");
        var answer = acknowledged(both(), AcknowledgementLabel.of(ownLabel), AcknowledgementLabel.of(otherLabel));
        assertThat(answer.getHttpStatus()).isEqualTo(HttpStatus.FAILED_DEPENDENCY);
        assertThat(answer.getSize()).isEqualTo(2);
        assertThat(answer.getSuccessfulAcknowledgements())
                .singleElement()
                .satisfies(ack -> assertThat(ack.isWeak()).isTrue());
        assertThat(answer.getFailedAcknowledgements()).singleElement().satisfies(ack -> {
            assertThat(ack.getLabel().toString()).isEqualTo(ownLabel);
            assertThat(ack.getHttpStatus()).isEqualTo(HttpStatus.REQUEST_TIMEOUT);
        });
    }

    @Test
    void whoMayNotSeeAnEventAcknowledgesItWeaklyAndNobodyIsLate() throws Exception {
        first.control("START-SEND-EVENTS");
        second.control("START-SEND-EVENTS");
        var nobody = AcknowledgementLabel.of("request-nonexistent-subscriber");
        var answer = acknowledged(StreamsPolicies.all("first"), AcknowledgementLabel.of(otherLabel), nobody);
        assertThat(answer.getHttpStatus()).isEqualTo(HttpStatus.FAILED_DEPENDENCY);
        assertThat(answer.getAcknowledgement(AcknowledgementLabel.of(otherLabel))
                        .orElseThrow()
                        .isWeak())
                .isTrue();
        assertThat(answer.getAcknowledgement(nobody).orElseThrow()).satisfies(late -> {
            assertThat(late.isWeak()).isFalse();
            assertThat(late.getHttpStatus()).isEqualTo(HttpStatus.REQUEST_TIMEOUT);
        });
    }

    private Acknowledgements acknowledged(Policy policy, AcknowledgementLabel... labels) throws Exception {
        return first.ask(
                CreateThing.of(
                        thing(),
                        policy.toJson(),
                        headers().toBuilder()
                                .acknowledgementRequests(java.util.Arrays.stream(labels)
                                        .map(AcknowledgementRequest::of)
                                        .collect(java.util.stream.Collectors.toSet()))
                                .timeout(Duration.ofSeconds(2))
                                .build()),
                Acknowledgements.class);
    }

    private static Policy expiring(PolicyId id, Subject subject) {
        return StreamsPolicies.of("owner", "first")
                .forLabel("guest")
                .setSubject(subject)
                .setGrantedPermissions("policy", "/", "EXECUTE")
                .setId(id)
                .build();
    }

    @Test
    void theEndOfASubjectIsAnnouncedAheadAndWhenItIsDeleted() throws Exception {
        second.control("START-SEND-POLICY-ANNOUNCEMENTS");
        PolicyId id = PolicyId.of("org.stream", "announced-" + UUID.randomUUID());
        SubjectId guest = SubjectId.newInstance("ditto:second");
        var announcement = SubjectAnnouncement.of(DittoDuration.parseDuration("3599s"), true);
        var expiry = SubjectExpiry.newInstance(Instant.now().plus(Duration.ofSeconds(3600)));
        first.ask(
                CreatePolicy.of(
                        expiring(id, Subject.newInstance(guest, SubjectType.GENERATED, expiry, announcement)),
                        headers()),
                CreatePolicyResponse.class);
        assertThat(second.next(SubjectDeletionAnnouncement.class).getSubjectIds())
                .containsExactly(guest);

        assertThat(ditto.as("first")
                        .put(
                                "/api/2/policies/" + id + "/entries/guest/subjects/" + guest,
                                Subject.newInstance(guest, SubjectType.GENERATED, null, announcement)
                                        .toJsonString())
                        .status())
                .isEqualTo(204);
        first.ask(DeletePolicy.of(id, headers()), DeletePolicyResponse.class);
        assertThat(second.next(SubjectDeletionAnnouncement.class).getSubjectIds())
                .containsExactly(guest);
    }

    @Test
    void aSubjectStaysUntilItsEndIsAcknowledged() throws Exception {
        second.control("START-SEND-POLICY-ANNOUNCEMENTS");
        PolicyId id = PolicyId.of("org.stream", "acknowledged-" + UUID.randomUUID());
        SubjectId guest = SubjectId.newInstance("ditto:second");
        var label = AcknowledgementLabel.of(otherLabel);
        var announcement = SubjectAnnouncement.of(
                DittoDuration.parseDuration("5s"),
                true,
                List.of(AcknowledgementRequest.of(label)),
                DittoDuration.parseDuration("60s"),
                null);
        var expiry = SubjectExpiry.newInstance(Instant.now().plus(Duration.ofSeconds(2)));
        String path = "/api/2/policies/" + id;
        assertThat(ditto.as("first")
                        .put(
                                path,
                                expiring(id, Subject.newInstance(guest, SubjectType.GENERATED, expiry, announcement))
                                        .toJsonString())
                        .status())
                .isEqualTo(201);

        var announced = second.next(SubjectDeletionAnnouncement.class);
        assertThat(announced.getSubjectIds()).containsExactly(guest);
        assertThat(announced.getDittoHeaders().getAcknowledgementRequests())
                .containsExactly(AcknowledgementRequest.of(label));
        String subject = path + "/entries/guest/subjects/" + guest;
        await().pollDelay(Duration.ofMillis(3500))
                .until(() -> ditto.as("first").get(subject).status() == 200);

        second.emit(Acknowledgement.of(label, id, HttpStatus.REQUEST_TIMEOUT, announced.getDittoHeaders()));
        var again = second.next(SubjectDeletionAnnouncement.class);
        assertThat(again.getSubjectIds()).containsExactly(guest);
        assertThat(ditto.as("first").get(subject).status()).isEqualTo(200);

        second.emit(Acknowledgement.of(label, id, HttpStatus.OK, again.getDittoHeaders()));
        await().until(() -> ditto.as("first").get(subject).status() == 404);
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
            JsonObject answer = JsonObject.of(frames.poll(5, TimeUnit.SECONDS));
            assertThat(answer.getValue("topic")).contains(JsonValue.of("_/_/common/commands/checkPermissions"));
            assertThat(answer.getValue("status")).contains(JsonValue.of(200));
            assertThat(answer.getValue("headers/correlation-id")).contains(JsonValue.of("check"));
            assertThat(answer.getValue("value")).contains(JsonObject.of("{\"r\":false,\"w\":true,\"p\":true}"));

            raw.text("{\"topic\":\"_/_/common/commands/checkPermissions\",\"headers\":{\"correlation-id\":\"bad\"},"
                    + "\"path\":\"/\",\"value\":{\"r\":{}}}");
            JsonObject refused = JsonObject.of(frames.poll(5, TimeUnit.SECONDS));
            assertThat(refused.getValue("status")).contains(JsonValue.of(400));
            assertThat(refused.getValue("headers/correlation-id")).contains(JsonValue.of("bad"));
        }
    }
}
