package org.voltwin.lims.broker;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5RetainHandling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.port.MessageBus;

/**
 * The bus on an MQTT 5 broker: QoS 2, one client with a persistent session per subscriber, one client that publishes.
 * It connects in the background: a broker that is not there yet delays publishing and subscribing, nothing is lost.
 */
public final class MqttMessageBus implements MessageBus {
    /** How long the broker keeps messages for a subscriber that is away. */
    private static final Duration SUBSCRIBER_SESSION = Duration.ofDays(30);

    private static final Duration PUBLISHER_SESSION = Duration.ofHours(1);

    private final BrokerConfiguration configuration;
    private final BrokerClient publisher;
    private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();
    private final List<BrokerClient> clients = new ArrayList<>();
    private boolean closed;

    public MqttMessageBus(BrokerConfiguration configuration) {
        this.configuration = configuration;
        // A new identity per process: a QoS 2 packet id of a former process, still open at the broker, would make it
        // drop the first message that uses the id again.
        String identity = configuration.clientPrefix() + "-publisher-"
                + UUID.randomUUID().toString().substring(0, 8);
        this.publisher = new BrokerClient(configuration, identity, PUBLISHER_SESSION, null);
    }

    @Override
    public CompletionStage<Void> publish(String topic, byte[] payload, boolean retain) {
        Mqtt5Publish message = Mqtt5Publish.builder()
                .topic(topic)
                .payload(payload)
                .qos(MqttQos.EXACTLY_ONCE)
                .retain(retain)
                .build();
        return publisher
                .whenConnected(client -> client.publish(message))
                .thenCompose(result -> result.getError()
                        .map(CompletableFuture::<Void>failedFuture)
                        .orElseGet(() -> CompletableFuture.completedFuture(null)));
    }

    @Override
    public synchronized CompletionStage<Void> subscribe(String name, String topicFilter, Handler handler) {
        if (closed) {
            return CompletableFuture.failedFuture(new RefusedException(Failure.permanent(
                    "bus.closed", "The bus is closed; " + name + " cannot subscribe.", "Open another one.")));
        }
        if (subscriptions.containsKey(name)) {
            throw new IllegalArgumentException("A subscriber named " + name + " is there already");
        }
        Subscription subscription = new Subscription(name, handler);
        subscription.start();
        subscriptions.put(name, subscription);
        BrokerClient client = new BrokerClient(
                configuration, configuration.clientPrefix() + "-" + name, SUBSCRIBER_SESSION, subscription::take);
        clients.add(client);
        return client.whenConnected(connected -> connected
                        .subscribeWith()
                        .topicFilter(topicFilter)
                        .qos(MqttQos.EXACTLY_ONCE)
                        // A session that is still there has had them: not every retained message at every start.
                        .retainHandling(Mqtt5RetainHandling.SEND_IF_SUBSCRIPTION_DOES_NOT_EXIST)
                        .send())
                .thenApply(granted -> null);
    }

    /** Disconnects. Sessions of subscribers stay at the broker; what is not acknowledged comes again next time. */
    @Override
    public synchronized void close() {
        closed = true;
        subscriptions.values().forEach(Subscription::close);
        clients.forEach(BrokerClient::close);
        publisher.close();
    }
}
