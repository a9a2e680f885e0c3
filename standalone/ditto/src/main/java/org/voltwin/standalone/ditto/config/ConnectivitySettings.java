package org.voltwin.standalone.ditto.config;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * Of connections.
 *
 * @param maxSources of one connection
 * @param maxTargets of one connection
 * @param testingTimeout how long a connection that is only tried may take to be there
 * @param connectingTimeout how long any other may take
 * @param minBackoff how long to wait after the first failure before connecting again; doubled with each further one
 * @param maxBackoff the longest such wait
 */
public record ConnectivitySettings(
        HonoSettings hono,
        HostSettings hosts,
        OAuthSettings oauth,
        int maxSources,
        int maxTargets,
        Duration testingTimeout,
        Duration connectingTimeout,
        Duration minBackoff,
        Duration maxBackoff,
        ScriptSettings javascript,
        LogSettings log) {

    /**
     * Where the Kafka of Eclipse Hono is, for all connections of type {@code hono}.
     *
     * @param bootstrapServers comma-separated {@code host:port}
     */
    public record HonoSettings(
            String baseUri,
            boolean validateCertificates,
            String saslMechanism,
            String bootstrapServers,
            String username,
            String password) {
        /** Without the password. */
        @Override
        public String toString() {
            return "HonoSettings[baseUri=" + baseUri + ", bootstrapServers=" + bootstrapServers + ", username="
                    + username + "]";
        }
    }

    /**
     * Where HTTP connections may go; names and subnets are comma-separated. Whatever is this machine or in a private
     * network is blocked unless it is allowed.
     *
     * @param allowed names that win over everything that is blocked
     * @param blockedSubnets such as {@code 11.1.0.0/16}
     * @param blockedRegex of names; empty for none
     */
    public record HostSettings(String allowed, String blocked, String blockedSubnets, String blockedRegex) {}

    /**
     * Where HTTP connections get their tokens.
     *
     * @param maxClockSkew how long before it expires a token is replaced
     * @param enforceHttps whether a token endpoint must begin with {@code https}
     */
    public record OAuthSettings(Duration maxClockSkew, boolean enforceHttps) {}

    /** What a JavaScript mapping may use up. */
    public record ScriptSettings(int maxSizeBytes, Duration maxExecutionTime, int maxStackDepth) {}

    /**
     * Of a connection's own log.
     *
     * @param successCapacity how many successes are kept of each kind and address
     * @param failureCapacity how many failures are kept of each kind and address
     * @param duration how long it is kept after somebody asked for it
     */
    public record LogSettings(int successCapacity, int failureCapacity, Duration duration) {}

    static ConnectivitySettings of(Config ditto) {
        Config connectivity = ditto.getConfig("connectivity");
        Config hono = connectivity.getConfig("hono");
        Config script = connectivity.getConfig("mapping.javascript");
        Config logger = connectivity.getConfig("monitoring.logger");
        return new ConnectivitySettings(
                new HonoSettings(
                        hono.getString("base-uri"),
                        hono.getBoolean("validate-certificates"),
                        hono.getString("sasl-mechanism"),
                        hono.getString("bootstrap-servers"),
                        hono.getString("username"),
                        hono.getString("password")),
                new HostSettings(
                        connectivity.getString("connection.allowed-hostnames"),
                        connectivity.getString("connection.blocked-hostnames"),
                        connectivity.getString("connection.blocked-subnets"),
                        connectivity.getString("connection.blocked-host-regex")),
                new OAuthSettings(
                        connectivity.getDuration("connection.http-push.oauth2.max-clock-skew"),
                        connectivity.getBoolean("connection.http-push.oauth2.enforce-https")),
                connectivity.getInt("connection.max-source-number"),
                connectivity.getInt("connection.max-target-number"),
                connectivity.getDuration("client.testing-timeout"),
                connectivity.getDuration("client.connecting-min-timeout"),
                connectivity.getDuration("client.min-backoff"),
                connectivity.getDuration("client.max-backoff"),
                new ScriptSettings(
                        script.getInt("maxScriptSizeBytes"),
                        script.getDuration("maxScriptExecutionTime"),
                        script.getInt("maxScriptStackDepth")),
                new LogSettings(
                        logger.getInt("successCapacity"),
                        logger.getInt("failureCapacity"),
                        logger.getDuration("logDuration")));
    }
}
