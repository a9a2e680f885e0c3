package org.voltwin.standalone.edge.hono;

import io.netty.handler.codec.mqtt.MqttQoS;
import io.opentracing.noop.NoopSpan;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.MqttTopicSubscription;
import io.vertx.mqtt.messages.MqttSubscribeMessage;
import io.vertx.mqtt.messages.MqttUnsubscribeMessage;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.hono.client.ClientErrorException;
import org.eclipse.hono.client.ServerErrorException;
import org.eclipse.hono.client.command.Command;
import org.eclipse.hono.client.command.CommandContext;
import org.eclipse.hono.client.command.ProtocolAdapterCommandConsumer;
import org.eclipse.hono.service.auth.DeviceUser;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The commands of one connection: subscriptions, delivery, and the acknowledgements that a sender is told of. */
final class MqttCommands {

    private static final Logger LOG = LoggerFactory.getLogger(MqttCommands.class);

    /** A device that takes longer to acknowledge a command counts as not reached. */
    private static final long ACKNOWLEDGE_WITHIN_MILLIS = TimeUnit.SECONDS.toMillis(5);

    private record Subscription(CommandFilter filter, MqttQoS qos, ProtocolAdapterCommandConsumer consumer) {}

    private final Vertx vertx;
    private final UplinkAdapter adapter;
    private final MqttEndpoint endpoint;
    private final DeviceUser device;
    private final Map<String, Subscription> subscriptions = new HashMap<>();
    private final Map<Integer, Promise<Void>> awaited = new HashMap<>();
    private boolean closed;

    MqttCommands(Vertx vertx, UplinkAdapter adapter, MqttEndpoint endpoint, DeviceUser device) {
        this.vertx = vertx;
        this.adapter = adapter;
        this.endpoint = endpoint;
        this.device = device;
    }

    void subscribe(MqttSubscribeMessage message) {
        List<Future<MqttQoS>> granted = new ArrayList<>();
        message.topicSubscriptions().forEach(wanted -> granted.add(subscribe(wanted)));
        Future.join(granted).onComplete(all -> {
            if (endpoint.isConnected()) {
                endpoint.subscribeAcknowledge(
                        message.messageId(),
                        granted.stream().map(Future::result).toList());
            }
        });
    }

    private Future<MqttQoS> subscribe(MqttTopicSubscription wanted) {
        Optional<CommandFilter> parsed = CommandFilter.parse(wanted.topicName(), device);
        if (parsed.isEmpty()) {
            LOG.info("subscription refused device={} filter={}", device.getDeviceId(), wanted.topicName());
            return Future.succeededFuture(MqttQoS.FAILURE);
        }
        CommandFilter filter = parsed.get();
        MqttQoS qos = wanted.qualityOfService() == MqttQoS.AT_MOST_ONCE ? MqttQoS.AT_MOST_ONCE : MqttQoS.AT_LEAST_ONCE;
        return consumer(filter, qos)
                .map(consumer -> {
                    Subscription subscription = new Subscription(filter, qos, consumer);
                    if (closed) {
                        end(subscription);
                    } else {
                        Subscription before = subscriptions.put(filter.filter(), subscription);
                        LOG.info(
                                "commands subscribed device={} filter={} again={}",
                                device.getDeviceId(),
                                filter.filter(),
                                before != null);
                    }
                    return qos;
                })
                .otherwise(failure -> {
                    LOG.warn("commands not subscribed device={}", device.getDeviceId(), failure);
                    return MqttQoS.FAILURE;
                });
    }

    private Future<ProtocolAdapterCommandConsumer> consumer(CommandFilter filter, MqttQoS qos) {
        String behindGateway = filter.device();
        return behindGateway == null
                ? adapter.getCommandConsumerFactory()
                        .createCommandConsumer(
                                device.getTenantId(),
                                device.getDeviceId(),
                                true,
                                context -> deliver(context, filter, qos),
                                null,
                                NoopSpan.INSTANCE.context())
                : adapter.getCommandConsumerFactory()
                        .createCommandConsumer(
                                device.getTenantId(),
                                behindGateway,
                                device.getDeviceId(),
                                true,
                                context -> deliver(context, filter, qos),
                                null,
                                NoopSpan.INSTANCE.context());
    }

    private Future<Void> deliver(CommandContext context, CommandFilter filter, MqttQoS qos) {
        Command command = context.getCommand();
        if (!command.isValid()) {
            ClientErrorException invalid =
                    new ClientErrorException(HttpURLConnection.HTTP_BAD_REQUEST, command.getInvalidCommandReason());
            context.reject(invalid);
            return Future.failedFuture(invalid);
        }
        return publish(filter.topic(command, device), command.getPayload(), qos)
                .onSuccess(nothing -> {
                    LOG.info("command delivered device={} name={}", command.getDeviceId(), command.getName());
                    context.accept();
                })
                .onFailure(failure -> {
                    LOG.info(
                            "command not delivered device={} name={} cause={}",
                            command.getDeviceId(),
                            command.getName(),
                            failure.getMessage());
                    context.release(failure);
                });
    }

    private Future<Void> publish(String topic, @Nullable Buffer payload, MqttQoS qos) {
        if (closed || !endpoint.isConnected()) {
            return notReached("the device is not connected");
        }
        Promise<Void> acknowledged = Promise.promise();
        return endpoint.publish(topic, payload == null ? Buffer.buffer() : payload, qos, false, false)
                .compose(id -> {
                    if (qos == MqttQoS.AT_MOST_ONCE) {
                        return Future.succeededFuture();
                    }
                    awaited.put(id, acknowledged);
                    long timer = vertx.setTimer(ACKNOWLEDGE_WITHIN_MILLIS, fired -> {
                        awaited.remove(id);
                        acknowledged.tryFail(new ServerErrorException(
                                HttpURLConnection.HTTP_UNAVAILABLE, "the device did not acknowledge the command"));
                    });
                    return acknowledged.future().onComplete(done -> vertx.cancelTimer(timer));
                });
    }

    private static Future<Void> notReached(String cause) {
        return Future.failedFuture(new ServerErrorException(HttpURLConnection.HTTP_UNAVAILABLE, cause));
    }

    void acknowledged(int messageId) {
        Promise<Void> waiting = awaited.remove(messageId);
        if (waiting != null) {
            waiting.tryComplete();
        }
    }

    void unsubscribe(MqttUnsubscribeMessage message) {
        message.topics().forEach(topic -> {
            Subscription subscription = subscriptions.remove(topic);
            if (subscription != null) {
                end(subscription);
            }
        });
        endpoint.unsubscribeAcknowledge(message.messageId());
    }

    void close() {
        closed = true;
        subscriptions.values().forEach(this::end);
        subscriptions.clear();
        awaited.values()
                .forEach(waiting -> waiting.tryFail(new ServerErrorException(
                        HttpURLConnection.HTTP_UNAVAILABLE, "the device went away before it acknowledged")));
        awaited.clear();
    }

    private void end(Subscription subscription) {
        subscription
                .consumer()
                .close(true, NoopSpan.INSTANCE.context())
                .onFailure(failure -> LOG.debug(
                        "subscription was taken over or gone device={} filter={}",
                        device.getDeviceId(),
                        subscription.filter().filter(),
                        failure));
    }
}
