package org.voltwin.lims.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.lifecycle.MqttClientDisconnectedContext;
import com.hivemq.client.mqtt.lifecycle.MqttDisconnectSource;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;

/** One MQTT 5 client with a persistent session that reconnects for as long as it is open. */
final class BrokerClient {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerClient.class);
    private static final long FIRST_DELAY_MILLIS = 200;
    private static final long LONGEST_DELAY_MILLIS = 5000;
    private static final int UNACKNOWLEDGED = 200;

    private final Mqtt5AsyncClient client;
    private final List<Waiting> waiting = new ArrayList<>();
    private boolean connected;
    private volatile boolean closing;

    private record Waiting(Runnable perform, CompletableFuture<?> result) {}

    /** @param received takes each message, which it must acknowledge; null for a client that only publishes */
    BrokerClient(
            BrokerConfiguration configuration,
            String identifier,
            Duration sessionExpiry,
            @Nullable Consumer<Mqtt5Publish> received) {
        Mqtt5ClientBuilder builder = Mqtt5Client.builder()
                .identifier(identifier)
                .serverHost(configuration.host())
                .serverPort(configuration.port())
                .simpleAuth()
                .username(configuration.user())
                .password(configuration.password().getBytes(UTF_8))
                .applySimpleAuth()
                .addDisconnectedListener(context -> reconnect(identifier, context));
        Path trustStore = configuration.trustStore();
        if (trustStore != null) {
            builder = builder.sslConfig(tls(trustStore, configuration.trustStorePassword()));
        }
        client = builder.buildAsync();
        if (received != null) {
            // Before connecting: a session that is still there delivers at once.
            client.publishes(MqttGlobalPublishFilter.ALL, received, true);
        }
        client.connectWith()
                .cleanStart(false)
                .sessionExpiryInterval(sessionExpiry.toSeconds())
                .keepAlive(20)
                .restrictions()
                .receiveMaximum(UNACKNOWLEDGED)
                .applyRestrictions()
                .send()
                .whenComplete((ack, error) -> {
                    if (error == null) {
                        LOG.info("{} is connected, session present: {}", identifier, ack.isSessionPresent());
                        isConnected();
                    }
                });
    }

    /**
     * Does something with the client once it has been connected for the first time; from then on the client keeps what
     * it is given over disconnections by itself. Actions are done in the order in which they were asked for.
     */
    <T> CompletableFuture<T> whenConnected(Function<Mqtt5AsyncClient, CompletionStage<T>> action) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Runnable perform = () -> action.apply(client).whenComplete((value, error) -> {
            if (error == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(error);
            }
        });
        synchronized (waiting) {
            if (closing) {
                result.completeExceptionally(closed());
            } else if (connected) {
                perform.run();
            } else {
                // Not a dependent of a future: those are run in no particular order.
                waiting.add(new Waiting(perform, result));
            }
        }
        return result;
    }

    private void isConnected() {
        synchronized (waiting) {
            connected = true;
            waiting.forEach(one -> one.perform().run());
            waiting.clear();
        }
    }

    private static RefusedException closed() {
        return new RefusedException(Failure.permanent("bus.closed", "The message bus is closed.", "Open another one."));
    }

    private void reconnect(String identifier, MqttClientDisconnectedContext context) {
        if (closing || context.getSource() == MqttDisconnectSource.USER) {
            return;
        }
        int attempts = context.getReconnector().getAttempts();
        if (attempts <= 1 || attempts % 20 == 0) {
            LOG.warn(
                    "{} has no connection to the broker (attempt {}): {}",
                    identifier,
                    attempts,
                    String.valueOf(context.getCause().getMessage()));
        }
        long delay = Math.min(LONGEST_DELAY_MILLIS, FIRST_DELAY_MILLIS << Math.min(attempts, 10));
        context.getReconnector()
                .reconnect(true)
                .resubscribeIfSessionExpired(true)
                .republishIfSessionExpired(true)
                .delay(delay, TimeUnit.MILLISECONDS);
    }

    void close() {
        synchronized (waiting) {
            closing = true;
            waiting.forEach(one -> one.result().completeExceptionally(closed()));
            waiting.clear();
        }
        try {
            client.disconnect().get(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            LOG.debug("Already disconnected: {}", e.toString());
        }
    }

    private static MqttClientSslConfig tls(Path trustStore, @Nullable String password) {
        try (InputStream in = Files.newInputStream(trustStore)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password == null ? null : password.toCharArray());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            return MqttClientSslConfig.builder().trustManagerFactory(trust).build();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "The broker's trust store " + trustStore + " cannot be used: " + e.getMessage()
                            + ". Maybe its password is another one, or it is not a key store",
                    e);
        }
    }
}
