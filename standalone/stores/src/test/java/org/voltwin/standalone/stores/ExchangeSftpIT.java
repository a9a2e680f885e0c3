package org.voltwin.standalone.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.apache.sshd.sftp.common.SftpException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The SFTP door of the models exchange, with a stand-in that checks: it refuses what begins with "bad". */
final class ExchangeSftpIT {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String MODEL = "/performance-ageing/cell/gen3b/physics-based/Mine_1.0";

    /** A host key takes seconds to make. */
    @TempDir
    private static Path hostKey;

    @TempDir
    private Path folder;

    private Path root;
    private Path inbox;
    private Path users;
    private KeyPair key;
    private SftpServer server;
    private SshClient client;
    private Thread checker;
    private final List<String> orders = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        key = SecurityUtils.getKeyPairGenerator("EdDSA").generateKeyPair();
        root = Files.createDirectories(folder.resolve("models"));
        Files.createDirectories(root.resolve(MODEL.substring(1)));
        inbox = Files.createDirectories(folder.resolve("inbox"));
        users = folder.resolve("users.json");
        writeUsers(true);
        server = SftpServer.start(
                new StoresConfig.Sftp(
                        0, folder.resolve("known_hosts"), List.of(), new StoresConfig.Exchange(root, inbox, users)),
                "127.0.0.1",
                hostKey);
        client = SshClient.setUpDefaultClient();
        client.setServerKeyVerifier((session, address, serverKey) -> true);
        client.start();
        checker = Thread.ofVirtual().start(this::check);
    }

    @AfterEach
    void stop() throws Exception {
        checker.interrupt();
        checker.join();
        client.stop();
        server.close();
    }

    private void writeUsers(boolean monaWrites) throws Exception {
        String line = PublicKeyEntry.toString(key.getPublic()) + " laptop";
        List<Map<String, Object>> keys = List.of(Map.of("line", line, "id", "1"));
        Path part = folder.resolve("users.part");
        Files.write(
                part,
                JSON.writeValueAsBytes(Map.of(
                        "users",
                        List.of(
                                Map.of("user", "mona", "mayRead", true, "mayWrite", monaWrites, "keys", keys),
                                Map.of("user", "vera", "mayRead", true, "mayWrite", false, "keys", keys),
                                Map.of("user", "gone", "mayRead", false, "mayWrite", false, "keys", keys)))));
        Files.move(part, users, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** What SftpInbox of the rooms does, without its checks. */
    private void check() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                List<Path> all;
                try (Stream<Path> files = Files.list(inbox)) {
                    all = files.filter(file -> file.toString().endsWith(".json"))
                            .toList();
                }
                for (Path file : all) {
                    answer(file);
                }
                TimeUnit.MILLISECONDS.sleep(10);
            }
        } catch (InterruptedException | java.nio.channels.ClosedByInterruptException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(Path file) throws IOException {
        JsonNode order = JSON.readTree(Files.readAllBytes(file));
        String id = file.getFileName().toString().replace(".json", "");
        Path data = inbox.resolve(id + ".data");
        Path target = root.resolve(order.path("path").asText().substring(1));
        orders.add(order.path("user").asText() + " " + order.path("deed").asText() + " " + target.getFileName());
        String refusal = "";
        switch (order.path("deed").asText()) {
            case "put" -> {
                if (Files.readString(data).startsWith("bad")) {
                    refusal = "fmu.not_a_zip: it is no archive. Export it again.";
                } else {
                    Files.move(data, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
            case "delete" -> Files.delete(target);
            case "mkdir" -> Files.createDirectories(target);
            default -> {}
        }
        Files.deleteIfExists(data);
        Files.delete(file);
        Path part = inbox.resolve(id + ".part");
        Files.write(part, JSON.writeValueAsBytes(Map.of("ok", refusal.isEmpty(), "message", refusal)));
        Files.move(part, inbox.resolve(id + ".answer"), StandardCopyOption.ATOMIC_MOVE);
    }

    private interface Work {
        void with(SftpClient sftp) throws Exception;
    }

    private void as(String user, Work work) throws Exception {
        try (ClientSession session = client.connect(user, "127.0.0.1", server.port())
                .verify(10, TimeUnit.SECONDS)
                .getSession()) {
            session.addPublicKeyIdentity(key);
            session.auth().verify(10, TimeUnit.SECONDS);
            try (SftpClient sftp = SftpClientFactory.instance().createSftpClient(session)) {
                work.with(sftp);
            }
        }
    }

    private static void put(SftpClient sftp, String path, String content) throws IOException {
        try (OutputStream out = sftp.write(path)) {
            out.write(content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    @Test
    void anAuthorSharesReadsAndDeletesWithAnEd25519Key() throws Exception {
        as("mona", sftp -> {
            sftp.mkdir("/performance-ageing/cell/gen3b/physics-based/New_2.0");
            put(sftp, MODEL + "/battery.fmu", "good");
            assertThat(sftp.stat(MODEL + "/battery.fmu").getSize()).isEqualTo(4);
            try (InputStream in = sftp.read(MODEL + "/battery.fmu")) {
                assertThat(in.readAllBytes()).asString().isEqualTo("good");
            }
            sftp.remove(MODEL + "/battery.fmu");
        });

        assertThat(root.resolve(MODEL.substring(1)).resolve("battery.fmu")).doesNotExist();
        assertThat(orders)
                .contains(
                        "mona mkdir New_2.0",
                        "mona put battery.fmu",
                        "mona get battery.fmu",
                        "mona delete battery.fmu");
    }

    @Test
    void aRefusalReachesTheClientWithItsReasonAndNothingAppears() throws Exception {
        as(
                "mona",
                sftp -> assertThatThrownBy(() -> put(sftp, MODEL + "/battery.fmu", "bad zip"))
                        .isInstanceOf(SftpException.class)
                        .hasMessageContaining("fmu.not_a_zip"));

        assertThat(root.resolve(MODEL.substring(1)).resolve("battery.fmu")).doesNotExist();
    }

    @Test
    void aFileUnderAPassingNameIsHandedOverWhenItGetsItsOwn() throws Exception {
        as("mona", sftp -> {
            put(sftp, MODEL + "/battery.fmu.filepart", "good");
            assertThat(orders).isEmpty();
            sftp.rename(MODEL + "/battery.fmu.filepart", MODEL + "/battery.fmu");
            assertThatThrownBy(() -> sftp.rename(MODEL + "/battery.fmu", MODEL + "/other.fmu"))
                    .isInstanceOf(SftpException.class)
                    .hasMessageContaining("not renamed");
        });

        assertThat(root.resolve(MODEL.substring(1)).resolve("battery.fmu")).hasContent("good");
    }

    @Test
    void othersReadAndChangeNothing() throws Exception {
        Files.writeString(root.resolve(MODEL.substring(1)).resolve("battery.fmu"), "good");
        as("vera", sftp -> {
            try (InputStream in = sftp.read(MODEL + "/battery.fmu")) {
                assertThat(in.readAllBytes()).hasSize(4);
            }
            assertThatThrownBy(() -> put(sftp, MODEL + "/mine.fmu", "good")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> sftp.remove(MODEL + "/battery.fmu")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> sftp.mkdir(MODEL + "/folder")).isInstanceOf(IOException.class);
        });
        assertThatThrownBy(() -> as("gone", sftp -> sftp.stat("/"))).isInstanceOf(SshException.class);
        assertThatThrownBy(() -> as("nobody", sftp -> sftp.stat("/"))).isInstanceOf(SshException.class);
        assertThat(orders).containsOnly("vera get battery.fmu");
    }

    @Test
    void aRoleThatIsLostIsLostInAnOpenSession() throws Exception {
        as("mona", sftp -> {
            put(sftp, MODEL + "/battery.fmu", "good");
            writeUsers(false);
            assertThatThrownBy(() -> put(sftp, MODEL + "/battery.fmu", "other")).isInstanceOf(IOException.class);
        });

        assertThat(root.resolve(MODEL.substring(1)).resolve("battery.fmu")).hasContent("good");
    }

    @Test
    void anotherKeyIsRefused() throws Exception {
        KeyPair mine = key;
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        key = generator.generateKeyPair();

        assertThat(KeyUtils.compareKeys(mine.getPublic(), key.getPublic())).isFalse();
        assertThatThrownBy(() -> as("mona", sftp -> sftp.stat("/"))).isInstanceOf(SshException.class);
    }
}
