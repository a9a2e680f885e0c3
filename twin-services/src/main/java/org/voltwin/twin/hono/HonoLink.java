package org.voltwin.twin.hono;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.kafka.client.consumer.KafkaConsumerRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.eclipse.hono.application.client.DownstreamMessage;
import org.eclipse.hono.application.client.kafka.KafkaMessageContext;
import org.eclipse.hono.application.client.kafka.impl.KafkaApplicationClientImpl;
import org.eclipse.hono.application.client.kafka.impl.KafkaDownstreamMessage;
import org.eclipse.hono.client.kafka.CommonKafkaClientConfigProperties;
import org.eclipse.hono.client.kafka.HonoTopic;
import org.eclipse.hono.client.kafka.consumer.AsyncHandlingAutoCommitKafkaConsumer;
import org.eclipse.hono.client.kafka.consumer.MessagingKafkaConsumerConfigProperties;
import org.eclipse.hono.client.kafka.producer.CachingKafkaProducerFactory;
import org.eclipse.hono.client.kafka.producer.MessagingKafkaProducerConfigProperties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hono's north-bound Kafka API. Telemetry and events are taken with Hono's consumer for asynchronous handling: an
 * offset is committed only after everything up to it was handled. (The application client's own consumers commit on a
 * timer, whatever the handler does; a sample could be lost with them.)
 */
public final class HonoLink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HonoLink.class);
    private static final long PATIENCE_SECONDS = 30;

    /** Takes a message; the offset is committed when the stage completes. */
    @FunctionalInterface
    public interface Handler {
        CompletableFuture<Void> handle(String device, String topic, String contentType, byte[] payload);
    }

    private final HonoConfiguration configuration;
    private final Vertx vertx;
    private final CommonKafkaClientConfigProperties common = new CommonKafkaClientConfigProperties();
    private final KafkaApplicationClientImpl commands;
    private final CachingKafkaProducerFactory<String, Buffer> producers;
    private final List<AsyncHandlingAutoCommitKafkaConsumer<Buffer>> consumers =
            new java.util.concurrent.CopyOnWriteArrayList<>();
    private volatile boolean up;
    private boolean commandsStarted;
    private volatile boolean closed;
    private @Nullable Thread starter;

    public HonoLink(Vertx vertx, HonoConfiguration configuration) {
        this.vertx = vertx;
        this.configuration = configuration;
        common.setCommonClientConfig(configuration.clientProperties());
        producers = CachingKafkaProducerFactory.nonSharedFactory(vertx);
        MessagingKafkaProducerConfigProperties producer = new MessagingKafkaProducerConfigProperties();
        producer.setCommonClientConfig(common);
        commands = new KafkaApplicationClientImpl(vertx, consumerProperties(Map.of()), producers, producer);
    }

    private MessagingKafkaConsumerConfigProperties consumerProperties(Map<String, String> more) {
        MessagingKafkaConsumerConfigProperties consumer = new MessagingKafkaConsumerConfigProperties();
        consumer.setCommonClientConfig(common);
        consumer.setConsumerConfig(more);
        return consumer;
    }

    /** Connects, and tries again until it can; returns at once. */
    public void start(Handler telemetry, Handler events) {
        starter = Thread.ofVirtual().name("hono-start").start(() -> {
            while (!closed && !tryStart(telemetry, events)) {
                try {
                    TimeUnit.SECONDS.sleep(2);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        });
    }

    private boolean tryStart(Handler telemetry, Handler events) {
        try {
            String telemetryTopic = new HonoTopic(HonoTopic.Type.TELEMETRY, configuration.tenant()).toString();
            String eventTopic = new HonoTopic(HonoTopic.Type.EVENT, configuration.tenant()).toString();
            String responseTopic = new HonoTopic(HonoTopic.Type.COMMAND_RESPONSE, configuration.tenant()).toString();
            createTopics(Set.of(telemetryTopic, eventTopic, responseTopic));
            if (!commandsStarted) {
                await(commands.start());
                commandsStarted = true;
            }
            consume(telemetryTopic, "telemetry", telemetry);
            consume(eventTopic, "events", events);
            up = true;
            LOG.info("Taking telemetry and events of Hono's tenant {}", configuration.tenant());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            LOG.info("Hono's Kafka cannot be used yet, trying again: {}", e.toString());
            LOG.debug("The reason", e);
            stopConsumers();
            return false;
        }
    }

    /** A consumer that subscribes before its topic is there hears of it only minutes later. */
    private void createTopics(Set<String> topics) throws InterruptedException, ExecutionException, TimeoutException {
        Map<String, Object> properties = new HashMap<>(configuration.clientProperties());
        properties.put("request.timeout.ms", "10000");
        properties.put("default.api.timeout.ms", "20000");
        try (Admin admin = Admin.create(properties)) {
            Set<String> known = admin.listTopics().names().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            for (String topic : topics) {
                if (!known.contains(topic)) {
                    create(admin, topic);
                }
            }
        }
    }

    private static void create(Admin admin, String topic)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            admin.createTopics(List.of(new NewTopic(topic, java.util.Optional.empty(), java.util.Optional.empty())))
                    .all()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private void consume(String topic, String purpose, Handler handler)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<String, String> properties = consumerProperties(Map.of(
                        "group.id", "voltwin-" + purpose,
                        "auto.offset.reset", "earliest",
                        "max.poll.records", "50"))
                .getConsumerConfig(purpose);
        AsyncHandlingAutoCommitKafkaConsumer<Buffer> consumer = new AsyncHandlingAutoCommitKafkaConsumer<>(
                vertx, Set.of(topic), record -> handled(record, handler), properties);
        consumer.setRespectTtl(false);
        CompletableFuture<Void> ready = new CompletableFuture<>();
        consumer.addOnKafkaConsumerReadyHandler(done -> {
            if (done.succeeded()) {
                ready.complete(null);
            } else {
                ready.completeExceptionally(done.cause());
            }
        });
        consumers.add(consumer);
        await(consumer.start());
        ready.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static Future<Void> handled(KafkaConsumerRecord<String, Buffer> record, Handler handler) {
        DownstreamMessage<KafkaMessageContext> message = new KafkaDownstreamMessage(record);
        Buffer payload = message.getPayload();
        String contentType = message.getContentType();
        return Future.fromCompletionStage(handler.handle(
                message.getDeviceId(),
                record.topic(),
                contentType == null ? "" : contentType,
                payload == null ? new byte[0] : payload.getBytes()));
    }

    static <T> T await(Future<T> future) throws InterruptedException, ExecutionException, TimeoutException {
        return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    String tenant() {
        return configuration.tenant();
    }

    KafkaApplicationClientImpl commands() {
        return commands;
    }

    /** Whether consumers are running. */
    public boolean isUp() {
        return up;
    }

    private void stopConsumers() {
        up = false;
        for (AsyncHandlingAutoCommitKafkaConsumer<Buffer> consumer : consumers) {
            try {
                await(consumer.stop());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException | RuntimeException e) {
                LOG.debug("A consumer did not stop", e);
            }
        }
        consumers.clear();
    }

    @Override
    public void close() {
        closed = true;
        Thread running = starter;
        if (running != null) {
            running.interrupt();
        }
        stopConsumers();
        try {
            await(commands.stop());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            LOG.debug("The command sender did not stop", e);
        }
    }
}
