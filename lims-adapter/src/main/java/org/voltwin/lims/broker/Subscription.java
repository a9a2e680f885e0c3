package org.voltwin.lims.broker;

import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.model.port.MessageBus;

/**
 * Hands messages to a handler one after the other, and acknowledges each when the handler is done. A message whose
 * handler failed is handed to it again, later and later, and stays unacknowledged meanwhile: if this process dies, the
 * broker delivers it to the next one. The broker holds back when too much is unacknowledged, so the queue is bounded.
 */
final class Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);
    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final String name;
    private final MessageBus.Handler handler;
    private final BlockingQueue<Mqtt5Publish> queue = new LinkedBlockingQueue<>();
    private @Nullable Thread worker;

    Subscription(String name, MessageBus.Handler handler) {
        this.name = name;
        this.handler = handler;
    }

    void start() {
        worker = Thread.ofVirtual().name("bus-" + name).start(this::work);
    }

    void take(Mqtt5Publish message) {
        queue.add(message);
    }

    private void work() {
        try {
            while (true) {
                Mqtt5Publish message = queue.take();
                Duration wait = FIRST_WAIT;
                while (!handled(message)) {
                    TimeUnit.MILLISECONDS.sleep(wait.toMillis());
                    wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait.multipliedBy(2);
                }
                message.acknowledge();
            }
        } catch (InterruptedException e) {
            LOG.debug("Subscription {} is closed", name);
        }
    }

    private boolean handled(Mqtt5Publish message) throws InterruptedException {
        String topic = message.getTopic().toString();
        try {
            handler.handle(topic, message.getPayloadAsBytes())
                    .toCompletableFuture()
                    .get();
            return true;
        } catch (ExecutionException | CompletionException e) {
            LOG.warn(
                    "{} failed on a message of {}, which it will get again: {}",
                    name,
                    topic,
                    String.valueOf(e.getCause()));
            return false;
        } catch (RuntimeException e) {
            LOG.error("{} failed on a message of {}, which it will get again", name, topic, e);
            return false;
        }
    }

    void close() {
        Thread thread = worker;
        if (thread != null) {
            thread.interrupt();
        }
    }
}
