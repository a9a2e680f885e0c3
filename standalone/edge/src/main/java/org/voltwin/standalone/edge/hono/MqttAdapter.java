package org.voltwin.standalone.edge.hono;

import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.vertx.core.Promise;
import io.vertx.mqtt.MqttAuth;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.MqttServer;
import io.vertx.mqtt.MqttServerOptions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.hono.adapter.auth.device.usernamepassword.UsernamePasswordAuthProvider;
import org.jspecify.annotations.Nullable;

/** Hono's MQTT adapter: devices publish telemetry and events and take commands. */
final class MqttAdapter extends UplinkAdapter {

    /** Room for the topic and its properties next to the payload. */
    private static final int MAX_HEADER_BYTES = 4096;

    private final Set<MqttSession> sessions = ConcurrentHashMap.newKeySet();
    private @Nullable MqttServer server;

    MqttAdapter(UsernamePasswordAuthProvider authentication) {
        super(authentication);
    }

    @Override
    public String getTypeName() {
        return "hono-mqtt";
    }

    @Override
    public int getPortDefaultValue() {
        return 8883;
    }

    @Override
    public int getInsecurePortDefaultValue() {
        return 1883;
    }

    @Override
    protected int getActualPort() {
        return -1;
    }

    @Override
    protected int getActualInsecurePort() {
        return server == null ? -1 : server.actualPort();
    }

    @Override
    protected void doStart(Promise<Void> started) {
        MqttServerOptions options = new MqttServerOptions()
                .setHost(getConfig().getInsecurePortBindAddress())
                .setPort(getConfig().getInsecurePort())
                .setMaxMessageSize(getConfig().getMaxPayloadSize() + MAX_HEADER_BYTES)
                .setMaxClientIdLength(256)
                .setAutoClientId(true);
        MqttServer mqtt = MqttServer.create(vertx, options);
        server = mqtt;
        mqtt.exceptionHandler(failure -> log.debug("connection refused by the protocol", failure));
        mqtt.endpointHandler(this::connect).listen().<Void>mapEmpty().onComplete(started);
    }

    @Override
    protected void doStop(Promise<Void> stopped) {
        sessions.forEach(MqttSession::disconnect);
        if (server == null) {
            stopped.complete();
        } else {
            server.close().onComplete(stopped);
        }
    }

    private void connect(MqttEndpoint endpoint) {
        MqttAuth auth = endpoint.auth();
        signIn(auth == null ? null : auth.getUsername(), auth == null ? null : auth.getPassword())
                .onSuccess(device -> {
                    MqttSession session = new MqttSession(vertx, this, endpoint, device, sessions::remove);
                    sessions.add(session);
                    session.open();
                    log.info("device connected tenant={} device={}", device.getTenantId(), device.getDeviceId());
                })
                .onFailure(failure -> {
                    log.info("device refused client={} cause={}", endpoint.clientIdentifier(), failure.getMessage());
                    endpoint.reject(refusal(InProcessCommandRouter.status(failure), endpoint.protocolVersion()));
                });
    }

    private static MqttConnectReturnCode refusal(int status, int protocolVersion) {
        boolean v5 = protocolVersion >= 5;
        return switch (status) {
            case 400, 401, 404 ->
                v5
                        ? MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USERNAME_OR_PASSWORD
                        : MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USER_NAME_OR_PASSWORD;
            case 403 ->
                v5
                        ? MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED_5
                        : MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED;
            default ->
                v5
                        ? MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE_5
                        : MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE;
        };
    }
}
