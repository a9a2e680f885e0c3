package org.voltwin.twin.ditto;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.eclipse.ditto.base.model.json.JsonSchemaVersion;
import org.eclipse.ditto.client.DittoClient;
import org.eclipse.ditto.client.DittoClients;
import org.eclipse.ditto.client.configuration.AccessTokenAuthenticationConfiguration;
import org.eclipse.ditto.client.configuration.WebSocketMessagingConfiguration;
import org.eclipse.ditto.client.messaging.AuthenticationProviders;
import org.eclipse.ditto.client.messaging.MessagingProviders;
import org.eclipse.ditto.client.options.Options;
import org.eclipse.ditto.jwt.model.ImmutableJsonWebToken;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.model.TwinId;

/**
 * Twin events by Ditto's own client over WebSocket. The client's reconnection is switched off: after a lost connection
 * a new client is made, so that a fresh token is used and the listener learns that events may have been missed.
 */
public final class DittoChangeFeed implements ChangeFeed {
    private static final Logger LOG = LoggerFactory.getLogger(DittoChangeFeed.class);
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final long PATIENCE_SECONDS = 20;

    private final String endpoint;
    private final Supplier<String> token;
    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("ditto-feed").factory());
    private @Nullable DittoClient client;
    private volatile boolean connected;
    private volatile boolean closed;

    /**
     * @param webSocketUrl of Ditto: {@code ws://localhost:8080}
     */
    public DittoChangeFeed(String webSocketUrl, Supplier<String> token) {
        this.endpoint = webSocketUrl;
        this.token = token;
    }

    @Override
    public void start(Listener listener) {
        worker.execute(() -> connect(listener));
    }

    private void connect(Listener listener) {
        if (closed) {
            return;
        }
        destroy();
        try {
            DittoClient fresh = DittoClients.newInstance(MessagingProviders.webSocket(
                            WebSocketMessagingConfiguration.newBuilder()
                                    .endpoint(endpoint)
                                    .jsonSchemaVersion(JsonSchemaVersion.V_2)
                                    .reconnectEnabled(false)
                                    .initialConnectRetryEnabled(false)
                                    .timeout(Duration.ofSeconds(PATIENCE_SECONDS))
                                    .disconnectedListener(context -> lost(listener))
                                    .build(),
                            AuthenticationProviders.accessToken(AccessTokenAuthenticationConfiguration.newBuilder()
                                    .identifier("twin-services")
                                    .accessTokenSupplier(() -> ImmutableJsonWebToken.fromToken(token.get()))
                                    .build())))
                    .connect()
                    .toCompletableFuture()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            client = fresh;
            fresh.twin()
                    .registerForThingChanges(
                            "twin-services",
                            change -> listener.changed(change.getEntityId().toString()));
            fresh.twin()
                    .startConsumption(Options.Consumption.namespaces(TwinId.NAMESPACE))
                    .toCompletableFuture()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            connected = true;
            LOG.info("Connected to Ditto's events at {}", endpoint);
            listener.begun();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            LOG.info("No events from Ditto yet, trying again: {}", e.toString());
            LOG.debug("The reason", e);
            again(listener);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void lost(Listener listener) {
        if (connected && !closed) {
            connected = false;
            LOG.info("The connection to Ditto's events was lost");
            again(listener);
        }
    }

    private void again(Listener listener) {
        if (!closed) {
            worker.schedule(() -> connect(listener), RETRY.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public boolean isConnected() {
        return connected;
    }

    private void destroy() {
        connected = false;
        DittoClient old = client;
        client = null;
        if (old != null) {
            old.destroy();
        }
    }

    @Override
    public void close() {
        closed = true;
        worker.execute(this::destroy);
        worker.shutdown();
    }
}
