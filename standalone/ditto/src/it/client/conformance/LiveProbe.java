import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.ditto.base.model.acks.AcknowledgementLabel;
import org.eclipse.ditto.base.model.acks.AcknowledgementLabelNotUniqueException;
import org.eclipse.ditto.base.model.acks.AcknowledgementRequest;
import org.eclipse.ditto.base.model.acks.DittoAcknowledgementLabel;
import org.eclipse.ditto.base.model.common.HttpStatus;
import org.eclipse.ditto.base.model.headers.DittoHeaders;

import org.eclipse.ditto.base.model.json.JsonSchemaVersion;
import org.eclipse.ditto.base.model.signals.acks.Acknowledgement;
import org.eclipse.ditto.base.model.signals.acks.Acknowledgements;
import org.eclipse.ditto.client.DittoClient;
import org.eclipse.ditto.client.live.commands.LiveCommandHandler;
import org.eclipse.ditto.client.live.commands.modify.CreateThingLiveCommand;
import org.eclipse.ditto.client.live.commands.modify.CreateThingLiveCommandAnswerBuilder;
import org.eclipse.ditto.client.management.AcknowledgementsFailedException;
import org.eclipse.ditto.client.options.Options;
import org.eclipse.ditto.json.JsonArray;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.policies.model.PolicyId;
import org.eclipse.ditto.protocol.HeaderTranslator;
import org.eclipse.ditto.protocol.adapter.DittoProtocolAdapter;
import org.eclipse.ditto.things.model.Thing;
import org.eclipse.ditto.things.model.ThingId;
import org.eclipse.ditto.things.model.signals.commands.modify.CreateThing;

/** Live commands and events, and acknowledgements of changes, through the real client. */
final class LiveProbe {
    private static final DittoProtocolAdapter ADAPTER = DittoProtocolAdapter.of(HeaderTranslator.empty());

    private final Stage stage;

    LiveProbe(Stage stage) {
        this.stage = stage;
    }

    private static AcknowledgementLabel label() {
        return AcknowledgementLabel.of("bob:label-" + UUID.randomUUID());
    }

    private static DittoHeaders requesting(AcknowledgementLabel... labels) {
        return DittoHeaders.newBuilder(DittoHeaders.empty())
                .schemaVersion(JsonSchemaVersion.V_2)
                .acknowledgementRequests(java.util.Arrays.stream(labels)
                        .map(AcknowledgementRequest::of)
                        .collect(java.util.stream.Collectors.toSet()))
                .timeout(Duration.ofSeconds(2))
                .build();
    }

    private void twin(ThingId id) throws Exception {
        stage.expect(201, "alice", "PUT", "/things/" + id,
                "{\"_policy\":" + stage.policy(id, "alice", "bob").toJsonString() + "}");
    }

    void live() {
        stage.check("Live.handlingLiveCommands", () -> {
            ThingId id = stage.fresh();
            DittoClient bob = stage.client("bob");
            bob.live().handleCreateThingCommands(command -> command.answer()
                    .withResponse(CreateThingLiveCommandAnswerBuilder.ResponseFactory::created)
                    .withEvent(CreateThingLiveCommandAnswerBuilder.EventFactory::created));
            Stage.await(bob.live().startConsumption());
            twin(id);
            Stage.equal(id, Stage.await(stage.client("alice").live().create(id)).getEntityId().orElseThrow());
        });
        for (HttpStatus status : List.of(HttpStatus.IM_USED, HttpStatus.IM_A_TEAPOT)) {
            stage.check("Live.handlingLiveCommandsWithAcknowledgement " + status.getCode(), () -> {
                ThingId id = stage.fresh();
                var label = label();
                DittoClient bob = stage.client("bob", List.of(), List.of(label), null);
                bob.live().register(LiveCommandHandler.withAcks(CreateThingLiveCommand.class, command -> {
                    command.handleAcknowledgementRequest(label, handle -> handle.acknowledge(status));
                    return command.answer()
                            .withResponse(CreateThingLiveCommandAnswerBuilder.ResponseFactory::created)
                            .withoutEvent();
                }));
                Stage.await(bob.live().startConsumption());
                twin(id);
                var created = stage.client("alice").live().create(id,
                        Options.headers(requesting(DittoAcknowledgementLabel.LIVE_RESPONSE, label)));
                if (status.isSuccess()) {
                    Stage.equal(id, Stage.await(created).getEntityId().orElseThrow());
                } else {
                    var all = ((AcknowledgementsFailedException) Stage.failure(created)).getAcknowledgements();
                    Stage.equal(HttpStatus.CREATED,
                            all.getAcknowledgement(DittoAcknowledgementLabel.LIVE_RESPONSE).orElseThrow().getHttpStatus());
                    Stage.equal(status, all.getAcknowledgement(label).orElseThrow().getHttpStatus());
                }
            });
        }
        stage.check("Live.receivingLiveChanges", () -> {
            ThingId id = stage.fresh();
            DittoClient bob = stage.client("bob");
            DittoClient alice = stage.client("alice");
            var seen = Stage.queue();
            bob.live().registerForThingChanges("", change -> seen.add(change.getAction() + " " + change.getEntityId()));
            Stage.await(bob.live().startConsumption());
            Thing thing = Thing.newBuilder().setId(id).setPolicyId(PolicyId.of(id)).build();
            Stage.equal(thing, Stage.await(alice.twin().create(thing, stage.policy(id, "alice", "bob"))));
            alice.live().emitEvent(factory -> factory.thingCreated(thing));
            Stage.equal("CREATED " + id, Stage.take(seen));
        });
        stage.check("Live.messageConsumptionWithMultipleHandlers", () -> {
            ThingId id = stage.fresh();
            DittoClient bob = stage.client("bob");
            var seen = Stage.queue();
            bob.live().registerForMessage("ALL", "s", JsonValue.class, message ->
                    seen.add(message.getFeatureId().get() + message.getPayload().get()));
            bob.live().forId(id).registerForMessage("ONE", "s", JsonValue.class, message ->
                    seen.add(message.getFeatureId().get() + message.getPayload().get()));
            bob.live().forFeature(id, "Uploadable").registerForMessage("FEATURE", "s", JsonValue.class, message ->
                    seen.add(message.getFeatureId().get() + message.getPayload().get()));
            Stage.await(bob.live().startConsumption());
            twin(id);
            Stage.equal(202, stage.message("alice", id + "/features/Uploadable/inbox/messages/s", "application/json",
                    "42", "0").statusCode());
            Stage.equal(List.of("Uploadable42", "Uploadable42", "Uploadable42"), Stage.take(seen, 3));
        });
    }

