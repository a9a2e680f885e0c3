package org.voltwin.standalone.ditto.connect.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperties;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperty;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.eclipse.ditto.connectivity.model.Connection;
import org.eclipse.ditto.connectivity.model.mqtt.SessionExpiryInterval;

/** MQTT 5: headers are user properties, but for the three the protocol has fields for. */
final class Mqtt5Wire implements MqttWire {
    private static final String CORRELATION_ID = "correlation-id";
    private static final String REPLY_TO = "reply-to";
    private static final int UNACKNOWLEDGED = 256;

    private final Mqtt5AsyncClient client;
    private final MqttOptions options;

    Mqtt5Wire(
            Connection connection,
            MqttOptions options,
            Executor executor,
            Consumer<Arrival> arrived,
            Consumer<String> disconnected) {
        this.options = options;
        var builder = MqttClients.common(Mqtt5Client.builder(), connection, options, disconnected);
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

    private static Arrival arrival(Mqtt5Publish publish) {
        var headers = new HashMap<String, String>();
        publish.getUserProperties()
                .asList()
                .forEach(property -> headers.put(
                        property.getName().toString().toLowerCase(Locale.ROOT),
                        property.getValue().toString()));
        publish.getContentType().ifPresent(type -> headers.put(ExternalMessage.CONTENT_TYPE, type.toString()));
        publish.getResponseTopic().ifPresent(topic -> headers.put(REPLY_TO, topic.toString()));
        publish.getCorrelationData()
                .ifPresent(
                        data -> headers.put(CORRELATION_ID, UTF_8.decode(data).toString()));
        return new Arrival(
                publish.getTopic().toString(),
                publish.getQos().getCode(),
                publish.isRetain(),
                headers,
                publish.getPayloadAsBytes(),
                publish::acknowledge);
    }

    @Override
    public CompletionStage<Void> connect() {
        var connect = client.connectWith()
                .cleanStart(options.cleanSession())
                .keepAlive((int) options.keepAlive().toSeconds())
                .restrictions()
                .receiveMaximum(UNACKNOWLEDGED)
                .applyRestrictions();
        if (!options.cleanSession()) {
            connect = connect.sessionExpiryInterval(
                    SessionExpiryInterval.defaultSessionExpiryInterval().getSeconds());
        }
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
        var headers = new HashMap<>(message.headers());
        var publish = Mqtt5Publish.builder()
                .topic(topic)
                .qos(Objects.requireNonNull(MqttQos.fromCode(qos)))
                .retain(retain)
                .payload(message.payload());
        String contentType = headers.remove(ExternalMessage.CONTENT_TYPE);
        String correlationId = headers.remove(CORRELATION_ID);
        String replyTo = headers.remove(REPLY_TO);
        if (contentType != null) {
            publish = publish.contentType(contentType);
        }
        if (correlationId != null) {
            publish = publish.correlationData(ByteBuffer.wrap(correlationId.getBytes(UTF_8)));
        }
        if (replyTo != null) {
            publish = publish.responseTopic(replyTo);
        }
        return client.publish(publish.userProperties(properties(headers)).build())
                .thenCompose(Mqtt5Wire::outcome);
    }

    private static CompletionStage<Void> outcome(Mqtt5PublishResult result) {
        return result.getError()
                .map(CompletableFuture::<Void>failedFuture)
                .orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    private static Mqtt5UserProperties properties(Map<String, String> headers) {
        return Mqtt5UserProperties.of(headers.entrySet().stream()
                .map(header -> Mqtt5UserProperty.of(header.getKey(), header.getValue()))
                .toList());
    }

    @Override
    public void disconnect() {
        MqttClients.forget(client.disconnect());
    }
}
