package org.voltwin.standalone.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaNodeIT {

    private static final String USER = "voltwin";
    private static final String PASSWORD = "a \"quoted\\ pass";
    private static final String TOPIC = "hono.telemetry.lab";

    @Test
    void keepsAcknowledgedRecordsOverKillAndRefusesAWrongPassword(@TempDir Path folder) throws Exception {
        try (KafkaProcess kafka = new KafkaProcess(folder, USER, PASSWORD)) {
            kafka.awaitReady();
            createTopic(kafka.port);
            List<String> sent =
                    IntStream.range(0, 500).mapToObj(i -> "row " + i).toList();
            produce(kafka.port, sent);

            kafka.kill();
            kafka.restart();
            assertThat(consume(kafka.port, sent.size())).containsExactlyInAnyOrderElementsOf(sent);

            try (Admin admin = Admin.create(client(kafka.port, USER, "not the password"))) {
                assertThatThrownBy(() -> admin.listTopics().names().get())
                        .isInstanceOf(ExecutionException.class)
                        .hasCauseInstanceOf(SaslAuthenticationException.class);
            }
            assertThat(kafka.stop()).as("ends on SIGTERM").isTrue();
            kafka.restart();
            assertThat(consume(kafka.port, sent.size())).hasSize(sent.size());
        }
    }

    /**
     * Waits until the leaders are at work. On a topic that its first record creates, Kafka may refuse an idempotent
     * producer's first batch and take its second, and then the first one never again.
     */
    private static void createTopic(int port) throws Exception {
        try (Admin admin = Admin.create(client(port, USER, PASSWORD))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 4, (short) 1))).all().get();
            Map<TopicPartition, OffsetSpec> partitions = IntStream.range(0, 4)
                    .boxed()
                    .collect(Collectors.toMap(i -> new TopicPartition(TOPIC, i), i -> OffsetSpec.latest()));
            admin.listOffsets(partitions).all().get();
        }
    }

    private static void produce(int port, List<String> rows) throws Exception {
        Map<String, Object> config = client(port, USER, PASSWORD);
        config.put("acks", "all");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            List<Future<RecordMetadata>> acknowledgements = new ArrayList<>();
            rows.forEach(row -> acknowledgements.add(producer.send(new ProducerRecord<>(TOPIC, row, row))));
            for (Future<RecordMetadata> acknowledgement : acknowledgements) {
                acknowledgement.get();
            }
        }
    }

    private static List<String> consume(int port, int expected) {
        Map<String, Object> config = client(port, USER, PASSWORD);
        config.put("group.id", "reader-" + System.nanoTime());
        config.put("auto.offset.reset", "earliest");
        List<String> rows = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(TOPIC));
            await().atMost(Duration.ofSeconds(30)).pollDelay(Duration.ZERO).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> rows.add(record.value()));
                return rows.size() >= expected;
            });
        }
        return rows;
    }

    private static Map<String, Object> client(int port, String user, String password) {
        Map<String, Object> config = new HashMap<>();
        config.put("bootstrap.servers", "localhost:" + port);
        config.put("security.protocol", "SASL_PLAINTEXT");
        config.put("sasl.mechanism", "PLAIN");
        config.put(
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\";"
                        .formatted(user, password.replace("\\", "\\\\").replace("\"", "\\\"")));
        return config;
    }
}
