package org.voltwin.cosim.library;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.cosim.Fixtures;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.http.Caller;
import org.voltwin.model.http.Endpoint;
import org.voltwin.model.http.Reply;
import org.voltwin.model.http.Request;
import org.voltwin.model.http.Role;
import org.voltwin.model.json.Json;

/** Both doors of the exchange: the same rights, checks, log and news. */
final class SftpInboxTest {
    /** RFC 8709's form: type, then 32 bytes. */
    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGKdNjA8aoz8w9XxLqDbFe1PmCWQrjZ2T0tA0BiGvG0b mona@laptop";

    private static final String PLACE = "performance-ageing/cell/gen3b/physics-based/Mine_1.0/battery.fmu";

    @TempDir
    private Path temp;

    private final Map<String, Set<Role>> realm = new java.util.concurrent.ConcurrentHashMap<>();
    private Path inbox;
    private Path users;
    private ModelsFolder models;
    private Exchange exchange;
    private SftpKeys keys;
    private SftpInbox door;

    @BeforeEach
    void open() throws IOException {
        inbox = temp.resolve("inbox");
        users = temp.resolve("users.json");
        realm.put("mona", Set.of(Role.MODEL_AUTHOR));
        realm.put("vera", Set.of(Role.VIEWER));
        models = new ModelsFolder(temp.resolve("models"));
        AuditLog audit = new AuditLog(temp.resolve("audit.jsonl"), Clock.systemUTC());
        exchange = new Exchange(models, audit, temp.resolve("refused"));
        keys = new SftpKeys(users, name -> Optional.ofNullable(realm.get(name)), Clock.systemUTC());
        for (String name : List.of("mona", "vera")) {
            keys.add(caller(name), KEY).orThrow();
        }
        door = new SftpInbox(inbox, exchange, keys).start();
    }

    @AfterEach
    void close() throws IOException {
        door.close();
    }

    private Caller caller(String name) {
        return new Caller("subject-of-" + name, name, realm.getOrDefault(name, Set.of()));
    }

