package org.voltwin.standalone.edge.hono;

import java.util.HashMap;
import java.util.Map;
import org.eclipse.hono.client.kafka.CommonKafkaClientConfigProperties;
import org.eclipse.hono.client.kafka.KafkaAdminClientConfigProperties;
import org.eclipse.hono.client.kafka.consumer.MessagingKafkaConsumerConfigProperties;
import org.eclipse.hono.client.kafka.producer.MessagingKafkaProducerConfigProperties;

/**
 * How to reach Kafka, in the shapes that Hono's and Kafka's clients want.
 *
 * @param bootstrap host and port, with the host name that the node advertises
 */
public record KafkaAccess(String bootstrap, String user, String password) {

    /**
     * Hono gives up on a record after 2.5 s; a standalone Kafka is back from a crash in about 6 s on two cores. A device
     * then gets its acknowledgement late instead of a lost connection.
     */
    private static final String DELIVERY_TIMEOUT_MILLIS = "20000";

    private static final String BUFFER_BYTES = Integer.toString(16 * 1024 * 1024);

    /** A payload has up to 1 MiB, headers come on top. */
    private static final String MAX_REQUEST_BYTES = Integer.toString(1536 * 1024);

    Map<String, String> common() {
        Map<String, String> config = new HashMap<>();
        config.put("bootstrap.servers", bootstrap);
        config.put("security.protocol", "SASL_PLAINTEXT");
        config.put("sasl.mechanism", "PLAIN");
        config.put(
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + escape(user)
                        + "\" password=\"" + escape(password) + "\";");
        config.put("reconnect.backoff.max.ms", "1000");
        return config;
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private CommonKafkaClientConfigProperties shared() {
        CommonKafkaClientConfigProperties properties = new CommonKafkaClientConfigProperties();
        properties.setCommonClientConfig(common());
        return properties;
    }

    MessagingKafkaProducerConfigProperties producer() {
        MessagingKafkaProducerConfigProperties properties = new MessagingKafkaProducerConfigProperties();
        properties.setCommonClientConfig(shared());
        properties.setProducerConfig(Map.of(
                "acks", "all",
                "enable.idempotence", "true",
                "delivery.timeout.ms", DELIVERY_TIMEOUT_MILLIS,
                "request.timeout.ms", "3000",
                "max.block.ms", "10000",
                "buffer.memory", BUFFER_BYTES,
                "max.request.size", MAX_REQUEST_BYTES));
        return properties;
    }

    MessagingKafkaConsumerConfigProperties consumer() {
        MessagingKafkaConsumerConfigProperties properties = new MessagingKafkaConsumerConfigProperties();
        properties.setCommonClientConfig(shared());
        // A command to a tenant that is seconds old must be noticed soon.
        properties.setConsumerConfig(Map.of("metadata.max.age.ms", "10000", "fetch.max.bytes", MAX_REQUEST_BYTES));
        return properties;
    }

    KafkaAdminClientConfigProperties admin() {
        KafkaAdminClientConfigProperties properties = new KafkaAdminClientConfigProperties();
        properties.setCommonClientConfig(shared());
        return properties;
    }

    @Override
    public String toString() {
        return "KafkaAccess[bootstrap=" + bootstrap + ", user=" + user + "]";
    }
}
