package org.voltwin.twin.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.voltwin.twin.hono.HonoConfiguration;

/** The Kafka of one machine, and what a Hono adapter writes to it. */
public final class KafkaProcess implements AutoCloseable {
    private static final String PASSWORD = "a password of this test";

    private final ForkedProcess process;
    private final int port;
    private KafkaProducer<String, byte[]> producer;

    public KafkaProcess(Path folder) throws IOException {
        port = ForkedProcess.freePort();
        Path config = folder.resolve("kafka.properties");
        Files.writeString(
                config,
                "port=" + port + "\ncontrollerPort=" + ForkedProcess.freePort() + "\ndataDir="
                        + folder.resolve("kafka-data") + "\nuser=hono\npassword=" + PASSWORD + "\n");
        process = new ForkedProcess(
                "kafka", "org.voltwin.standalone.kafka.Main", config, folder.resolve("kafka.log"), "-Xmx200m");
    }

    public void start() throws IOException {
        process.start();
        int before = readyCount();
        await().atMost(Duration.ofSeconds(60)).until(() -> readyCount() > before || !process.isAlive());
        if (!process.isAlive()) {
            throw new IOException(process.output());
        }
    }

    private int readyCount() {
        return process.output().split("kafka ready", -1).length;
    }

    public void kill() throws InterruptedException {
        process.kill();
    }

    public HonoConfiguration configuration() {
        return new HonoConfiguration("localhost:" + port, "hono", PASSWORD, "lab");
    }

    private Map<String, Object> client() {
        return Map.of(
                "bootstrap.servers",
                "localhost:" + port,
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required" + " username=\"hono\" password=\""
                        + PASSWORD + "\";");
    }

    /** Sends as a Hono adapter does. */
    public Future<RecordMetadata> send(String topic, String device, String contentType, byte[] payload) {
        return send(topic, device, contentType, payload, Map.of());
    }

    /** The same with more headers. */
    public Future<RecordMetadata> send(
            String topic, String device, String contentType, byte[] payload, Map<String, String> more) {
        if (producer == null) {
            producer = new KafkaProducer<>(client(), new StringSerializer(), new ByteArraySerializer());
        }
        List<Header> headers = new ArrayList<>(List.of(
                new RecordHeader("content-type", contentType.getBytes(UTF_8)),
                new RecordHeader("device_id", device.getBytes(UTF_8)),
                new RecordHeader("qos", "1".getBytes(UTF_8)),
                new RecordHeader("orig_adapter", "hono-mqtt".getBytes(UTF_8)),
                new RecordHeader(
                        "creation-time",
                        String.valueOf(Instant.now().toEpochMilli()).getBytes(UTF_8))));
        more.forEach((name, value) -> headers.add(new RecordHeader(name, value.getBytes(UTF_8))));
        return producer.send(new ProducerRecord<>(topic, null, device, payload, headers));
    }

    /** Reads a topic from its beginning. */
    public KafkaConsumer<String, byte[]> reader(String topic) {
        Map<String, Object> properties = new HashMap<>(client());
        properties.put("group.id", "reader-" + UUID.randomUUID());
        properties.put("auto.offset.reset", "earliest");
        KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(topic));
        return consumer;
    }

    @Override
    public void close() throws InterruptedException {
        if (producer != null) {
            producer.close(Duration.ofSeconds(2));
        }
        process.close();
    }
}
