import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.ditto.base.model.acks.AcknowledgementLabel;
import org.eclipse.ditto.client.DittoClient;
import org.eclipse.ditto.client.DittoClients;
import org.eclipse.ditto.client.configuration.AccessTokenAuthenticationConfiguration;
import org.eclipse.ditto.client.configuration.WebSocketMessagingConfiguration;
import org.eclipse.ditto.client.live.internal.MessageSerializerFactory;
import org.eclipse.ditto.client.live.messages.MessageSerializers;
import org.eclipse.ditto.client.messaging.AuthenticationProviders;
import org.eclipse.ditto.client.messaging.MessagingProvider;
import org.eclipse.ditto.client.messaging.MessagingProviders;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.jwt.model.ImmutableJsonWebToken;
import org.eclipse.ditto.policies.model.PoliciesModelFactory;
import org.eclipse.ditto.policies.model.Policy;
import org.eclipse.ditto.policies.model.PolicyBuilder;
import org.eclipse.ditto.policies.model.PolicyId;
import org.eclipse.ditto.policies.model.Subject;
import org.eclipse.ditto.policies.model.SubjectId;
import org.eclipse.ditto.things.model.Thing;
import org.eclipse.ditto.things.model.ThingId;

/** What the probes have in common: clients of several users, requests over HTTP, checks that are counted. */
final class Stage {
    static final String DURATION = "application/vnd.ditto-com.duration+xml";

    private final URI http;
    private final Map<String, String> tokens;
    private final HttpClient plain = HttpClient.newHttpClient();
    private final List<DittoClient> open = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();
    private int passed;

    Stage(URI http, Map<String, String> tokens) {
        this.http = http;
        this.tokens = tokens;
    }

    interface Check {
        void run() throws Exception;
    }

    /** Runs one check; what it opened is closed again. */
    void check(String name, Check check) {
        try {
            check.run();
            passed++;
            System.out.println("ok " + name);
        } catch (Exception | AssertionError e) {
            failed.add(name);
            System.out.println("FAILED " + name + ": " + e);
            e.printStackTrace(System.out);
        } finally {
            open.forEach(DittoClient::destroy);
            open.clear();
        }
    }

    void finish() {
        System.out.println("passed " + passed + " failed " + failed.size() + " " + failed);
        if (failed.isEmpty()) {
            System.out.println("DONE");
        }
        System.exit(failed.isEmpty() ? 0 : 1);
    }

    /** Lists in any order: the client calls handlers from a pool of threads, so two events may overtake each other. */
    static void equal(Object expected, Object actual) {
        if (!Objects.equals(inOrder(expected), inOrder(actual))) {
            throw new AssertionError("expected " + expected + " but was " + actual);
        }
    }

