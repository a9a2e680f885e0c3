package org.voltwin.standalone.edge;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Everything that arrives in one topic, read from its beginning in the background. */
final class Records implements AutoCloseable {

    private final List<ConsumerRecord<String, String>> seen = new CopyOnWriteArrayList<>();
    private final Thread reader;
    private volatile boolean running = true;

    Records(Lab lab, String topic) {
        Map<String, Object> config = new HashMap<>(lab.kafkaClient());
        config.put("group.id", "records-" + System.nanoTime());
        config.put("auto.offset.reset", "earliest");
        reader = Thread.ofPlatform().daemon().start(() -> {
            try (KafkaConsumer<String, String> consumer =
                    new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
                consumer.subscribe(List.of(topic));
                while (running) {
                    consumer.poll(Duration.ofMillis(100)).forEach(seen::add);
                }
            }
        });
    }

    List<String> values() {
        return seen.stream().map(ConsumerRecord::value).toList();
    }

    List<ConsumerRecord<String, String>> records() {
        return seen;
    }

    static String header(ConsumerRecord<String, String> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), java.nio.charset.StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws InterruptedException {
        running = false;
        reader.join(10_000);
    }
}
