package org.voltwin.lims.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.embedded.EmbeddedExtension;
import com.hivemq.embedded.EmbeddedHiveMQ;
import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthInput;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthOutput;
import com.hivemq.extension.sdk.api.packets.connect.ConnackReasonCode;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** HiveMQ CE in this JVM, with a plain and a TLS listener on random ports of the loopback, user lims only. */
public final class RealBroker implements AutoCloseable {
    static final String USER = "lims";
    static final String PASSWORD = "correct horse";

    private final Path folder;
    private final int port;
    private final int tlsPort;
    private EmbeddedHiveMQ broker;

    public RealBroker(Path folder) throws Exception {
        this.folder = folder;
        this.port = freePort();
        this.tlsPort = freePort();
        TestCertificate.create(folder);
        Files.createDirectories(folder.resolve("conf"));
        Files.createDirectories(folder.resolve("data"));
        Files.createDirectories(folder.resolve("extensions"));
        Files.writeString(folder.resolve("conf/config.xml"), """
                <?xml version="1.0"?>
                <hivemq>
                  <listeners>
                    <tcp-listener><port>%d</port><bind-address>127.0.0.1</bind-address></tcp-listener>
                    <tls-tcp-listener><port>%d</port><bind-address>127.0.0.1</bind-address>
                      <tls><keystore><path>%s</path><password>%s</password>
                        <private-key-password>%s</private-key-password></keystore></tls>
                    </tls-tcp-listener>
                  </listeners>
                  <mqtt><queued-messages><max-queue-size>100000</max-queue-size></queued-messages></mqtt>
                  <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
                </hivemq>
                """.formatted(
                port, tlsPort, TestCertificate.keyStore(folder), TestCertificate.PASSWORD, TestCertificate.PASSWORD));
        start();
    }

    void start() throws Exception {
        broker = EmbeddedHiveMQ.builder()
                .withConfigurationFolder(folder.resolve("conf"))
                .withDataFolder(folder.resolve("data"))
                .withExtensionsFolder(folder.resolve("extensions"))
                .withEmbeddedExtension(EmbeddedExtension.builder()
                        .withId("test-auth")
                        .withName("test-auth")
                        .withVersion("1")
                        .withPriority(0)
                        .withStartPriority(1000)
                        .withAuthor("test")
                        .withExtensionMain(new Users())
                        .build())
                .withoutLoggingBootstrap()
                .build();
        broker.start().get(60, TimeUnit.SECONDS);
    }

    void stop() throws Exception {
        broker.stop().get(30, TimeUnit.SECONDS);
    }

    public BrokerConfiguration plain(String prefix) {
        return new BrokerConfiguration("127.0.0.1", port, null, null, USER, PASSWORD, prefix);
    }

    BrokerConfiguration tls(String prefix, Path trustStore) {
        return new BrokerConfiguration(
                "localhost", tlsPort, trustStore, TestCertificate.PASSWORD, USER, PASSWORD, prefix);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws Exception {
        stop();
        broker.close();
    }

    private static final class Users implements ExtensionMain {
        @Override
        public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
            SimpleAuthenticator authenticator = Users::check;
            Services.securityRegistry().setAuthenticatorProvider(provider -> authenticator);
        }

        private static void check(SimpleAuthInput input, SimpleAuthOutput output) {
            var connect = input.getConnectPacket();
            String password = connect.getPassword()
                    .map(bytes -> UTF_8.decode(bytes).toString())
                    .orElse("");
            if (USER.equals(connect.getUserName().orElse("")) && PASSWORD.equals(password)) {
                output.authenticateSuccessfully();
            } else {
                output.failAuthentication(ConnackReasonCode.BAD_USER_NAME_OR_PASSWORD, "wrong user or password");
            }
        }

        @Override
        public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {
            // Nothing to stop.
        }
    }
}
