package org.voltwin.standalone.edge.broker;

import com.hivemq.configuration.service.InternalConfigurations;
import com.hivemq.embedded.EmbeddedExtension;
import com.hivemq.embedded.EmbeddedHiveMQ;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.ExecutionException;
import org.eclipse.hono.service.auth.HonoPasswordEncoder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running LIMS broker. Sessions, queues and retained messages are in its folder and survive a crash. */
public final class LimsBroker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LimsBroker.class);
    private static final int CONNECT_WITHIN_MILLIS = 500;

    private final EmbeddedHiveMQ hivemq;
    private final BrokerSettings settings;

    private LimsBroker(EmbeddedHiveMQ hivemq, BrokerSettings settings) {
        this.hivemq = hivemq;
        this.settings = settings;
    }

    /** Starts the broker and returns when it accepts clients. */
    public static LimsBroker start(BrokerSettings settings, HonoPasswordEncoder encoder)
            throws IOException, GeneralSecurityException, InterruptedException, ExecutionException {
        fitToOneMachine();
        Path keyStore = new TlsStores(settings.folder().resolve("tls"), Clock.systemUTC(), new SecureRandom())
                .prepare(settings.keyStorePassword(), settings.trustStorePassword(), settings.tlsHostNames());
        Path configuration = settings.folder().resolve("conf");
        BrokerConfigFile.write(configuration, settings, keyStore);
        Path data = Files.createDirectories(settings.folder().resolve("data"));
        Path extensions = Files.createDirectories(settings.folder().resolve("extensions"));
        EmbeddedHiveMQ hivemq = EmbeddedHiveMQ.builder()
                .withConfigurationFolder(configuration)
                .withDataFolder(data)
                .withExtensionsFolder(extensions)
                .withoutLoggingBootstrap()
                .withEmbeddedExtension(EmbeddedExtension.builder()
                        .withId("voltwin-sign-in")
                        .withName("Voltwin sign-in")
                        .withVersion("1.0.0")
                        .withAuthor("Voltwin")
                        .withPriority(1000)
                        .withStartPriority(1000)
                        .withExtensionMain(new SignInExtension(new UserSignIn(settings.users(), encoder)))
                        .build())
                .build();
        hivemq.start().get();
        LOG.info("lims broker ready settings={}", settings);
        return new LimsBroker(hivemq, settings);
    }

    /** HiveMQ sizes itself for a server of its own: 64 persistence buckets, each with its files and caches. */
    private static void fitToOneMachine() {
        InternalConfigurations.PERSISTENCE_BUCKET_COUNT.set(4);
        InternalConfigurations.PAYLOAD_PERSISTENCE_BUCKET_COUNT.set(4);
        InternalConfigurations.SINGLE_WRITER_THREAD_POOL_SIZE.set(2);
        InternalConfigurations.PERSISTENCE_STARTUP_THREAD_POOL_SIZE.set(2);
        InternalConfigurations.MQTT_EVENT_EXECUTOR_THREAD_COUNT.set(2);
        InternalConfigurations.PERSISTENCE_SHUTDOWN_GRACE_PERIOD_MSEC.set(200);
    }

    /** {@return whether the plain listener accepts connections} */
    public boolean accepts() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(settings.host(), settings.port()), CONNECT_WITHIN_MILLIS);
            return true;
        } catch (IOException e) {
            LOG.debug("broker does not accept", e);
            return false;
        }
    }

    @Override
    public void close() {
        try {
            hivemq.close();
        } catch (ExecutionException e) {
            LOG.warn("broker did not stop cleanly", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
