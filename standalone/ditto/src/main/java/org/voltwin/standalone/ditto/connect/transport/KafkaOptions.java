package org.voltwin.standalone.ditto.connect.transport;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.ditto.connectivity.model.Connection;
import org.eclipse.ditto.connectivity.model.ConnectionConfigurationInvalidException;
import org.eclipse.ditto.connectivity.model.UserPasswordCredentials;

/** Kafka's configuration for a connection. Buffers are small: the process is to stay so. */
final class KafkaOptions {
    private static final int MEGABYTE = 1024 * 1024;
    private static final Set<String> SCRAM = Set.of("SCRAM-SHA-256", "SCRAM-SHA-512");
    private static final Set<String> SCHEMES = Set.of("tcp", "ssl");

    private final Connection connection;

    KafkaOptions(Connection connection) {
        this.connection = connection;
    }

    /** @throws ConnectionConfigurationInvalidException when the definition is not valid for Kafka */
    static void check(Connection connection) {
        if (!SCHEMES.contains(connection.getProtocol())) {
            throw InvalidDefinition.because("The URI of a Kafka connection begins with one of " + SCHEMES + ".");
        }
        new KafkaOptions(connection).common();
    }

    Map<String, Object> admin() {
        Map<String, Object> options = common();
        options.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        options.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, 8_000);
        return options;
    }

    /** @param member name of the consumer in its group: one that comes back takes its place again at once */
    Map<String, Object> consumer(String member) {
        Map<String, Object> options = common();
        options.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, member);
        options.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        options.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 3_000);
        options.put(
                ConsumerConfig.GROUP_ID_CONFIG,
                connection
                        .getSpecificConfig()
                        .getOrDefault("groupId", connection.getId().toString()));
        options.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // A connection begins with what comes after it was made; from then on its offsets are kept.
        options.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        options.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 200);
        options.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 4 * MEGABYTE);
        options.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, MEGABYTE);
        options.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
        options.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return options;
    }

    Map<String, Object> producer() {
        Map<String, Object> options = common();
        options.put(ProducerConfig.ACKS_CONFIG, "all");
        options.put(ProducerConfig.BUFFER_MEMORY_CONFIG, (long) 4 * MEGABYTE);
        options.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000L);
        options.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        options.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 20_000);
        options.put(ProducerConfig.LINGER_MS_CONFIG, 0L);
        options.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        options.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        return options;
    }

    private Map<String, Object> common() {
        var options = new HashMap<String, Object>();
        options.put(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                connection
                        .getSpecificConfig()
                        .getOrDefault("bootstrapServers", connection.getHostname() + ":" + connection.getPort()));
        boolean tls = connection.getProtocol().equals("ssl");
        String user;
        String password;
        if (connection.getCredentials().orElse(null) instanceof UserPasswordCredentials plain) {
            user = plain.getUsername();
            password = plain.getPassword();
        } else {
            user = connection.getUsername().orElse("");
            password = connection.getPassword().orElse("");
        }
        if (!user.isEmpty()) {
            String mechanism = connection
                    .getSpecificConfig()
                    .getOrDefault("saslMechanism", "PLAIN")
                    .toUpperCase(Locale.ROOT);
            options.put(SaslConfigs.SASL_MECHANISM, mechanism);
            options.put(SaslConfigs.SASL_JAAS_CONFIG, signIn(mechanism, user, password));
        }
        options.put(
                CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
                user.isEmpty() ? (tls ? "SSL" : "PLAINTEXT") : (tls ? "SASL_SSL" : "SASL_PLAINTEXT"));
        if (tls) {
            connection.getTrustedCertificates().ifPresent(trusted -> {
                options.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, "PEM");
                options.put(SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG, trusted);
            });
            if (!connection.isValidateCertificates()) {
                options.put(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG, "");
            }
        }
        return options;
    }

    private static String signIn(String mechanism, String user, String password) {
        String module;
        if (mechanism.equals("PLAIN")) {
            module = "org.apache.kafka.common.security.plain.PlainLoginModule";
        } else if (SCRAM.contains(mechanism)) {
            module = "org.apache.kafka.common.security.scram.ScramLoginModule";
        } else {
            throw InvalidDefinition.because("The SASL mechanism '" + mechanism + "' is not known.");
        }
        return module + " required username=\"" + quoted(user) + "\" password=\"" + quoted(password) + "\";";
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
