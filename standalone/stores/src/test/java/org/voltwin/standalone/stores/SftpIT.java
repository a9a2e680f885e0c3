package org.voltwin.standalone.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ClientChannel;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.keyverifier.KnownHostsServerKeyVerifier;
import org.apache.sshd.client.keyverifier.RejectAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClient.OpenMode;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SftpIT {
    @TempDir
    private Path folder;

    private KeyPair key;
    private Path pool;
    private SftpServer server;
    private SshClient client;

    @BeforeEach
    void start() throws Exception {
        key = newKey();
        Path authorizedKeys = folder.resolve("authorized_keys");
        Files.writeString(authorizedKeys, PublicKeyEntry.toString(key.getPublic()) + " delivery\n");
        pool = folder.resolve("storage/pool");
        server = startServer(authorizedKeys);
        client = SshClient.setUpDefaultClient();
        client.setServerKeyVerifier(new KnownHostsServerKeyVerifier(
                RejectAllServerKeyVerifier.INSTANCE, folder.resolve("data/ssh/known_hosts")));
        client.start();
    }

    private SftpServer startServer(Path authorizedKeys) throws Exception {
        return SftpServer.start(
                new StoresConfig.Sftp(
                        0,
                        folder.resolve("data/ssh/known_hosts"),
                        List.of(
                                new StoresConfig.User(
                                        "delivery", authorizedKeys, pool, false, Set.of("fmu", "json", "part")),
                                new StoresConfig.User(
                                        "reader", authorizedKeys, folder.resolve("storage"), true, Set.of())),
                        null),
                "127.0.0.1",
                folder.resolve("data/ssh"));
    }

    @AfterEach
    void stop() throws IOException {
        client.stop();
        server.close();
    }

    @Test
    void theRightKeyDeliversAndReads() throws Exception {
        byte[] content = new byte[300_000];
        Arrays.fill(content, (byte) 7);

        try (ClientSession session = signIn("delivery", key);
                SftpClient sftp = sftp(session)) {
            sftp.mkdir("/run-1");
            try (OutputStream out = sftp.write("/run-1/cell.fmu.part")) {
                out.write(content);
            }
            sftp.rename("/run-1/cell.fmu.part", "/run-1/cell.fmu");
            try (InputStream in = sftp.read("/run-1/cell.fmu")) {
                assertThat(in.readAllBytes()).isEqualTo(content);
            }
        }

        assertThat(pool.resolve("run-1/cell.fmu")).hasBinaryContent(content);
    }

    @Test
    void firstSignInsThatComeTogetherAllSucceed() throws Exception {
        // Many keys before the right one: reading the file takes long enough for the others to come meanwhile.
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 2_000; i++) {
            lines.append(PublicKeyEntry.toString(newKey().getPublic())).append(" other\n");
        }
        Path authorizedKeys = folder.resolve("authorized_keys");
        Files.writeString(authorizedKeys, lines + PublicKeyEntry.toString(key.getPublic()) + " delivery\n");

        try (ExecutorService users = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> signIns = Collections.nCopies(8, () -> {
                try (ClientSession session = signIn("delivery", key)) {
                    return session.isAuthenticated();
                }
            });
            for (Future<Boolean> signIn : users.invokeAll(signIns)) {
                assertThat(signIn.get()).isTrue();
            }
        }
    }

    @Test
    void anotherKeyAndPasswordsAndUnknownUsersAreRefused() throws Exception {
        KeyPair other = newKey();

        assertThatThrownBy(() -> signIn("delivery", other)).isInstanceOf(SshException.class);
        assertThatThrownBy(() -> signIn("nobody", key)).isInstanceOf(SshException.class);
        try (ClientSession session = connect("delivery")) {
            session.addPasswordIdentity("delivery");
            assertThatThrownBy(() -> session.auth().verify(10, TimeUnit.SECONDS))
                    .isInstanceOf(SshException.class);
        }
    }

    @Test
    void nothingOutsideTheRootIsReached() throws Exception {
        Path secret = folder.resolve("secret.json");
        Files.writeString(secret, "secret");
        Files.createDirectories(folder.resolve("outside"));
        Files.writeString(folder.resolve("outside/secret.json"), "secret");
        Files.createSymbolicLink(pool.resolve("link.json"), secret);
        Files.createSymbolicLink(pool.resolve("way-out"), folder.resolve("outside"));

        try (ClientSession session = signIn("delivery", key);
                SftpClient sftp = sftp(session)) {
            for (String path : List.of(
                    "/../../secret.json",
                    "../../secret.json",
                    secret.toString(),
                    "/link.json",
                    "/way-out/secret.json",
                    "/way-out/../link.json")) {
                assertThatThrownBy(() -> {
                            try (InputStream in = sftp.read(path)) {
                                in.readAllBytes();
                            }
                        })
                        .as(path)
                        .isInstanceOf(IOException.class);
            }
            assertThatThrownBy(() -> sftp.mkdir("/way-out/new")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> write(sftp, "/way-out/new.json")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> sftp.remove("/way-out/secret.json")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> sftp.symLink("/mine.json", "/../secret.json"))
                    .isInstanceOf(IOException.class);
        }

        assertThat(folder.resolve("outside")).isDirectoryContaining("glob:**/secret.json");
        assertThat(folder.resolve("outside/new")).doesNotExist();
        assertThat(folder.resolve("outside/new.json")).doesNotExist();
    }

    @Test
    void onlyTheKnownEndingsAreTakenAndAReaderOnlyReads() throws Exception {
        Files.writeString(pool.resolve("there.json"), "{}");

        try (ClientSession session = signIn("delivery", key);
                SftpClient sftp = sftp(session)) {
            assertThatThrownBy(() -> write(sftp, "/evil.sh")).isInstanceOf(IOException.class);
            write(sftp, "/good.json");
            assertThatThrownBy(() -> sftp.rename("/good.json", "/evil.sh")).isInstanceOf(IOException.class);
        }
        try (ClientSession session = signIn("reader", key);
                SftpClient sftp = sftp(session)) {
            try (InputStream in = sftp.read("/pool/there.json")) {
                assertThat(in.readAllBytes()).asString().isEqualTo("{}");
            }
            assertThatThrownBy(() -> write(sftp, "/pool/there.json")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> sftp.remove("/pool/there.json")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> sftp.mkdir("/pool/new")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> sftp.rename("/pool/there.json", "/pool/gone.json"))
                    .isInstanceOf(IOException.class);
        }

        assertThat(pool.resolve("evil.sh")).doesNotExist();
        assertThat(pool.resolve("there.json")).hasContent("{}");
    }

    @Test
    void theHostKeyStaysTheSame() throws Exception {
        String before = Files.readString(folder.resolve("data/ssh/known_hosts"));
        server.close();
        server = startServer(folder.resolve("authorized_keys"));

        assertThat(keyOf(Files.readString(folder.resolve("data/ssh/known_hosts"))))
                .isEqualTo(keyOf(before));
        assertThat(Files.getPosixFilePermissions(folder.resolve("data/ssh/host_key")))
                .hasSize(2);
    }

    @Test
    void thereIsNoShellAndNoCommand() throws Exception {
        try (ClientSession session = signIn("delivery", key)) {
            ByteArrayOutputStream output = new ByteArrayOutputStream();
            ClientChannel channel = session.createExecChannel("id");
            channel.setOut(output);
            channel.open().verify(10, TimeUnit.SECONDS);
            Set<ClientChannelEvent> events = channel.waitFor(
                    EnumSet.of(ClientChannelEvent.EXIT_STATUS, ClientChannelEvent.CLOSED), Duration.ofSeconds(2));
            assertThat(events).doesNotContain(ClientChannelEvent.EXIT_STATUS);
            assertThat(output.size()).isZero();
        }
    }

    private static String keyOf(String line) {
        return line.substring(line.indexOf(' '));
    }

    private static void write(SftpClient sftp, String path) throws IOException {
        try (OutputStream out = sftp.write(path, OpenMode.Write, OpenMode.Create, OpenMode.Truncate)) {
            out.write(1);
        }
    }

    private SftpClient sftp(ClientSession session) throws IOException {
        return SftpClientFactory.instance().createSftpClient(session);
    }

    private ClientSession signIn(String user, KeyPair with) throws IOException {
        ClientSession session = connect(user);
        try {
            session.addPublicKeyIdentity(with);
            session.auth().verify(10, TimeUnit.SECONDS);
            return session;
        } catch (IOException e) {
            session.close();
            throw e;
        }
    }

    private ClientSession connect(String user) throws IOException {
        return client.connect(user, "127.0.0.1", server.port())
                .verify(10, TimeUnit.SECONDS)
                .getSession();
    }

    private static KeyPair newKey() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }
}
