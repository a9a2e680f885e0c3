package org.voltwin.standalone.ditto.connect.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.eclipse.ditto.connectivity.model.Source;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.standalone.ditto.connect.transport.Received.Verdict;

/**
 * One consumer of one source, on a thread of its own. Offsets are committed when the effects of all records before them
 * are durable; what is to come again, and everything after it, is read again.
 */
final class KafkaIntake {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaIntake.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration BEFORE_AGAIN = Duration.ofSeconds(1);
    private static final long PATIENCE_SECONDS = 120;

    private record Pending(ConsumerRecord<String, byte[]> record, CompletableFuture<Verdict> verdict) {}

    private final Source source;
    private final Map<String, Object> options;
    private final Transport.Listener listener;
    private final CompletableFuture<Void> assigned = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean closed;
    private volatile @org.jspecify.annotations.Nullable KafkaConsumer<String, byte[]> consumer;

    KafkaIntake(Source source, Map<String, Object> options, Transport.Listener listener) {
        this.source = source;
        this.options = options;
        this.listener = listener;
        this.thread = Thread.ofPlatform().daemon().name("kafka-intake").unstarted(this::run);
    }

    /** Completes when it takes part in its group and knows where to go on. */
    CompletableFuture<Void> start() {
        thread.start();
        return assigned;
    }

    private void run() {
        try (var kafka = new KafkaConsumer<String, byte[]>(options)) {
            consumer = kafka;
            kafka.subscribe(source.getAddresses(), new FirstPositions(kafka));
            while (!closed) {
                ConsumerRecords<String, byte[]> records = kafka.poll(POLL);
                if (!records.isEmpty() && !take(kafka, records)) {
                    pause(kafka);
                }
            }
        } catch (WakeupException e) {
            LOG.debug("kafka.intake-closed");
        } catch (RuntimeException e) {
            if (!assigned.completeExceptionally(e) && !closed) {
                listener.lost(String.valueOf(e.getMessage()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            assigned.completeExceptionally(new IllegalStateException("The connection was closed."));
        }
    }

    /** Stays in the group without being given anything for a while. */
    private void pause(KafkaConsumer<String, byte[]> kafka) {
        kafka.pause(kafka.assignment());
        kafka.poll(BEFORE_AGAIN);
        kafka.resume(kafka.assignment());
    }

    /** @return false when something is to come again */
    private boolean take(KafkaConsumer<String, byte[]> kafka, ConsumerRecords<String, byte[]> records)
            throws InterruptedException {
        var pending = new ArrayList<Pending>(records.count());
        for (ConsumerRecord<String, byte[]> record : records) {
            var verdict = new CompletableFuture<Verdict>();
            pending.add(new Pending(record, verdict));
            listener.received(received(record, verdict));
        }
        var next = new HashMap<TopicPartition, Long>();
        var again = new HashMap<TopicPartition, Long>();
        for (Pending one : pending) {
            var partition =
                    new TopicPartition(one.record().topic(), one.record().partition());
            if (again.containsKey(partition)) {
                continue;
            }
            if (isDone(one)) {
                next.put(partition, one.record().offset() + 1);
            } else {
                again.put(partition, one.record().offset());
            }
        }
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        next.forEach((partition, offset) -> offsets.put(partition, new OffsetAndMetadata(offset)));
        kafka.commitSync(offsets);
        again.forEach(kafka::seek);
        return again.isEmpty();
    }

    private boolean isDone(Pending pending) throws InterruptedException {
        boolean atMostOnce = source.getQos().filter(qos -> qos == 0).isPresent();
        try {
            return atMostOnce || pending.verdict().get(PATIENCE_SECONDS, TimeUnit.SECONDS) == Verdict.DONE;
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("kafka.not-settled topic={} {}", pending.record().topic(), e.toString());
            return false;
        }
    }

    private Received received(ConsumerRecord<String, byte[]> record, CompletableFuture<Verdict> verdict) {
        var headers = new HashMap<String, String>();
        record.headers().forEach(header -> {
            if (header.value() != null) {
                headers.put(header.key().toLowerCase(Locale.ROOT), new String(header.value(), UTF_8));
            }
        });
        headers.put("kafka.topic", record.topic());
        headers.put("kafka.timestamp", Long.toString(record.timestamp()));
        if (record.key() != null) {
            headers.put("kafka.key", record.key());
        }
        byte[] payload = record.value() == null ? new byte[0] : record.value();
        var message = new ExternalMessage(Map.copyOf(headers), payload, MqttTransport.isText(payload));
        return new Received(source, record.topic(), record.topic(), message, verdict::complete);
    }

    void close() {
        closed = true;
        var running = consumer;
        if (running != null) {
            running.wakeup();
        }
    }

    /** Writes down where it begins, so that a crash before the first record leaves no gap. */
    private final class FirstPositions implements ConsumerRebalanceListener {
        private final KafkaConsumer<String, byte[]> kafka;

        FirstPositions(KafkaConsumer<String, byte[]> kafka) {
            this.kafka = kafka;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            var positions = new HashMap<TopicPartition, OffsetAndMetadata>();
            List.copyOf(partitions)
                    .forEach(partition -> positions.put(partition, new OffsetAndMetadata(kafka.position(partition))));
            kafka.commitSync(positions);
            assigned.complete(null);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            // Everything taken is settled and committed before the next poll.
        }
    }
}
