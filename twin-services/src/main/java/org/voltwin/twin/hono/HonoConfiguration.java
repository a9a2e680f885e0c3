package org.voltwin.twin.hono;

import java.util.Map;

/**
 * Hono's Kafka.
 *
 * @param bootstrapServers {@code localhost:9092}; write localhost, not an address
 * @param user SASL PLAIN user; blank for a listener without authentication
 * @param password never logged
 * @param tenant Hono tenant: {@code lab}
 */
public record HonoConfiguration(String bootstrapServers, String user, String password, String tenant) {
    Map<String, String> clientProperties() {
        if (user.isBlank()) {
            return Map.of("bootstrap.servers", bootstrapServers);
        }
        return Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + quoted(user)
                        + "\" password=\"" + quoted(password) + "\";");
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    @Override
    public String toString() {
        return "HonoConfiguration[" + bootstrapServers + ", user " + user + ", tenant " + tenant + "]";
    }
}
