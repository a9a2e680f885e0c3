import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.eclipse.ditto.client.DittoClient;
import org.eclipse.ditto.client.DittoClients;
import org.eclipse.ditto.client.configuration.AccessTokenAuthenticationConfiguration;
import org.eclipse.ditto.client.configuration.WebSocketMessagingConfiguration;
import org.eclipse.ditto.client.messaging.AuthenticationProviders;
import org.eclipse.ditto.client.messaging.MessagingProviders;
import org.eclipse.ditto.client.options.Options;
import org.eclipse.ditto.base.model.acks.AcknowledgementLabel;
import org.eclipse.ditto.base.model.acks.AcknowledgementRequest;
import org.eclipse.ditto.base.model.acks.DittoAcknowledgementLabel;
import org.eclipse.ditto.base.model.common.HttpStatus;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.json.JsonFieldSelector;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.jwt.model.ImmutableJsonWebToken;
import org.eclipse.ditto.things.model.Thing;
import org.eclipse.ditto.things.model.ThingId;

/** Drives /ws/2 with the real ditto-client; prints one line per check and ends with "DONE", or fails. */
public final class ClientProbe {
    static DittoClient connect(String endpoint, String token) throws Exception {
        return connect(endpoint, token, java.util.List.of());
    }

    static DittoClient connect(String endpoint, String token, java.util.List<AcknowledgementLabel> declared)
            throws Exception {
        var authentication = AuthenticationProviders.accessToken(AccessTokenAuthenticationConfiguration.newBuilder()
                .identifier("probe")
                .accessTokenSupplier(() -> ImmutableJsonWebToken.fromToken(token))
                .build());
        var messaging = MessagingProviders.webSocket(
                WebSocketMessagingConfiguration.newBuilder()
                        .endpoint(endpoint)
                        .timeout(Duration.ofSeconds(10))
                        .reconnectEnabled(false)
                        .declaredAcknowledgements(declared)
                        .build(),
                authentication);
        return DittoClients.newInstance(messaging).connect().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    static void check(String what, Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new IllegalStateException(what + ": expected " + expected + " but was " + actual);
        }
        System.out.println("ok " + what);
    }

    public static void main(String[] arguments) {
        try {
            run(arguments);
            System.out.println("DONE");
            System.exit(0);
        } catch (Exception e) {
            e.printStackTrace(System.out);
            System.exit(1);
        }
    }

