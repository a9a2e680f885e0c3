package org.voltwin.standalone.ditto.connect.transport;

import com.hivemq.client.mqtt.datatypes.MqttTopic;
import com.hivemq.client.mqtt.datatypes.MqttTopicFilter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.ditto.connectivity.model.Connection;
import org.eclipse.ditto.connectivity.model.ConnectionConfigurationInvalidException;
import org.eclipse.ditto.connectivity.model.ConnectionType;
import org.eclipse.ditto.connectivity.model.Source;

/** To an MQTT broker. What came with QoS 1 or 2 is acknowledged when it is settled, not before. */
final class MqttTransport implements Transport {
    private static final String TOPIC = "mqtt.topic";
    private static final String QOS = "mqtt.qos";
    private static final String RETAIN = "mqtt.retain";
    private static final int DEFAULT_SOURCE_QOS = 2;
    private static final List<String> SCHEMES = List.of("tcp", "ssl");

    private record Route(MqttTopicFilter filter, String address, Source source) {}

    private final MqttOptions options;
    private final Listener listener;
    private final List<Route> routes = new ArrayList<>();
    private final MqttWire wire;
    /**
     * One thread, so messages stay in order, and the client's own threads never wait for a script. Never shut down: the
     * client still uses it when its session expires, long after it disconnected.
     */
    private final Executor arrivals = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("mqtt-arrivals").factory());

    private final AtomicBoolean up = new AtomicBoolean();

    private MqttTransport(Connection connection, Listener listener) {
        this.options = MqttOptions.of(connection);
        this.listener = listener;
        for (Source source : connection.getSources()) {
            for (String address : source.getAddresses()) {
                routes.add(new Route(filter(address), address, source));
            }
        }
        this.wire = connection.getConnectionType() == ConnectionType.MQTT_5
                ? new Mqtt5Wire(connection, options, arrivals, this::arrived, this::disconnected)
                : new Mqtt3Wire(connection, options, arrivals, this::arrived, this::disconnected);
    }

    /** @throws org.eclipse.ditto.base.model.exceptions.DittoRuntimeException when the definition is not valid */
    static void check(Connection connection) {
        MqttOptions.of(connection);
        TlsMaterial.of(connection);
        connection.getSources().stream()
                .flatMap(source -> source.getAddresses().stream())
                .forEach(MqttTransport::filter);
        if (!SCHEMES.contains(connection.getProtocol())) {
            throw ConnectionConfigurationInvalidException.newBuilder(
                            "The URI of an MQTT connection begins with one of " + SCHEMES + ".")
                    .build();
        }
    }

    static Transport create(Connection connection, Listener listener) {
        return new MqttTransport(connection, listener);
    }

    /** {@code $share/group/filter} delivers topics that match the filter alone. */
    private static MqttTopicFilter filter(String address) {
        try {
            String plain = address.startsWith("$share/") ? address.substring(address.indexOf('/', 7) + 1) : address;
            return MqttTopicFilter.of(plain);
        } catch (IllegalArgumentException e) {
            throw ConnectionConfigurationInvalidException.newBuilder(
                            "The source address '" + address + "' is no MQTT topic filter.")
                    .description(e.getMessage())
                    .cause(e)
                    .build();
        }
    }

    @Override
    public CompletionStage<Void> connect() {
        List<MqttWire.Subscription> subscriptions = routes.stream()
                .map(route -> new MqttWire.Subscription(
                        route.address(), route.source().getQos().orElse(DEFAULT_SOURCE_QOS)))
                .toList();
        up.set(true);
        return wire.connect()
                .thenCompose(connected -> subscriptions.isEmpty()
                        ? CompletableFuture.completedFuture(null)
                        : wire.subscribe(subscriptions));
    }

    private void disconnected(String why) {
        if (up.compareAndSet(true, false)) {
            listener.lost(why);
        }
    }

    private void arrived(MqttWire.Arrival arrival) {
        MqttTopic topic = MqttTopic.of(arrival.topic());
        Route route = routes.stream()
                .filter(candidate -> candidate.filter().matches(topic))
                .findFirst()
                .orElse(null);
        if (route == null) {
            // A subscription of an older definition, kept by the broker's session.
            arrival.acknowledge().run();
            return;
        }
        var headers = new HashMap<>(arrival.headers());
        headers.put(TOPIC, arrival.topic());
        headers.put(QOS, Integer.toString(arrival.qos()));
        headers.put(RETAIN, Boolean.toString(arrival.retain()));
        var message = new ExternalMessage(Map.copyOf(headers), arrival.payload(), isText(arrival.payload()));
        listener.received(new Received(
                route.source(), route.address(), arrival.topic(), message, verdict -> settle(arrival, verdict)));
    }

    private void settle(MqttWire.Arrival arrival, Received.Verdict verdict) {
        if (verdict == Received.Verdict.AGAIN && options.again()) {
            wire.disconnect();
            disconnected("Connecting again for the broker to deliver a message once more.");
        } else if (up.get()) {
            arrival.acknowledge().run();
        }
    }

    static boolean isText(byte[] payload) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    @Override
    public CompletionStage<Void> publish(String address, OptionalInt qos, ExternalMessage message) {
        var headers = new HashMap<>(message.headers());
        String topic = headers.getOrDefault(TOPIC, address);
        int level = intOf(headers.get(QOS), qos.orElse(0));
        boolean retain = "true".equals(headers.get(RETAIN));
        List.of(TOPIC, QOS, RETAIN).forEach(headers::remove);
        try {
            return wire.publish(topic, level, retain, new ExternalMessage(headers, message.payload(), message.text()));
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static int intOf(@org.jspecify.annotations.Nullable String text, int otherwise) {
        return text != null && text.matches("[012]") ? Integer.parseInt(text) : otherwise;
    }

    @Override
    public void close() {
        up.set(false);
        wire.disconnect();
    }
}
