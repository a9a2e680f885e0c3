import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.ditto.base.model.acks.AcknowledgementLabel;
import org.eclipse.ditto.base.model.acks.AcknowledgementRequest;
import org.eclipse.ditto.base.model.acks.DittoAcknowledgementLabel;
import org.eclipse.ditto.base.model.common.HttpStatus;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.exceptions.DittoRuntimeException;
import org.eclipse.ditto.client.DittoClient;
import org.eclipse.ditto.client.live.messages.MessageRegistration;
import org.eclipse.ditto.client.management.AcknowledgementsFailedException;
import org.eclipse.ditto.client.options.Options;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonFieldSelector;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.messages.model.Message;
import org.eclipse.ditto.messages.model.MessagePayloadSizeTooLargeException;
import org.eclipse.ditto.policies.model.PolicyId;
import org.eclipse.ditto.things.model.Thing;
import org.eclipse.ditto.things.model.ThingId;
import org.eclipse.ditto.things.model.ThingsModelFactory;

/** Messages between the real client and HTTP, and between clients. */
final class MessagesProbe {
    private static final byte[] NO_TEXT = {-1, -1, -1, 'h', 'e', 'l', 'l', 'o', ' ', -1};

    private final Stage stage;

    MessagesProbe(Stage stage) {
        this.stage = stage;
    }

    private static String id() {
        return UUID.randomUUID().toString();
    }

    /** A thing with two features that alice and bob read; only alice writes. */
    private final class Scene {
        final DittoClient alice = stage.client("alice");
        final ThingId id = stage.fresh();
        final BlockingQueue<String> seen = Stage.queue();

        Scene() throws Exception {
            Thing thing = Thing.newBuilder()
                    .setId(id)
                    .setAttributes(ThingsModelFactory.newAttributes(JsonObject.of("{\"location\":\"kitchen\"}")))
                    .setFeature("f1")
                    .setFeature("f2")
                    .build();
            Stage.await(alice.twin().create(thing, stage.policy(id, List.of("alice", "bob"), List.of("alice"))));
        }

        void register(MessageRegistration registration, String subject, String mark) {
            registration.registerForMessage(id(), subject, ByteBuffer.class, message -> seen.add(mark + " "
                    + message.getSubject() + " " + message.getContentType().orElse("-") + " "
                    + message.getPayload().map(payload -> Arrays.toString(bytes(payload))).orElse("-")));
        }

        void listen() throws Exception {
            Stage.await(alice.live().startConsumption());
        }

