package org.voltwin.standalone.edge;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.standalone.edge.broker.BrokerSettings;
import org.voltwin.standalone.edge.broker.LimsBroker;
import org.voltwin.standalone.edge.hono.HonoEdge;
import org.voltwin.standalone.edge.hono.KafkaAccess;
import org.voltwin.standalone.edge.hono.Topics;
import org.voltwin.standalone.edge.registry.CachedPasswords;
import org.voltwin.standalone.edge.registry.Credentials;
import org.voltwin.standalone.edge.registry.ManagementApi;
import org.voltwin.standalone.edge.registry.Registry;
import org.voltwin.standalone.edge.registry.Registry.DeviceEntry;
import org.voltwin.standalone.edge.registry.RegistryClients;
import org.voltwin.standalone.edge.registry.TokenCheck;

/** The whole process, wired. */
final class Edge implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Edge.class);
    private static final long RETRY_MILLIS = 1000;

    private final EdgeConfig config;
    private final List<AutoCloseable> running = new ArrayList<>();
    /** Before that, a first record would make its topic itself. */
    private volatile boolean topicsPrepared;

    Edge(EdgeConfig config) {
        this.config = config;
    }

    void start() throws Exception {
        Files.createDirectories(config.dataDir());
        String host = config.host();
        HealthServer health = new HealthServer(host, config.ports().health());
        List.of("kafka", "mqtt", "http", "registry", "broker").forEach(health::expect);
        health.start();
        running.add(health::stop);

        SecureRandom random = new SecureRandom();
        CachedPasswords passwords = new CachedPasswords(random);
        Registry registry = Registry.open(config.dataDir().resolve("registry"));
        seed(registry, passwords);

        // Half of the start time is HiveMQ's, and nothing else waits for it.
        FutureTask<LimsBroker> starting =
                new FutureTask<>(() -> LimsBroker.start(brokerSettings(host, random), passwords));
        Thread.ofPlatform().name("lims-broker-start").start(starting);

        KafkaAccess kafka = new KafkaAccess(
                config.kafka().bootstrap(),
                config.kafka().user(),
                config.kafka().password());
        Topics topics = new Topics(kafka);
        running.add(topics);
        health.check("kafka", () -> topicsPrepared && topics.reachable());

        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(2)
                .setWorkerPoolSize(8)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        running.add(() -> await(vertx.close()));
        cleanUp(topics);
        prepareTopics(topics, registry);

        await(new HonoEdge(vertx, kafka, new RegistryClients(registry), passwords)
                .start(host, config.ports().mqtt(), config.ports().http()));
        health.check("mqtt", () -> true);
        health.check("http", () -> true);
        TokenCheck tokens = new TokenCheck(
                config.management().issuer(),
                URI.create(config.management().jwks()),
                config.management().allowedRoles(),
                Clock.systemUTC());
        ManagementApi api = new ManagementApi(registry, passwords, tokens, tenant -> prepareTopics(topics, registry));
        await(vertx.createHttpServer(new HttpServerOptions()
                        .setHost(host)
                        .setPort(config.ports().registry()))
                .requestHandler(api.router(vertx))
                .listen());
        health.check("registry", () -> true);

        LimsBroker broker = starting.get();
        // First in the list, so the last to stop: the adapters are quick, the broker may take seconds.
        running.addFirst(broker);
        health.check("broker", broker::accepts);
    }

    private BrokerSettings brokerSettings(String host, SecureRandom random) throws IOException {
        EdgeConfig.Broker broker = config.broker();
        Path folder = config.dataDir().resolve("lims-broker").toAbsolutePath();
        String given = broker.keyStorePassword();
        return new BrokerSettings(
                folder,
                host,
                config.ports().broker(),
                Optional.ofNullable(broker.tlsBindHost()).orElse(host),
                config.ports().brokerTls(),
                Optional.ofNullable(broker.tlsHostNames()).orElse(List.of("localhost", "127.0.0.1")),
                given == null ? keptSecret(folder.resolve("keystore.password"), random) : given,
                Optional.ofNullable(broker.trustStorePassword()).orElse("voltwin-lims"),
                broker.users());
    }

    private static String keptSecret(Path file, SecureRandom random) throws IOException {
        if (Files.exists(file)) {
            return Files.readString(file).strip();
        }
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        String secret = HexFormat.of().formatHex(bytes);
        PrivateFile.write(file, secret);
        return secret;
    }

    /** Tenants and devices of the configuration; a device that signs in with the same password stays untouched. */
    private void seed(Registry registry, CachedPasswords passwords) throws IOException {
        for (String tenant : config.initialTenants()) {
            if (registry.tenant(tenant).isEmpty()) {
                registry.putTenant(tenant, new JsonObject().put("enabled", true));
            }
        }
        for (EdgeConfig.InitialDevice device : config.initialDevices()) {
            String authId = Optional.ofNullable(device.authId()).orElse(device.id());
            Optional<DeviceEntry> known = registry.device(device.tenant(), device.id());
            boolean current = known.filter(entry -> signsIn(entry, authId, device.password(), passwords))
                    .isPresent();
            if (!current) {
                JsonObject object = known.map(DeviceEntry::device)
                        .orElseGet(() -> new JsonObject()
                                .put("enabled", true)
                                .put(
                                        "via",
                                        new JsonArray(Optional.ofNullable(device.via())
                                                .orElse(List.of()))));
                JsonArray credentials = Credentials.password(authId, device.password(), passwords);
                registry.putDevice(device.tenant(), device.id(), new DeviceEntry(object, credentials));
                LOG.info("device of the configuration registered tenant={} device={}", device.tenant(), device.id());
            }
        }
    }

    private static boolean signsIn(DeviceEntry entry, String authId, String password, CachedPasswords passwords) {
        return entry.credentials().stream()
                .map(JsonObject.class::cast)
                .filter(credential -> authId.equals(credential.getString("auth-id")))
                .flatMap(credential -> credential.getJsonArray("secrets").stream())
                .map(JsonObject.class::cast)
                .anyMatch(secret -> passwords.matches(password, secret));
    }

    /** Kafka may start later than this process: keeps trying until the topics are there. */
    private void prepareTopics(Topics topics, Registry registry) {
        Thread.ofVirtual().name("topics").start(() -> {
            while (true) {
                try {
                    for (String tenant : registry.tenantIds()) {
                        topics.create(tenant);
                    }
                    topicsPrepared = true;
                    return;
                } catch (ExecutionException | TimeoutException e) {
                    LOG.info("topics wait for kafka cause={}", String.valueOf(e.getMessage()));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
                java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(RETRY_MILLIS));
            }
        });
    }

    /** Before this run's adapter makes its own command topic; when Kafka is away, the left-overs stay for once. */
    private static void cleanUp(Topics topics) throws InterruptedException {
        try {
            topics.removeLeftOvers();
        } catch (ExecutionException | TimeoutException e) {
            LOG.info("command topics of earlier runs stay, kafka is away cause={}", String.valueOf(e.getMessage()));
        }
    }

    private static <T> T await(Future<T> future) throws ExecutionException, InterruptedException {
        return future.toCompletionStage().toCompletableFuture().get();
    }

    /** Stops in the reverse order of the start. */
    @Override
    public void close() {
        for (AutoCloseable part : running.reversed()) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("a part did not stop cleanly", e);
            }
        }
    }

    /** {@return what to log about a start; no secrets} */
    Map<String, Object> summary() {
        return Map.of("host", config.host(), "ports", config.ports(), "dataDir", config.dataDir());
    }
}
