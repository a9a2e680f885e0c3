package org.voltwin.standalone.ditto.connect.transport;

import com.hivemq.client.mqtt.MqttClientBuilderBase;
import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.lifecycle.MqttDisconnectSource;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.eclipse.ditto.connectivity.model.Connection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What clients of all versions of MQTT have in common. */
final class MqttClients {
    private static final Logger LOG = LoggerFactory.getLogger(MqttClients.class);

    private MqttClients() {}

    static <B extends MqttClientBuilderBase<B>> B common(
            B builder, Connection connection, MqttOptions options, Consumer<String> disconnected) {
        B common = builder.identifier(options.clientId())
                .serverHost(connection.getHostname())
                .serverPort(connection.getPort())
                .executorConfig()
                .nettyThreads(1)
                .applyExecutorConfig()
                .addDisconnectedListener(context -> {
                    if (context.getSource() != MqttDisconnectSource.USER) {
                        disconnected.accept(String.valueOf(context.getCause().getMessage()));
                    }
                });
        return connection.getProtocol().equals("ssl") ? common.sslConfig(tls(TlsMaterial.of(connection))) : common;
    }

    private static MqttClientSslConfig tls(TlsMaterial material) {
        var config = MqttClientSslConfig.builder();
        if (material.trust() != null) {
            config = config.trustManagerFactory(material.trust());
        }
        if (material.identity() != null) {
            config = config.keyManagerFactory(material.identity());
        }
        return material.anyHostName()
                ? config.hostnameVerifier((host, session) -> true).build()
                : config.build();
    }

    /** Disconnecting a client that is not connected fails, which is as good. */
    static void forget(CompletionStage<Void> disconnect) {
        disconnect.whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.debug("mqtt.disconnect {}", failure.toString());
            }
        });
    }
}