    void acknowledgements() {
        stage.check("ClientAcknowledgement.create, custom payload", () -> {
            var label = label();
            DittoClient bob = stage.client("bob", List.of(label), List.of(), null);
            DittoClient alice = stage.client("alice");
            JsonArray payload = JsonArray.of("[1,2,3]");
            bob.twin().registerForThingChanges("x", change -> change.handleAcknowledgementRequest(label, request ->
                    request.acknowledge(HttpStatus.OK, payload)));
            Stage.await(bob.twin().startConsumption());
            ThingId id = stage.fresh();
            Thing thing = Stage.thing(id).setPolicyId(PolicyId.of(id));
            Stage.equal(thing, Stage.await(alice.twin().create(thing, stage.policy(id, "alice", "bob"),
                    Options.headers(requesting(DittoAcknowledgementLabel.TWIN_PERSISTED, label)))));
            ThingId second = stage.fresh();
            var create = CreateThing.of(Stage.thing(second), stage.policy(second, "alice", "bob").toJson(),
                    requesting(DittoAcknowledgementLabel.TWIN_PERSISTED, label));
            var all = (Acknowledgements) ADAPTER.fromAdaptable(
                    Stage.await(alice.sendDittoProtocol(ADAPTER.toAdaptable(create))));
            Stage.equal(2, all.getSuccessfulAcknowledgements().size());
            Stage.equal(HttpStatus.CREATED, all.getAcknowledgement(DittoAcknowledgementLabel.TWIN_PERSISTED)
                    .orElseThrow().getHttpStatus());
            Stage.equal(payload, all.getAcknowledgement(label).orElseThrow().getEntity().orElseThrow());
        });
        stage.check("ClientAcknowledgement.nobody declared it", () -> {
            var label = label();
            DittoClient bob = stage.client("bob");
            Stage.await(bob.twin().startConsumption());
            ThingId id = stage.fresh();
            var failed = ((AcknowledgementsFailedException) Stage.failure(stage.client("alice").twin().create(
                            Stage.thing(id), stage.policy(id, "alice", "bob"),
                            Options.headers(requesting(DittoAcknowledgementLabel.TWIN_PERSISTED, label)))))
                    .getAcknowledgements().getFailedAcknowledgements();
            Stage.equal(1, failed.size());
            Stage.equal(HttpStatus.REQUEST_TIMEOUT, failed.iterator().next().getHttpStatus());
        });
        stage.check("ClientAcknowledgement.subscribeTwoTimesWithSameDeclaredAcks", () -> {
            var label = label();
            var first = new CompletableFuture<Throwable>();
            var second = new CompletableFuture<Throwable>();
            stage.client("bob", List.of(label), List.of(), first::complete);
            stage.client("bob", List.of(label), List.of(), second::complete);
            Stage.holds(second.get(5, TimeUnit.SECONDS) instanceof AcknowledgementLabelNotUniqueException, "not unique");
            Stage.holds(!first.isDone(), "the first one stays");
        });
        stage.check("ClientAcknowledgement.publishNotDeclaredAck", () -> {
            var ack = Acknowledgement.of(AcknowledgementLabel.of("not-declared"), ThingId.generateRandom(),
                    HttpStatus.OK, DittoHeaders.empty());
            var answer = Stage.await(stage.client("alice")
                    .sendDittoProtocol(DittoProtocolAdapter.newInstance().toAdaptable(ack)));
            Stage.equal(JsonObject.of("{\"status\":400,\"error\":\"acknowledgement:label.not.declared\","
                    + "\"message\":\"Cannot send acknowledgement with label <not-declared>, which is not declared.\","
                    + "\"description\":\"Each connection may only send acknowledgements whose label matches one"
                    + " declared for the connection.\"}"), answer.getPayload().getValue().orElseThrow());
        });
        stage.check("Smoke, Authentication", () -> {
            DittoClient alice = stage.client("alice");
            DittoClient watcher = stage.client("alice");
            ThingId id = stage.fresh();
            var seen = Stage.queue();
            watcher.twin().forId(id).registerForThingChanges("x", change -> seen.add(change.getAction().toString()));
            Stage.await(watcher.twin().startConsumption());
            Stage.await(alice.twin().create(Stage.thing(id), stage.policy(id, "alice", "bob")));
            Stage.equal(id, Stage.await(alice.twin().forId(id).retrieve()).getEntityId().orElseThrow());
            Stage.await(alice.twin().forId(id).putAttribute("hello", "world"));
            stage.expect(204, "bob", "PUT", "/things/" + id, "{\"attributes\":{\"a\":1}}");
            Stage.await(alice.twin().forId(id).delete());
            Stage.equal(List.of("CREATED", "UPDATED", "UPDATED", "DELETED"), Stage.take(seen, 4));
        });
    }
}