        void none() throws Exception {
            Stage.holds(seen.poll(200, TimeUnit.MILLISECONDS) == null, "nothing else: " + seen);
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private void accepted(String path, String type, byte[] body) throws Exception {
        var answer = stage.message("alice", path, type, body, "0");
        Stage.equal(202, answer.statusCode());
    }

    void received() {
        stage.check("HandleThingMessages.receive: types of content, other things, without payload", () -> {
            var scene = new Scene();
            var other = stage.fresh();
            scene.register(scene.alice.live().forId(scene.id), "*", "mine");
            scene.register(scene.alice.live().forId(other), "*", "other");
            scene.register(scene.alice.live(), "subject", "all");
            scene.listen();
            for (String type : List.of("text/plain", "application/xml", "application/raw+image", "application/json",
                    "application/octet-stream", "application/vnd.custom")) {
                byte[] body = type.contains("raw") || type.contains("octet") || type.contains("custom")
                        ? NO_TEXT
                        : "{\"a\":1}".getBytes();
                accepted(scene.id + "/outbox/messages/subject", type, body);
                var both = new java.util.TreeSet<>(Stage.take(scene.seen, 2));
                String tail = " subject " + type + " " + Arrays.toString(body);
                Stage.equal(new java.util.TreeSet<>(List.of("all" + tail, "mine" + tail)), both);
            }
            for (String box : List.of("/inbox", "/outbox")) {
                accepted(scene.id + box + "/messages/empty", "application/json", null);
                Stage.equal("mine empty application/json -", Stage.take(scene.seen));
            }
            scene.none();
        });
        stage.check("HandleFeatureMessages.receive: registrations, other features, without payload", () -> {
            var scene = new Scene();
            scene.register(scene.alice.live(), "*", "1");
            scene.register(scene.alice.live(), "subject", "2");
            scene.register(scene.alice.live().forId(scene.id), "*", "3");
            scene.register(scene.alice.live().forId(scene.id), "subject", "4");
            scene.register(scene.alice.live().forFeature(scene.id, "f1"), "*", "5");
            scene.register(scene.alice.live().forFeature(scene.id, "f1"), "subject", "6");
            scene.register(scene.alice.live().forId(ThingId.of("some:other.thing")), "*", "wrong");
            scene.register(scene.alice.live().forFeature(scene.id, "f2"), "*", "wrong");
            scene.listen();
            accepted(scene.id + "/features/f1/outbox/messages/subject", "application/raw+image", NO_TEXT);
            Stage.equal(6L, Stage.take(scene.seen, 6).stream().filter(s -> !s.startsWith("wrong")).distinct().count());
            accepted(scene.id + "/features/f1/inbox/messages/empty", "application/raw+image", null);
            Stage.holds(Stage.take(scene.seen, 3).stream().allMatch(s -> s.endsWith("-")), "no payload");
            scene.none();
        });
        stage.check("HandleFeatureMessages.enriched and filtered", () -> {
            var scene = new Scene();
            scene.alice.live().registerForMessage(id(), "*", ByteBuffer.class, message ->
                    scene.seen.add(message.getSubject() + " " + message.getExtra().map(JsonObject::toString).orElse("-")));
            Stage.await(scene.alice.live().startConsumption(
                    Options.Consumption.extraFields(JsonFieldSelector.newInstance("/attributes")),
                    Options.Consumption.filter("and(or(eq(topic:subject,'subject'),like(topic:subject,'positive*')),"
                            + "eq(attributes/location,'kitchen'))")));
            for (String subject : List.of("subject", "non-matching", "positive-vibes", "what", "positiveNess")) {
                accepted(scene.id + "/features/f1/outbox/messages/" + subject, "application/raw+image", NO_TEXT);
            }
            String extra = " {\"attributes\":{\"location\":\"kitchen\"}}";
            Stage.equal(List.of("subject" + extra, "positive-vibes" + extra, "positiveNess" + extra),
                    Stage.take(scene.seen, 3));
            stage.expect(204, "alice", "PUT", "/things/" + scene.id + "/attributes/location", "\"basement\"");
            accepted(scene.id + "/features/f1/outbox/messages/subject", "application/raw+image", NO_TEXT);
            scene.none();
        });
        stage.check("HandlerDeregistration", () -> {
            var scene = new Scene();
            String registration = id();
            scene.alice.live().forId(scene.id).registerForMessage(registration, "subject", ByteBuffer.class, message ->
                    scene.seen.add("seen"));
            scene.listen();
            accepted(scene.id + "/outbox/messages/subject", "application/raw+image", NO_TEXT);
            Stage.take(scene.seen);
            Stage.holds(scene.alice.live().deregister(registration), "deregistered");
            accepted(scene.id + "/outbox/messages/subject", "application/raw+image", NO_TEXT);
            scene.none();
        });
    }

    void statuses() {
        stage.check("HandleThingMessages, HandleFeatureMessages.errorStatusCodes", () -> {
            var scene = new Scene();
            for (String of : List.of("", "/features/f1")) {
                String path = scene.id + of + "/outbox/messages/subject";
                Stage.equal(403, stage.message("bob", path, "text/plain", "t", "30").statusCode());
                Stage.equal(403, stage.message("carol", path, "text/plain", "t", "30").statusCode());
                Stage.equal(404, stage.message("alice", scene.id + "x" + of + "/outbox/messages/subject", "text/plain",
                        "t", "30").statusCode());
                Stage.equal(400, stage.message("alice", "invalid" + id() + of + "/outbox/messages/subject",
                        "text/plain", "t", "30").statusCode());
                Stage.equal(400, stage.message("alice", scene.id + of + "/outbox/messages/", "text/plain", "t", "30")
                        .statusCode());
                Stage.equal(401, stage.message(null, path, "text/plain", "t", "30").statusCode());
            }
        });
        stage.check("HandleThingMessages.answers over HTTP: acks, binary, statuses, unknown features", () -> {
            var scene = new Scene();
            scene.alice.live().forId(scene.id).registerForMessage(id(), "hello", ByteBuffer.class, message ->
                    message.reply().headers(message.getHeaders()).httpStatus(HttpStatus.OK).payload("Hello you").send());
            String error = "{\"status\":400,\"error\":\"messages:parameter.invalid\",\"message\":\"Invalid.\"}";
            scene.alice.live().forId(scene.id).registerForMessage(id(), "octets", ByteBuffer.class, message ->
                    message.reply().headers(message.getHeaders()).correlationId(message.getCorrelationId().get())
                            .httpStatus(HttpStatus.BAD_REQUEST).payload(error)
                            .contentType("application/octet-stream").send());
            scene.alice.live().forId(scene.id).registerForMessage(id(), "odd", ByteBuffer.class, message -> {
                try {
                    message.reply().headers(message.getHeaders()).correlationId(message.getCorrelationId().get())
                            .httpStatus(HttpStatus.getInstance(443)).payload("response")
                            .contentType("text/plain").send();
                } catch (org.eclipse.ditto.base.model.common.HttpStatusCodeOutOfRangeException e) {
                    throw new IllegalStateException(e);
                }
            });
            scene.alice.live().forId(scene.id).forFeature("missing").registerForMessage(id(), "*", message ->
                    message.reply().httpStatus(HttpStatus.IM_A_TEAPOT).send());
            scene.listen();
            var hello = stage.message("alice", scene.id + "/inbox/messages/hello", "text/plain", "Hello", "30",
                    "requested-acks", "[]", "response-required", "true");
            Stage.equal("200 Hello you", hello.statusCode() + " " + hello.body());
            var octets = stage.message("alice", scene.id + "/inbox/messages/octets", "application/json", "{}", "30");
            Stage.equal("400 " + error, octets.statusCode() + " " + octets.body());
            Stage.equal("application/octet-stream", octets.headers().firstValue("Content-Type").orElse("-"));
            var odd = stage.message("alice", scene.id + "/inbox/messages/odd", "text/plain", "request", "20");
            Stage.equal("443 response", odd.statusCode() + " " + odd.body());
            Stage.equal("text/plain", odd.headers().firstValue("Content-Type").orElse("-"));
            Stage.equal(418, stage.message("alice", scene.id + "/features/missing/outbox/messages/missing",
                    "text/plain", "t", "30").statusCode());
        });
        stage.check("HandleClaimMessages", () -> {
            var scene = new Scene();
            scene.alice.live().forId(scene.id).registerForClaimMessage(id(), message -> {
                String payload = message.getPayload().map(Object::toString).orElse("nothing");
                scene.seen.add(payload);
                switch (payload) {
                    case "late" -> scene.seen.add("not answered");
                    case "teapot" -> message.reply().httpStatus(HttpStatus.IM_A_TEAPOT).payload("short and stout")
                            .contentType("text/plain").send();
                    default -> message.reply().httpStatus(HttpStatus.OK).payload("success")
                            .contentType("text/plain").send();
                }
            });
            scene.listen();
            String claim = "/things/" + scene.id + "/inbox/claim?timeout=";
            var ok = stage.send("carol", "POST", claim + "30", "text/plain", "expected".getBytes());
            Stage.equal("200 success", ok.statusCode() + " " + ok.body());
            var empty = stage.send("carol", "POST", claim + "30", "text/plain", "".getBytes());
            Stage.equal("200 success", empty.statusCode() + " " + empty.body());
            var teapot = stage.send("carol", "POST", claim + "30", "text/plain", "teapot".getBytes());
            Stage.equal("418 short and stout", teapot.statusCode() + " " + teapot.body());
            Stage.equal(408, stage.send("carol", "POST", claim + "1", "text/plain", "late".getBytes()).statusCode());
            Stage.equal(202, stage.send("carol", "POST", claim + "0", "text/plain", "".getBytes()).statusCode());
            Stage.equal(List.of("expected", "nothing", "teapot", "late", "not answered", "nothing"),
                    Stage.take(scene.seen, 6));
        });
    }

    void sent() {
        stage.check("ClientSendMessage: raw, text, JSON, own types, both directions, features", () -> {
            var scene = new Scene();
            var writer = scene.alice;
            for (String reader : List.of("alice", "bob")) {
                DittoClient client = stage.client(reader);
                client.live().forId(scene.id).registerForMessage(id(), "raw", ByteBuffer.class, message ->
                        scene.seen.add(shown(message, new String(bytes(message.getPayload().get())))));
                client.live().forId(scene.id).registerForMessage(id(), "text", String.class, message ->
                        scene.seen.add(shown(message, message.getPayload().get())));
                client.live().forId(scene.id).registerForMessage(id(), "json", JsonValue.class, message ->
                        scene.seen.add(shown(message, message.getPayload().get().toString())));
                client.live().forId(scene.id).registerForMessage(id(), "own", Duration.class, message ->
                        scene.seen.add(shown(message, message.getPayload().get().toString())));
                client.live().forFeature(scene.id, "f1").registerForMessage(id(), "feature", JsonValue.class, message ->
                        scene.seen.add(shown(message, message.getFeatureId().get() + message.getPayload().get())));
                Stage.await(client.live().startConsumption());
            }
            writer.live().message().to(scene.id).subject("raw").payload(ByteBuffer.wrap("payload".getBytes())).send();
            twice(scene, "TO raw application/octet-stream payload");
            writer.live().forId(scene.id).message().from().subject("raw")
                    .payload(ByteBuffer.wrap("payload".getBytes())).send();
            twice(scene, "FROM raw application/octet-stream payload");
            writer.live().message().from(scene.id).subject("text").payload("payload").send();
            twice(scene, "FROM text text/plain payload");
            writer.live().forId(scene.id).message().to().subject("json").payload(JsonFactory.newValue("payload")).send();
            twice(scene, "TO json application/json \"payload\"");
            writer.live().message().from(scene.id).subject("own").payload(Duration.ofDays(42)).send();
            twice(scene, "FROM own " + Stage.DURATION + " PT1008H");
            for (boolean to : new boolean[] {true, false}) {
                var message = writer.live().forFeature(scene.id, "f1").message();
                (to ? message.to() : message.from()).subject("feature").payload(JsonFactory.newValue("payload")).send();
                twice(scene, (to ? "TO" : "FROM") + " feature application/json f1\"payload\"");
            }
        });
        stage.check("ClientSendMessage.timeout, too large", () -> {
            var scene = new Scene();
            var failures = new LinkedBlockingQueue<Throwable>();
            scene.alice.live().message().to(scene.id).subject("late").timeout(Duration.ofSeconds(1))
                    .payload(ByteBuffer.wrap("p".getBytes())).send((response, failure) -> failures.add(failure));
            Stage.equal("command.timeout", ((DittoRuntimeException) Stage.take(failures)).getErrorCode());
            scene.alice.live().forId(scene.id).message().to().subject("large")
                    .payload(JsonObject.newBuilder().set("a", "a".repeat(250 * 1024)).build())
                    .send((response, failure) -> failures.add(failure));
            Stage.holds(Stage.take(failures) instanceof MessagePayloadSizeTooLargeException, "large");
        });
        stage.check("HandleThingMessages.replyToThingMessages", () -> acknowledged(null));
        stage.check("HandleThingMessages.acknowledge", () -> acknowledged(HttpStatus.OK));
        stage.check("HandleThingMessages.negativeAcknowledge", () -> acknowledged(HttpStatus.IM_A_TEAPOT));
    }

    private static void twice(Scene scene, String expected) throws Exception {
        Stage.equal(List.of(expected, expected), Stage.take(scene.seen, 2));
    }

    private static String shown(Message<?> message, String payload) {
        return message.getDirection() + " " + message.getSubject() + " " + message.getContentType().orElse("-") + " "
                + payload;
    }

    /** @param status of the acknowledgement that is asked for beside the answer; null when none is */
    private void acknowledged(HttpStatus status) throws Exception {
        var label = AcknowledgementLabel.of("alice:my-ack-" + id());
        var scene = new Scene();
        DittoClient device = stage.client("alice", List.of(), List.of(label), null);
        device.live().forId(scene.id).registerForMessage(id(), "s", message -> {
            message.reply().headers(DittoHeaders.newBuilder().putHeader("my-custom-header", "foobar").build())
                    .httpStatus(HttpStatus.OK).payload("42").contentType("text/plain").send();
            if (status != null) {
                message.handleAcknowledgementRequest(label, handle -> handle.acknowledge(status));
            }
        });
        Stage.await(device.live().startConsumption());
        scene.listen();
        var results = new LinkedBlockingQueue<Object>();
        var builder = DittoHeaders.newBuilder();
        if (status != null) {
            builder.acknowledgementRequest(AcknowledgementRequest.of(label),
                    AcknowledgementRequest.of(DittoAcknowledgementLabel.LIVE_RESPONSE));
        }
        scene.alice.live().forId(scene.id).message().from().subject("s").headers(builder.build()).payload("payload")
                .contentType("text/plain")
                .send(String.class, (response, failure) -> results.add(failure != null ? failure : response));
        Object result = Stage.take(results);
        if (status == HttpStatus.IM_A_TEAPOT) {
            var all = ((AcknowledgementsFailedException) result).getAcknowledgements();
            var answer = all.getAcknowledgement(DittoAcknowledgementLabel.LIVE_RESPONSE).orElseThrow();
            Stage.equal("42", answer.getEntity().orElseThrow().asString());
            Stage.equal("foobar", answer.getDittoHeaders().get("my-custom-header"));
            Stage.equal(status, all.getAcknowledgement(label).orElseThrow().getHttpStatus());
        } else {
            Stage.holds(result instanceof Message<?>, "an answer, but " + result);
            var answer = (Message<?>) result;
            Stage.equal("42", answer.getPayload().map(Object::toString).orElse("-"));
            Stage.equal("foobar", answer.getHeaders().get("my-custom-header"));
        }
    }
}