    /** As the SFTP server orders; the answer's message is empty when it was done. */
    private String order(String user, String deed, String path, byte[] content) throws IOException {
        String id = hand(user, deed, path, content);
        Path answer = inbox.resolve(id + ".answer");
        Awaitility.await()
                .pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(20))
                .until(() -> Files.exists(answer));
        JsonNode said = Json.read(Files.readAllBytes(answer), JsonNode.class).orThrow();
        assertThat(inbox.resolve(id + ".data")).doesNotExist();
        assertThat(said.path("ok").asBoolean())
                .isEqualTo(said.path("message").asText().isEmpty());
        return said.path("message").asText();
    }

    private String hand(String user, String deed, String path, byte[] content) throws IOException {
        String id = UUID.randomUUID().toString();
        if (content.length > 0) {
            Files.write(inbox.resolve(id + ".data"), content);
        }
        Path part = inbox.resolve(id + ".part");
        Files.write(part, Json.bytes(Map.of("user", user, "deed", deed, "path", "/" + path)));
        Files.move(part, inbox.resolve(id + ".json"), StandardCopyOption.ATOMIC_MOVE);
        return id;
    }

    private byte[] fmu() throws IOException {
        return Files.readAllBytes(models.resolve(Fixtures.MODEL).resolve("battery.fmu"));
    }

    private JsonNode ask(String path, Map<String, List<String>> query) throws Exception {
        Endpoint endpoint = new ExchangeEndpoints(exchange, keys)
                .endpoints().stream()
                        .filter(candidate -> candidate.method().equals("GET")
                                && candidate.path().equals(path))
                        .findFirst()
                        .orElseThrow();
        Request request = new Request(caller("mona"), Map.of(), query, new byte[0]);
        return ((Reply.Document) endpoint.action().perform(request)).body();
    }

    @Test
    void an_upload_by_sftp_is_checked_published_logged_and_told_like_one_of_the_web() throws Exception {
        List<AuditLog.Entry> news = new CopyOnWriteArrayList<>();
        exchange.changes().listen(news::add);

        assertThat(order("mona", "put", PLACE, fmu())).isEmpty();

        assertThat(models.resolve(PLACE)).hasBinaryContent(fmu());
        JsonNode entry = ask("/api/models/log", Map.of("path", List.of("performance-ageing/cell")))
                .at("/entries/0");
        assertThat(entry.path("who").asText()).isEqualTo("mona");
        assertThat(entry.path("subject").asText()).isEqualTo("subject-of-mona");
        assertThat(entry.path("door").asText()).isEqualTo("sftp");
        assertThat(entry.path("did").asText()).isEqualTo("upload");
        assertThat(entry.path("sha256").asText()).isEqualTo(ModelsFolder.sha256(models.resolve(PLACE)));
        assertThat(entry.path("sizeBytes").asLong()).isEqualTo(fmu().length);
        assertThat(news).extracting(AuditLog.Entry::path).containsExactly(PLACE);
    }

    @Test
    void what_is_refused_is_kept_aside_and_shown_with_the_reason() throws Exception {
        byte[] bad = "no archive".getBytes(StandardCharsets.UTF_8);

        assertThat(order("mona", "put", PLACE, bad)).contains("ZIP");
        assertThat(order("mona", "put", PLACE.replace("Mine_1.0", "Mine"), fmu()))
                .contains("not a place");

        assertThat(models.resolve(PLACE)).doesNotExist();
        JsonNode refusals = ask("/api/models/refused", Map.of());
        assertThat(refusals.findValuesAsText("code")).containsExactlyInAnyOrder("fmu.not_a_zip", "models.bad_place");
        String id = exchange.refused().list().stream()
                .filter(refusal -> refusal.code().equals("fmu.not_a_zip"))
                .findFirst()
                .orElseThrow()
                .id();
        assertThat(exchange.refused().content(id).orElseThrow()).hasBinaryContent(bad);
        assertThat(exchange.refused().remove(id)).isTrue();
        assertThat(exchange.refused().list()).hasSize(1);
        assertThat(exchange.refused().content("../" + id)).isEmpty();
    }

    @Test
    void rights_are_those_of_the_realm_at_this_moment() throws Exception {
        assertThat(order("vera", "put", PLACE, fmu())).contains("may read models, and change none");
        assertThat(order("vera", "delete", Fixtures.MODEL + "/battery.fmu", new byte[0]))
                .contains("may read");
        assertThat(order("nobody", "put", PLACE, fmu())).contains("may not come");

        realm.put("mona", Set.of(Role.VIEWER));
        assertThat(order("mona", "put", PLACE, fmu())).contains("may read models, and change none");
        assertThat(Files.readString(users)).doesNotContain("\"mayWrite\":true");

        realm.remove("mona");
        assertThat(order("mona", "delete", Fixtures.MODEL + "/battery.fmu", new byte[0]))
                .contains("may not come");
        keys.refresh();
        JsonNode written = Json.read(Files.readAllBytes(users), JsonNode.class).orThrow();
        assertThat(written.at("/users/0/mayRead").asBoolean(true)).isFalse();
        assertThat(models.resolve(Fixtures.MODEL).resolve("battery.fmu")).exists();
    }

    @Test
    void reading_is_logged_and_waits_for_nobody() throws Exception {
        String id = hand("vera", "get", Fixtures.MODEL + "/battery.fmu", new byte[0]);

        AuditLog.Question question =
                new AuditLog.Question(Optional.of("vera"), Optional.of("download"), Optional.empty(), Optional.empty());
        Awaitility.await()
                .pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(20))
                .until(() -> exchange.audit().newest(question, 10).size() == 1);
        assertThat(inbox.resolve(id + ".answer")).doesNotExist();
    }

    @Test
    void folders_are_made_and_removed_where_models_belong() throws Exception {
        String folder = PLACE.replace("/battery.fmu", "");

        assertThat(order("mona", "mkdir", folder, new byte[0])).isEmpty();
        assertThat(order("mona", "mkdir", "performance-ageing", new byte[0])).isEmpty();
        assertThat(order("mona", "mkdir", "mine", new byte[0])).contains("not a place");
        assertThat(order("mona", "rmdir", "performance-ageing", new byte[0])).contains("not empty");
        assertThat(order("mona", "put", PLACE, fmu())).isEmpty();
        assertThat(order("mona", "rmdir", folder, new byte[0])).contains("not empty");
        assertThat(order("mona", "delete", PLACE, new byte[0])).isEmpty();
        assertThat(order("mona", "rmdir", folder, new byte[0])).isEmpty();
        assertThat(models.resolve(folder)).doesNotExist();
        assertThat(order("mona", "put", "../../../tmp/x.fmu", fmu())).contains("not a path");
    }

    @Test
    void keys_are_checked_counted_and_kept() throws Exception {
        List<String> refused = new ArrayList<>();
        for (String bad : List.of(
                "",
                "ssh-dss AAAAB3NzaC1kc3MAAACBAO",
                "ssh-ed25519 ????",
                "ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIGKdNjA8aoz8w9XxLqDbFe1PmCWQrjZ2T0tA0BiGvG0b",
                "command=\"sh\" " + KEY,
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5/////w==")) {
            if (keys.add(caller("mona"), bad) instanceof Outcome.Refused<SftpKeys.Key> no) {
                refused.add(no.failure().code());
            }
        }
        assertThat(refused).hasSize(6).containsOnly("models.bad_key");

        SftpKeys again = new SftpKeys(users, name -> Optional.of(Set.of()), Clock.systemUTC());
        assertThat(again.of(caller("mona"))).isEqualTo(keys.of(caller("mona"))).hasSize(1);
        SftpKeys.Key key = keys.of(caller("mona")).getFirst();
        assertThat(key.fingerprint()).startsWith("SHA256:").hasSize(50);
        assertThat(keys.remove(caller("vera"), "other")).isFalse();
        assertThat(keys.remove(caller("mona"), key.id())).isTrue();
        assertThat(order("mona", "put", PLACE, fmu())).contains("may not come");
    }
}
