package org.voltwin.standalone.edge.hono;

import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.messages.MqttPublishMessage;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.hono.client.ClientErrorException;
import org.eclipse.hono.client.command.CommandResponse;
import org.eclipse.hono.service.auth.DeviceUser;
import org.eclipse.hono.util.QoS;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection of one device. Runs on one event loop.
 *
 * <p>A publish is acknowledged after Kafka has the record. When that fails the connection is closed without an
 * acknowledgement: MQTT 3.1.1 clients resend what is unacknowledged exactly when they connect again.
 */
final class MqttSession {

    private static final Logger LOG = LoggerFactory.getLogger(MqttSession.class);

    /** Unacknowledged messages and bytes that one connection may keep in memory; beyond that it is not read. */
    private static final int MAX_UNACKNOWLEDGED = 256;

    private static final int MAX_UNACKNOWLEDGED_BYTES = 8 * 1024 * 1024;

    private final UplinkAdapter adapter;
    private final MqttEndpoint endpoint;
    private final DeviceUser device;
    private final MqttCommands commands;
    private final MqttFlow flow;
    private final Consumer<MqttSession> closed;
    private int unacknowledged;
    private int unacknowledgedBytes;

    MqttSession(
            Vertx vertx,
            UplinkAdapter adapter,
            MqttEndpoint endpoint,
            DeviceUser device,
            Consumer<MqttSession> closed) {
        this.adapter = adapter;
        this.endpoint = endpoint;
        this.device = device;
        this.closed = closed;
        this.flow = MqttFlow.of(endpoint);
        this.commands = new MqttCommands(vertx, adapter, endpoint, device);
    }

    void open() {
        endpoint.publishAutoAck(false);
        endpoint.subscriptionAutoAck(false);
        endpoint.publishHandler(this::published);
        endpoint.subscribeHandler(commands::subscribe);
        endpoint.unsubscribeHandler(commands::unsubscribe);
        endpoint.publishAcknowledgeHandler(commands::acknowledged);
        endpoint.exceptionHandler(failure -> LOG.info(
                "connection failed device={} cause={}", device.getDeviceId(), String.valueOf(failure.getMessage())));
        endpoint.closeHandler(nothing -> {
            commands.close();
            closed.accept(this);
            LOG.info("device disconnected tenant={} device={}", device.getTenantId(), device.getDeviceId());
        });
        endpoint.accept(false);
    }

    void disconnect() {
        if (endpoint.isConnected()) {
            endpoint.close();
        }
    }

    private void published(MqttPublishMessage message) {
        int bytes = message.payload().length();
        unacknowledged++;
        unacknowledgedBytes += bytes;
        if (full()) {
            flow.pause();
        }
        forward(message).onComplete(result -> {
            unacknowledged--;
            unacknowledgedBytes -= bytes;
            if (result.failed()) {
                refused(message, result.cause());
            } else if (message.qosLevel() == MqttQoS.AT_LEAST_ONCE && endpoint.isConnected()) {
                endpoint.publishAcknowledge(message.messageId());
            }
            if (!full()) {
                flow.resume();
            }
        });
    }

    private boolean full() {
        return unacknowledged >= MAX_UNACKNOWLEDGED || unacknowledgedBytes >= MAX_UNACKNOWLEDGED_BYTES;
    }

    private Future<Void> forward(MqttPublishMessage message) {
        if (message.qosLevel() == MqttQoS.EXACTLY_ONCE) {
            return refuse("QoS 2 is not offered to devices: use QoS 1");
        }
        if (message.payload().length() > HonoEdge.MAX_PAYLOAD_BYTES) {
            return refuse("the payload has more than " + HonoEdge.MAX_PAYLOAD_BYTES + " bytes");
        }
        return switch (DeviceTopic.parse(message.topicName())) {
            case DeviceTopic.Telemetry(var tenant, var target, var properties) ->
                adapter.upload(uplink(UplinkAdapter.Endpoint.TELEMETRY, tenant, target, message, properties));
            case DeviceTopic.Event(var tenant, var target, var properties) ->
                message.qosLevel() == MqttQoS.AT_LEAST_ONCE
                        ? adapter.upload(uplink(UplinkAdapter.Endpoint.EVENT, tenant, target, message, properties))
                        : refuse("events are published with QoS 1");
            case DeviceTopic.Answer answer -> answer(message, answer);
            case DeviceTopic.Unknown(var cause) -> refuse(cause);
        };
    }

    private Future<Void> answer(MqttPublishMessage message, DeviceTopic.Answer answer) {
        String target = answer.device() == null ? device.getDeviceId() : answer.device();
        CommandResponse response = CommandResponse.fromRequestId(
                answer.request(),
                device.getTenantId(),
                target,
                message.payload(),
                contentType(message, answer.properties()),
                answer.status());
        return response == null
                ? refuse("'" + answer.request() + "' is not the id of a command")
                : adapter.answer(device, answer.tenant(), answer.device(), response);
    }

    private UplinkAdapter.Uplink uplink(
            UplinkAdapter.Endpoint to,
            @Nullable String tenant,
            @Nullable String target,
            MqttPublishMessage message,
            Map<String, String> properties) {
        QoS qos = message.qosLevel() == MqttQoS.AT_LEAST_ONCE ? QoS.AT_LEAST_ONCE : QoS.AT_MOST_ONCE;
        return new UplinkAdapter.Uplink(
                to,
                device,
                tenant,
                target,
                qos,
                contentType(message, properties),
                message.payload(),
                message.topicName(),
                null);
    }

    /** From the topic's properties, or from the property that MQTT 5 has for it. */
    private static @Nullable String contentType(MqttPublishMessage message, Map<String, String> properties) {
        String given = properties.get(UplinkAdapter.CONTENT_TYPE);
        if (given != null) {
            return given;
        }
        MqttProperties.MqttProperty<?> property =
                message.properties().getProperty(MqttProperties.MqttPropertyType.CONTENT_TYPE.value());
        return property == null ? null : String.valueOf(property.value());
    }

    private static Future<Void> refuse(String cause) {
        return Future.failedFuture(new ClientErrorException(HttpURLConnection.HTTP_BAD_REQUEST, cause));
    }

    private void refused(MqttPublishMessage message, Throwable failure) {
        LOG.warn(
                "message not taken, closing device={} topic={} cause={}",
                device.getDeviceId(),
                message.topicName(),
                String.valueOf(failure.getMessage()));
        disconnect();
    }
}