    private static Object inOrder(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).sorted().toList()
                : value;
    }

    static void holds(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError(what);
        }
    }

    DittoClient client(String user) {
        return client(user, List.of(), List.of(), null);
    }

    /** Twin and live channel over connections of their own, as the system tests do it. */
    DittoClient client(
            String user,
            List<AcknowledgementLabel> twinLabels,
            List<AcknowledgementLabel> liveLabels,
            java.util.function.Consumer<Throwable> onError) {
        var registry = MessageSerializerFactory.initializeDefaultSerializerRegistry();
        registry.registerMessageSerializer(MessageSerializers.of(
                DURATION,
                Duration.class,
                "*",
                (duration, charset) -> ByteBuffer.wrap(("<duration>" + duration + "</duration>").getBytes(charset)),
                (bytes, charset) -> Duration.parse(
                        charset.decode(bytes).toString().replaceAll("<[^>]*>", ""))));
        MessagingProvider twin = provider(user, twinLabels, onError);
        DittoClient client = DittoClients.newInstance(twin, provider(user, liveLabels, null), twin, registry)
                .connect()
                .toCompletableFuture()
                .join();
        open.add(client);
        return client;
    }

    private MessagingProvider provider(
            String user, List<AcknowledgementLabel> labels, java.util.function.Consumer<Throwable> onError) {
        return MessagingProviders.webSocket(
                WebSocketMessagingConfiguration.newBuilder()
                        .endpoint("ws://" + http.getAuthority())
                        .timeout(Duration.ofSeconds(10))
                        .reconnectEnabled(onError != null)
                        .initialConnectRetryEnabled(false)
                        .declaredAcknowledgements(labels)
                        .connectionErrorHandler(onError)
                        .build(),
                AuthenticationProviders.accessToken(AccessTokenAuthenticationConfiguration.newBuilder()
                        .identifier("probe-" + UUID.randomUUID())
                        .accessTokenSupplier(() -> ImmutableJsonWebToken.fromToken(tokens.get(user)))
                        .build()));
    }

    static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    /** What a stage fails with. */
    static Throwable failure(CompletionStage<?> stage) throws Exception {
        try {
            Object result = await(stage);
            throw new AssertionError("It should have failed, but gave " + result);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            return cause instanceof java.util.concurrent.CompletionException && cause.getCause() != null
                    ? cause.getCause()
                    : cause;
        }
    }

    static <T> T take(BlockingQueue<T> queue) throws Exception {
        T taken = queue.poll(10, TimeUnit.SECONDS);
        holds(taken != null, "nothing came");
        return taken;
    }

    static List<String> take(BlockingQueue<String> queue, int count) throws Exception {
        var all = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            all.add(take(queue));
        }
        return all;
    }

    static BlockingQueue<String> queue() {
        return new LinkedBlockingQueue<>();
    }

    ThingId fresh() {
        return ThingId.of("org.client", UUID.randomUUID().toString());
    }

    /** A thing with one attribute. */
    static Thing thing(ThingId id) {
        return Thing.newBuilder().setId(id).setAttribute(JsonPointer.of("hello"), org.eclipse.ditto.json.JsonValue.of("cloud")).build();
    }

    static Subject subject(String user) {
        return Subject.newInstance(SubjectId.newInstance("ditto:" + user));
    }

    /** Everything for everybody named. */
    Policy policy(ThingId id, String... users) {
        return policy(id, List.of(users), List.of(users));
    }

    Policy policy(ThingId id, List<String> readers, List<String> writers) {
        PolicyBuilder builder = PoliciesModelFactory.newPolicyBuilder(PolicyId.of(id));
        for (String user : readers) {
            grant(builder, "r-" + user, user, "READ");
        }
        for (String user : writers) {
            grant(builder, "w-" + user, user, "WRITE");
        }
        return builder.build();
    }

    private static void grant(PolicyBuilder builder, String label, String user, String permission) {
        builder.forLabel(label)
                .setSubject(subject(user))
                .setGrantedPermissions("thing", "/", permission)
                .setGrantedPermissions("policy", "/", permission)
                .setGrantedPermissions("message", "/", permission);
    }

    HttpResponse<String> send(String user, String method, String path, String type, byte[] body, String... headers)
            throws Exception {
        var request = HttpRequest.newBuilder(http.resolve("/api/2" + path))
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        if (user != null) {
            request.header("Authorization", "Bearer " + tokens.get(user));
        }
        if (type != null) {
            request.header("Content-Type", type);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return plain.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    HttpResponse<String> send(String user, String method, String path, String body) throws Exception {
        return send(
                user,
                method,
                path,
                method.equals("PATCH") ? "application/merge-patch+json" : "application/json",
                body == null ? null : body.getBytes(StandardCharsets.UTF_8));
    }

    void expect(int status, String user, String method, String path, String body) throws Exception {
        HttpResponse<String> answer = send(user, method, path, body);
        if (answer.statusCode() != status) {
            throw new AssertionError(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
    }

    /** Posts a message. */
    HttpResponse<String> message(String user, String path, String type, byte[] body, String timeout, String... headers)
            throws Exception {
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "timeout";
        all[headers.length + 1] = timeout;
        return send(user, "POST", "/things/" + path, type, body, all);
    }

    HttpResponse<String> message(String user, String path, String type, String body, String timeout, String... headers)
            throws Exception {
        return message(
                user,
                path,
                type,
                body == null ? null : body.getBytes(StandardCharsets.UTF_8),
                timeout,
                headers);
    }
}
