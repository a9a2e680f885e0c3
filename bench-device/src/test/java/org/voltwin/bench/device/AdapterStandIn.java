package org.voltwin.bench.device;

import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.MqttServer;
import io.vertx.mqtt.MqttServerOptions;
import io.vertx.mqtt.messages.MqttPublishMessage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.voltwin.model.json.Json;
import org.voltwin.model.telemetry.SampleBatch;

/**
 * A real MQTT server on a free port that behaves as Hono's adapter does towards one device, also badly: late or missing
 * acknowledgements, lost connections.
 */
public final class AdapterStandIn implements AutoCloseable {
    /** A message that came in, whether it was acknowledged or not. */
    public record Received(String topic, byte[] payload) {}

    /** An answer to a command. */
    public record Answer(int status, String payload) {}

    private final Vertx vertx = Vertx.vertx();
    private final MqttServer server;
    private final String user;
    private final String password;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger messages = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final Map<String, CompletableFuture<Answer>> asked = new ConcurrentHashMap<>();
    private final BlockingQueue<MqttEndpoint> subscribed = new LinkedBlockingQueue<>();
    private volatile IntPredicate acknowledged = number -> true;
    private volatile IntPredicate cutAfter = number -> false;
    private volatile int delayMillis;
    private volatile MqttEndpoint current;

    public AdapterStandIn(String user, String password) throws Exception {
        this(user, password, 0);
    }

    public AdapterStandIn(String user, String password, int port) throws Exception {
        this.user = user;
        this.password = password;
        server = MqttServer.create(
                vertx,
                new MqttServerOptions().setHost("127.0.0.1").setPort(port).setMaxMessageSize(1 << 20));
        server.endpointHandler(this::connected);
        server.listen().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    public HonoAddress address() {
        return new HonoAddress("127.0.0.1", server.actualPort(), "lab");
    }

    /** Which messages, counted from 1, are acknowledged. */
    public void acknowledge(IntPredicate which) {
        acknowledged = which;
    }

    /** After which messages, counted from 1, the connection is cut, before they are acknowledged. */
    public void cutAfter(IntPredicate which) {
        cutAfter = which;
    }

    public void acknowledgeLate(int millis) {
        delayMillis = millis;
    }

    public int connections() {
        return connections.get();
    }

    public List<Received> received() {
        return received;
    }

    public List<SampleBatch> batches() {
        return received.stream()
                .filter(message -> message.topic().startsWith("telemetry"))
                .map(message -> Json.read(message.payload(), SampleBatch.class).orThrow())
                .toList();
    }

    public List<String> events() {
        return received.stream()
                .filter(message -> message.topic().startsWith("event"))
                .map(message -> Json.read(message.payload(), com.fasterxml.jackson.databind.JsonNode.class)
                        .orThrow()
                        .path("event")
                        .asText())
                .toList();
    }

    /** Sends a command as soon as the device is there, and waits for its answer. */
    public Answer command(String subject, byte[] payload) throws Exception {
        String request = "r" + messages.incrementAndGet() + "x" + System.nanoTime();
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        asked.put(request, answer);
        MqttEndpoint device = subscribed.poll(10, TimeUnit.SECONDS);
        if (device == null) {
            throw new AssertionError("no device has subscribed commands");
        }
        subscribed.add(device);
        device.publish(
                "command///req/" + request + "/" + subject,
                Buffer.buffer(payload),
                MqttQoS.AT_LEAST_ONCE,
                false,
                false);
        return answer.get(10, TimeUnit.SECONDS);
    }

    public void cut() {
        MqttEndpoint device = current;
        if (device != null) {
            device.close();
        }
    }

    private void connected(MqttEndpoint device) {
        connections.incrementAndGet();
        if (device.auth() == null
                || !user.equals(device.auth().getUsername())
                || !password.equals(device.auth().getPassword())) {
            device.reject(MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USER_NAME_OR_PASSWORD);
            return;
        }
        current = device;
        device.subscribeHandler(subscribe -> {
            device.subscribeAcknowledge(subscribe.messageId(), List.of(MqttQoS.AT_LEAST_ONCE));
            subscribed.add(device);
        });
        device.closeHandler(none -> subscribed.remove(device));
        device.publishHandler(message -> took(device, message));
        device.accept(false);
    }

    private void took(MqttEndpoint device, MqttPublishMessage message) {
        String[] topic = message.topicName().split("/");
        if (topic[0].equals("command")) {
            device.publishAcknowledge(message.messageId());
            CompletableFuture<Answer> answer = asked.remove(topic[4]);
            if (answer != null) {
                answer.complete(
                        new Answer(Integer.parseInt(topic[5]), message.payload().toString()));
            }
            return;
        }
        received.add(new Received(message.topicName(), message.payload().getBytes()));
        int number = messages.incrementAndGet();
        if (cutAfter.test(number)) {
            device.close();
        } else if (acknowledged.test(number)) {
            if (delayMillis == 0) {
                device.publishAcknowledge(message.messageId());
            } else {
                vertx.setTimer(delayMillis, timer -> {
                    if (device.isConnected()) {
                        device.publishAcknowledge(message.messageId());
                    }
                });
            }
        }
    }

    @Override
    public void close() throws Exception {
        server.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