    static void run(String[] arguments) throws Exception {
        String endpoint = arguments[0];
        DittoClient alice = connect(endpoint, arguments[1]);
        DittoClient bob = connect(endpoint, arguments[2]);
        // A session is not told of what it did itself: another one watches.
        DittoClient watcher = connect(endpoint, arguments[1]);
        var id = ThingId.of("org.test:probe");

        Thing created = await(alice.twin().create(JsonObject.of("""
                {"thingId":"org.test:probe","attributes":{"a":1},"features":{"electrical":{"properties":{"u":3.7}}}}""")));
        check("create", "org.test:probe", created.getEntityId().orElseThrow().toString());
        await(alice.policies().retrieve(org.eclipse.ditto.policies.model.PolicyId.of(id)));
        System.out.println("ok policy");

        var events = new LinkedBlockingQueue<String>();
        var all = new LinkedBlockingQueue<String>();
        watcher.twin().registerForThingChanges("changes", change -> {
            all.add(change.getAction() + " " + change.getPath());
        });
        await(watcher.twin().startConsumption(
                Options.Consumption.filter("gt(features/electrical/properties/u,3.8)"),
                Options.Consumption.extraFields(JsonFieldSelector.newInstance("attributes/a"))));
        watcher.twin().registerForFeaturePropertyChanges("u", "electrical", JsonPointer.of("u"), change ->
                events.add(change.getValue().map(Object::toString).orElse("-") + " "
                        + change.getExtra().map(Object::toString).orElse("-")));

        await(alice.twin().forId(id).putAttribute("b/c", "x"));
        await(alice.twin().forFeature(id, "electrical").putProperty("u", 3.75));
        await(alice.twin().forFeature(id, "electrical").putProperty("u", 3.9));
        check("filtered event", "3.9 {\"attributes\":{\"a\":1}}", String.valueOf(events.poll(5, TimeUnit.SECONDS)));
        check("no other event", true, events.isEmpty());

        await(alice.twin().merge(id, JsonObject.of("{\"features\":{\"electrical\":{\"properties\":{\"u\":4.0,\"i\":1}}}}")));
        check("merge event", true, String.valueOf(all.poll(5, TimeUnit.SECONDS)) != null);
        await(alice.twin().forId(id).putAttribute("a", 2));
        try {
            await(alice.twin().forId(id).putAttribute("a", 3, Options.condition("eq(attributes/a,7)")));
            throw new IllegalStateException("The condition did not hold, yet the write was taken.");
        } catch (java.util.concurrent.ExecutionException e) {
            check("condition", true, e.getCause().toString().contains("condition"));
        }
        Thing thing = await(alice.twin().forId(id).retrieve());
        check("retrieve", JsonObject.of("""
                {"thingId":"org.test:probe","policyId":"org.test:probe","attributes":{"a":2,"b":{"c":"x"}},
                 "features":{"electrical":{"properties":{"u":4.0,"i":1}}}}"""), thing.toJson());
        check("retrieve several", 1, await(alice.twin().retrieve(id, ThingId.of("org.test:none"))).size());
        try {
            await(bob.twin().forId(id).retrieve());
            throw new IllegalStateException("Somebody without permission saw the thing.");
        } catch (java.util.concurrent.ExecutionException e) {
            check("not found for others", true, e.getCause().toString().contains("notfound"));
        }
        check("search", "[org.test:probe]", alice.twin().search()
                .stream(query -> query.namespace("org.test").filter("gt(features/electrical/properties/u,3.8)").options(o -> o.size(1)))
                .map(found -> found.getEntityId().orElseThrow().toString())
                .collect(Collectors.toList()).toString());

        DittoClient device = connect(endpoint, arguments[1]);
        device.live().registerForMessage("m", "start", String.class, message ->
                message.reply().httpStatus(HttpStatus.ACCEPTED).payload("started " + message.getPayload().orElse("")).send());
        device.live().registerForClaimMessage("claim", String.class, message ->
                message.reply().httpStatus(HttpStatus.OK).payload("yours").send());
        await(device.live().startConsumption());
        var replies = new LinkedBlockingQueue<String>();
        alice.live().forId(id).message().from().subject("start").payload("now").send(String.class, (reply, error) ->
                replies.add(error != null ? error.toString() : reply.getPayload().orElse("-")));
        check("live message", "started now", String.valueOf(replies.poll(5, TimeUnit.SECONDS)));

        bob.live().message().to(id).subject("claim").payload("mine?").send(String.class, (reply, error) ->
                replies.add(error != null ? error.toString() : reply.getPayload().orElse("-")));
        check("claim", "yours", String.valueOf(replies.poll(5, TimeUnit.SECONDS)));

        var stored = AcknowledgementLabel.of("watcher:stored");
        DittoClient store = connect(endpoint, arguments[1], java.util.List.of(stored));
        store.twin().registerForThingChanges("store", change ->
                change.handleAcknowledgementRequest(stored, request -> request.acknowledge(HttpStatus.OK)));
        await(store.twin().startConsumption());
        await(alice.twin().forId(id).putAttribute("a", 9, Options.headers(DittoHeaders.newBuilder()
                .acknowledgementRequest(
                        AcknowledgementRequest.of(DittoAcknowledgementLabel.TWIN_PERSISTED),
                        AcknowledgementRequest.of(stored))
                .timeout(Duration.ofSeconds(5))
                .build())));
        System.out.println("ok acknowledged");
        try {
            await(alice.twin().forId(id).putAttribute("a", 10, Options.headers(DittoHeaders.newBuilder()
                    .acknowledgementRequest(
                            AcknowledgementRequest.of(DittoAcknowledgementLabel.TWIN_PERSISTED),
                            AcknowledgementRequest.of(AcknowledgementLabel.of("nobody:there")))
                    .timeout(Duration.ofSeconds(1))
                    .build())));
            throw new IllegalStateException("Nobody acknowledged, yet the write was.");
        } catch (java.util.concurrent.ExecutionException e) {
            check("not acknowledged", "AcknowledgementsFailedException", e.getCause().getClass().getSimpleName());
        }
        store.destroy();
        await(watcher.twin().suspendConsumption());
        await(alice.twin().delete(id));
        alice.destroy();
        bob.destroy();
        watcher.destroy();
        device.destroy();
    }
}
