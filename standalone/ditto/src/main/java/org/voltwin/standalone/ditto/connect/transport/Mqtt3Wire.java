package org.voltwin.standalone.ditto.connect.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.eclipse.ditto.connectivity.model.Connection;

/** MQTT 3.1.1: a message has no headers. */
final class Mqtt3Wire implements MqttWire {
    private final Mqtt3AsyncClient client;
    private final MqttOptions options;

    Mqtt3Wire(
            Connection connection,
            MqttOptions options,
            Executor executor,
            Consumer<Arrival> arrived,
            Consumer<String> disconnected) {
        this.options = options;
        var builder = MqttClients.common(Mqtt3Client.builder(), connection, options, disconnected);
        String user = connection.getUsername().orElse(null);
        if (user != null) {
            builder = builder.simpleAuth()
                    .username(user)
                    .password(connection.getPassword().orElse("").getBytes(UTF_8))
                    .applySimpleAuth();
        }
        this.client = builder.buildAsync();
        // Before connecting: a session that is still there delivers at once.
        client.publishes(MqttGlobalPublishFilter.ALL, publish -> arrived.accept(arrival(publish)), executor, true);
    }

    private static Arrival arrival(Mqtt3Publish publish) {
        return new Arrival(
                publish.getTopic().toString(),
                publish.getQos().getCode(),
                publish.isRetain(),
                Map.of(),
                publish.getPayloadAsBytes(),
                publish::acknowledge);
    }

    @Override
    public CompletionStage<Void> connect() {
        var connect = client.connectWith().cleanSession(options.cleanSession()).keepAlive((int)
                options.keepAlive().toSeconds());
        MqttOptions.Will will = options.will();
        if (will != null) {
            connect = connect.willPublish()
                    .topic(will.topic())
                    .qos(Objects.requireNonNull(MqttQos.fromCode(will.qos())))
                    .payload(will.message().getBytes(UTF_8))
                    .retain(will.retain())
                    .applyWillPublish();
        }
        return connect.send().thenApply(ack -> null);
    }

    @Override
    public CompletionStage<Void> subscribe(List<Subscription> subscriptions) {
        CompletionStage<Void> all = CompletableFuture.completedFuture(null);
        for (Subscription one : subscriptions) {
            all = all.thenCompose(done -> client.subscribeWith()
                    .topicFilter(one.filter())
                    .qos(Objects.requireNonNull(MqttQos.fromCode(one.qos())))
                    .send()
                    .thenApply(ack -> null));
        }
        return all;
    }

    @Override
    public CompletionStage<Void> publish(String topic, int qos, boolean retain, ExternalMessage message) {
        return client.publish(Mqtt3Publish.builder()
                        .topic(topic)
                        .qos(Objects.requireNonNull(MqttQos.fromCode(qos)))
                        .retain(retain)
                        .payload(message.payload())
                        .build())
                .thenApply(sent -> null);
    }

    @Override
    public void disconnect() {
        MqttClients.forget(client.disconnect());
    }
}
