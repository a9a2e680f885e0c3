package org.voltwin.standalone.ditto.connect.transport;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.Map;
import org.eclipse.ditto.connectivity.model.Connection;
import org.eclipse.ditto.connectivity.model.ConnectionConfigurationInvalidException;
import org.jspecify.annotations.Nullable;

/**
 * What a definition's {@code specificConfig} says of MQTT, under Ditto's names.
 *
 * @param keepAlive at least a second
 * @param will null for none
 * @param again whether to connect again for the broker to deliver what failed once more
 */
record MqttOptions(
        String clientId,
        boolean cleanSession,
        Duration keepAlive,
        boolean again,
        @Nullable Will will) {

    /** What the broker publishes when the connection breaks. */
    record Will(String topic, String message, int qos, boolean retain) {}

    private static final Map<String, Object> DEFAULTS = Map.of(
            "cleanSession",
            false,
            "keepAlive",
            "60s",
            "reconnectForRedelivery",
            false,
            "lastWillQos",
            0,
            "lastWillRetain",
            false,
            "lastWillMessage",
            "");
    private static final int MAX_QOS = 2;
    private static final int MAX_KEEP_ALIVE_SECONDS = 65_535;

    /** @throws ConnectionConfigurationInvalidException when one is wrong */
    static MqttOptions of(Connection connection) {
        Config config =
                ConfigFactory.parseMap(connection.getSpecificConfig()).withFallback(ConfigFactory.parseMap(DEFAULTS));
        try {
            Duration keepAlive = config.getDuration("keepAlive");
            if (keepAlive.isNegative() || keepAlive.toSeconds() > MAX_KEEP_ALIVE_SECONDS) {
                throw invalid("keepAlive", "It is at most " + MAX_KEEP_ALIVE_SECONDS + " s.", null);
            }
            int qos = config.getInt("lastWillQos");
            if (qos < 0 || qos > MAX_QOS) {
                throw invalid("lastWillQos", "It is 0, 1 or 2.", null);
            }
            Will will = config.hasPath("lastWillTopic")
                    ? new Will(
                            config.getString("lastWillTopic"),
                            config.getString("lastWillMessage"),
                            qos,
                            config.getBoolean("lastWillRetain"))
                    : null;
            return new MqttOptions(
                    config.hasPath("clientId")
                            ? config.getString("clientId")
                            : connection.getId().toString(),
                    config.getBoolean("cleanSession"),
                    keepAlive,
                    config.getBoolean("reconnectForRedelivery"),
                    will);
        } catch (ConfigException e) {
            throw invalid("specificConfig", e.getMessage(), e);
        }
    }

    private static ConnectionConfigurationInvalidException invalid(
            String what, @Nullable String why, @Nullable Throwable cause) {
        var failure = ConnectionConfigurationInvalidException.newBuilder("The value of '" + what + "' is not valid.")
                .description(why);
        return cause == null ? failure.build() : failure.cause(cause).build();
    }
}
