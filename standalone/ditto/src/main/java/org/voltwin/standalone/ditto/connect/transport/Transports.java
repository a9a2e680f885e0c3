package org.voltwin.standalone.ditto.connect.transport;

import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.connectivity.model.Connection;
import org.eclipse.ditto.connectivity.model.ConnectionType;
import org.eclipse.ditto.connectivity.model.ConnectivityStatus;
import org.voltwin.standalone.ditto.config.ConnectivitySettings;
import org.voltwin.standalone.ditto.config.ConnectivitySettings.HonoSettings;
import org.voltwin.standalone.ditto.config.ConnectivitySettings.OAuthSettings;
import org.voltwin.standalone.ditto.twin.NotSupportedException;

/** Makes the transport for each type of connection. */
public final class Transports implements Transport.Factory {
    private final HonoSettings hono;
    private final HostRules hosts;
    private final OAuthSettings oauth;

    public Transports(ConnectivitySettings settings) {
        this.hono = settings.hono();
        this.hosts = new HostRules(settings.hosts());
        this.oauth = settings.oauth();
    }

    /** The definition with what the type stands for filled in: addresses, header mappings, where the broker is. */
    public Connection resolve(Connection connection) {
        return connection.getConnectionType() == ConnectionType.HONO
                ? HonoConnections.resolve(connection, hono)
                : connection;
    }

    /**
     * Checks what only the broker's protocol knows.
     *
     * @throws NotSupportedException for one to be opened of a type that the standalone Ditto does not have
     * @throws org.eclipse.ditto.base.model.exceptions.DittoRuntimeException when the definition is not valid
     */
    public void check(Connection resolved) {
        switch (resolved.getConnectionType()) {
            case MQTT, MQTT_5 -> MqttTransport.check(resolved);
            case HONO, KAFKA -> KafkaTransport.check(resolved);
            case HTTP_PUSH -> HttpPushTransport.check(resolved, hosts, oauth);
            case AMQP_091, AMQP_10 -> {
                // What is only kept does no harm; opening it is refused.
                if (resolved.getConnectionStatus() == ConnectivityStatus.OPEN) {
                    throw notSupported(resolved);
                }
            }
        }
    }

    @Override
    public Transport create(Connection resolved, Transport.Listener listener) {
        return switch (resolved.getConnectionType()) {
            case MQTT, MQTT_5 -> MqttTransport.create(resolved, listener);
            case HONO, KAFKA -> KafkaTransport.create(resolved, listener);
            case HTTP_PUSH -> HttpPushTransport.create(resolved, hosts, oauth);
            case AMQP_091, AMQP_10 -> throw notSupported(resolved);
        };
    }

    private static NotSupportedException notSupported(Connection connection) {
        return NotSupportedException.of(
                "The connection type '" + connection.getConnectionType().getName() + "'", DittoHeaders.empty());
    }
}
