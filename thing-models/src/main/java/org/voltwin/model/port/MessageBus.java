package org.voltwin.model.port;

import java.util.concurrent.CompletionStage;

/**
 * The laboratory's broker. Messages are published with QoS 2; a durable subscription gets what was published while it
 * was away. Delivery is at least once across restarts: handlers are idempotent.
 */
public interface MessageBus extends AutoCloseable {
    /** Completes when the broker has the message; fails when it cannot be had. Retries over reconnects by itself. */
    CompletionStage<Void> publish(String topic, byte[] payload, boolean retain);

    /**
     * Subscribes. The message is acknowledged to the broker when the handler's stage completes; a handler that fails
     * gets it again after a reconnect.
     *
     * @param name durable identity of this subscriber, unique per purpose: {@code collector}
     * @param topicFilter MQTT topic filter
     */
    CompletionStage<Void> subscribe(String name, String topicFilter, Handler handler);

    @Override
    void close();

    /** Takes a message. */
    @FunctionalInterface
    interface Handler {
        CompletionStage<Void> handle(String topic, byte[] payload);
    }
}
