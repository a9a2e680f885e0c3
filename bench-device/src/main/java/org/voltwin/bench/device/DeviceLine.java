package org.voltwin.bench.device;

import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.mqtt.MqttClient;
import io.vertx.mqtt.MqttClientOptions;
import io.vertx.mqtt.MqttConnectionException;
import io.vertx.mqtt.messages.MqttPublishMessage;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.model.TwinId;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;

/**
 * The line of a device to the adapter: one connection after the other, and what is not acknowledged. All fields that
 * are not volatile or atomic belong to one event loop.
 */
final class DeviceLine {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceLine.class);
    private static final String COMMANDS = "command///req/#";
    private static final long FIRST_BACK_OFF_MILLIS = 200;
    private static final int KEEP_ALIVE_SECONDS = 20;
    /** Above the adapter's usual 8 KiB: commands carry whole orders. */
    private static final int LARGEST_MESSAGE_BYTES = 1 << 20;

    private static final Set<MqttConnectReturnCode> REFUSALS = Set.of(
            MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USER_NAME_OR_PASSWORD,
            MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED,
            MqttConnectReturnCode.CONNECTION_REFUSED_IDENTIFIER_REJECTED);

    private static final class Pending {
        private final DeviceMessage message;
        private final CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        private boolean sent;
        private long sentAtNanos;

        Pending(DeviceMessage message) {
            this.message = message;
        }
    }

    private final Vertx vertx;
    private final Context loop;
    private final HonoAddress address;
    private final TwinId device;
    private final Supplier<String> password;
    private final DeviceOptions options;
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong resent = new AtomicLong();
    private final CompletableFuture<Boolean> connected = new CompletableFuture<>();
    private final Map<Long, Pending> pending = new LinkedHashMap<>();
    private Map<Integer, Long> packets = new HashMap<>();
    private long next;
    private long backOffMillis = FIRST_BACK_OFF_MILLIS;
    private @Nullable MqttClient client;
    private long watch = -1;
    private boolean started;
    private volatile boolean up;
    private volatile boolean closed;
    private volatile @Nullable CommandHandler handler;
    private volatile @Nullable Failure end;
    private volatile String lastProblem = "no attempt yet";

    DeviceLine(Vertx vertx, HonoAddress address, TwinId device, Supplier<String> password, DeviceOptions options) {
        this.vertx = vertx;
        this.loop = vertx.getOrCreateContext();
        this.address = address;
        this.device = device;
        this.password = password;
        this.options = options;
    }

    void onCommand(CommandHandler commands) {
        handler = commands;
    }

    CompletableFuture<Boolean> start() {
        loop.runOnContext(none -> {
            if (!started && !closed) {
                started = true;
                long period = Math.max(100, options.acknowledgement().toMillis() / 4);
                watch = vertx.setPeriodic(period, timer -> giveUpSilentConnection());
                connect();
            }
        });
        return connected;
    }

    CompletableFuture<Void> send(DeviceMessage message) {
        Pending one = new Pending(message);
        loop.runOnContext(none -> {
            Failure reason = end;
            if (reason != null) {
                one.acknowledged.completeExceptionally(new RefusedException(reason));
                return;
            }
            long key = next++;
            pending.put(key, one);
            MqttClient current = client;
            if (up && current != null) {
                publish(current, key, one);
            }
        });
        return one.acknowledged;
    }

    boolean isConnected() {
        return up;
    }

    long acknowledged() {
        return acknowledged.get();
    }

    long resent() {
        return resent.get();
    }

    Optional<Failure> end() {
        return Optional.ofNullable(end);
    }

    Failure unreachable() {
        return Failure.passing(
                "device.unreachable",
                "The device " + device + " has no working connection to " + address.host() + ":" + address.port() + " ("
                        + lastProblem + ").",
                "Check that the platform runs (./voltwin status), then try again.");
    }

    private void connect() {
        if (closed || end != null) {
            return;
        }
        MqttClient attempt = MqttClient.create(
                vertx,
                new MqttClientOptions()
                        .setClientId(device.name())
                        .setUsername(device.value() + "@" + address.tenant())
                        .setPassword(password.get())
                        .setKeepAliveInterval(KEEP_ALIVE_SECONDS)
                        .setMaxInflightQueue(options.window() + 8)
                        .setMaxMessageSize(LARGEST_MESSAGE_BYTES));
        Map<Integer, Long> ofThisConnection = new HashMap<>();
        attempt.publishCompletionHandler(packet -> acknowledge(ofThisConnection.remove(packet)));
        attempt.publishHandler(message -> command(attempt, message));
        attempt.closeHandler(none -> lost(attempt, "the connection was closed"));
        attempt.exceptionHandler(problem -> lastProblem = String.valueOf(problem.getMessage()));
        attempt.connect(address.port(), address.host(), answer -> {
            if (answer.succeeded()) {
                established(attempt, ofThisConnection);
            } else {
                failed(attempt, answer.cause());
            }
        });
    }

    private void established(MqttClient now, Map<Integer, Long> ofThisConnection) {
        if (closed) {
            now.disconnect();
            return;
        }
        client = now;
        packets = ofThisConnection;
        backOffMillis = FIRST_BACK_OFF_MILLIS;
        if (handler == null) {
            ready(now);
            return;
        }
        now.subscribe(COMMANDS, MqttQoS.AT_LEAST_ONCE.value(), subscribed -> {
            if (subscribed.failed()) {
                lost(
                        now,
                        "commands could not be subscribed: "
                                + subscribed.cause().getMessage());
            }
        });
        now.subscribeCompletionHandler(granted -> {
            if (granted.grantedQoSLevels().stream().allMatch(level -> level <= 1)) {
                ready(now);
            } else {
                lost(now, "the adapter refused the subscription of commands");
            }
        });
    }

    private void ready(MqttClient now) {
        if (!now.equals(client)) {
            return;
        }
        up = true;
        pending.forEach((key, one) -> publish(now, key, one));
        LOG.info("connected device={} address={}:{}", device, address.host(), address.port());
        connected.complete(true);
    }

    private void publish(MqttClient now, long key, Pending one) {
        if (one.sent) {
            resent.incrementAndGet();
        }
        one.sent = true;
        one.sentAtNanos = System.nanoTime();
        Map<Integer, Long> ofThisConnection = packets;
        now.publish(
                one.message.topic(),
                Buffer.buffer(one.message.payload()),
                MqttQoS.AT_LEAST_ONCE,
                false,
                false,
                sent -> {
                    if (sent.succeeded()) {
                        ofThisConnection.put(sent.result(), key);
                    } else {
                        lost(now, "a message could not be sent: " + sent.cause().getMessage());
                    }
                });
    }

    private void acknowledge(@Nullable Long key) {
        Pending one = key == null ? null : pending.remove(key);
        if (one != null) {
            acknowledged.incrementAndGet();
            one.acknowledged.complete(null);
        }
    }

    private void failed(MqttClient attempt, Throwable problem) {
        lastProblem = String.valueOf(problem.getMessage());
        // Once connected, a refusal may be a registry that is starting again: that is waited for.
        if (problem instanceof MqttConnectionException refused
                && REFUSALS.contains(refused.code())
                && !connected.isDone()) {
            refuse(Failure.permanent(
                    "device.refused",
                    "Hono refused the device " + device + " of tenant " + address.tenant() + " (" + refused.code()
                            + "): it is not registered, or its password is wrong.",
                    "Register the device, or correct its password."));
            return;
        }
        retry(attempt);
    }

    private void lost(MqttClient which, String why) {
        if (!which.equals(client)) {
            return;
        }
        lastProblem = why;
        if (!closed) {
            LOG.warn("disconnected device={} reason={} unacknowledged={}", device, why, pending.size());
        }
        retry(which);
    }

    private void retry(MqttClient which) {
        if (which.equals(client)) {
            client = null;
            up = false;
        }
        if (which.isConnected()) {
            which.disconnect();
        }
        if (!closed && end == null) {
            vertx.setTimer(backOffMillis, timer -> connect());
            backOffMillis = Math.min(backOffMillis * 2, options.longestBackOff().toMillis());
        }
    }

    /** MQTT 3.1.1 sends a message again on a new connection only. */
    private void giveUpSilentConnection() {
        MqttClient current = client;
        if (!up || current == null || pending.isEmpty()) {
            return;
        }
        long waited = System.nanoTime() - pending.values().iterator().next().sentAtNanos;
        if (waited > options.acknowledgement().toNanos()) {
            lost(current, "no acknowledgement for " + TimeUnit.NANOSECONDS.toMillis(waited) + " ms");
        }
    }

    private void refuse(Failure reason) {
        end = reason;
        connected.completeExceptionally(new RefusedException(reason));
        for (Pending one : pending.values()) {
            one.acknowledged.completeExceptionally(new RefusedException(reason));
        }
        pending.clear();
    }

    private void command(MqttClient from, MqttPublishMessage message) {
        CommandHandler commands = handler;
        String[] topic = message.topicName().split("/", -1);
        if (commands == null || topic.length < 6) {
            LOG.warn("ignored a message topic={}", message.topicName());
            return;
        }
        String request = topic[4];
        String subject = topic[5];
        byte[] payload = message.payload().getBytes();
        Thread.ofVirtual().name("command-" + subject).start(() -> {
            CommandHandler.Answer answer = commands.handle(subject, payload);
            if (!request.isEmpty()) {
                // An answer belongs to its connection: the asker of a lost one has given up.
                loop.runOnContext(none -> {
                    if (from.equals(client)) {
                        DeviceMessage response = DeviceMessage.response(request, answer.status(), answer.payload());
                        from.publish(
                                response.topic(),
                                Buffer.buffer(response.payload()),
                                MqttQoS.AT_LEAST_ONCE,
                                false,
                                false);
                    }
                });
            }
        });
    }

    void close() {
        closed = true;
        loop.runOnContext(none -> {
            if (watch >= 0) {
                vertx.cancelTimer(watch);
            }
            if (end == null) {
                refuse(Failure.passing("device.closed", "The device was closed.", "Start it again."));
            }
            MqttClient current = client;
            client = null;
            up = false;
            if (current != null) {
                current.disconnect();
            }
        });
    }
}
