package org.voltwin.lims.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.model.Examples;
import org.voltwin.model.fake.FakeModelLibrary;
import org.voltwin.model.port.StageOutcome;
import org.voltwin.model.run.Delivery;
import org.voltwin.model.run.ModelFile;
import org.voltwin.model.run.ModelSelection;
import org.voltwin.model.run.RunState;

/** Delivery to a real SFTP server. */
class DeliveryStageIT {
    private static final Map<String, byte[]> CONTENT = Map.of(
            "connections.json", "[]".getBytes(UTF_8),
            "battery.fmu", new byte[100_000],
            "cycler.fmu", "not really".getBytes(UTF_8));
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T09:00:05Z"), ZoneOffset.UTC);

    @TempDir
    private Path keys;

    @TempDir
    private Path root;

    private RealSftpServer server;
    private final FakeModelLibrary library = new FakeModelLibrary();
    private final List<UUID> announced = new ArrayList<>();
    private RunState.Modelled state;

    @BeforeEach
    void start() throws Exception {
        Files.createDirectories(root.resolve("pool"));
        server = new RealSftpServer(keys, root);
        ModelSelection models = new ModelSelection(
                "m", "1.0.0", List.of(file("connections.json"), file("battery.fmu"), file("cycler.fmu")));
        library.offer(models, CONTENT);
        state = Examples.requested().modelled(models, Examples.T0);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private static ModelFile file(String name) throws Exception {
        byte[] content = CONTENT.get(name);
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        return new ModelFile(name, "m/" + name, digest, content.length);
    }

    private StageOutcome deliver(Path key, Path knownHosts) {
        return new DeliveryStage(server.configuration(key, knownHosts), library, CLOCK, announced::add).perform(state);
    }

    private static Delivery delivery(StageOutcome outcome) {
        return outcome instanceof StageOutcome.Advance advance && advance.next() instanceof RunState.Delivered next
                ? next.delivery()
                : org.assertj.core.api.Assertions.fail("not delivered: " + outcome);
    }

    private static String code(StageOutcome outcome) {
        return outcome instanceof StageOutcome.Fail fail ? fail.failure().code() : outcome.toString();
    }

    @Test
    void everyFileIsInTheRunsFolderWithTheConnectionsLast() throws Exception {
        Delivery delivery = delivery(deliver(server.privateKey(), server.knownHosts()));

        assertThat(delivery.delivered()).containsExactly("battery.fmu", "cycler.fmu", "connections.json");
        assertThat(announced).containsExactly(Examples.RUN);
        Path folder = root.resolve("pool").resolve(Examples.RUN.toString());
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("battery.fmu", "cycler.fmu", "connections.json");
        for (var entry : CONTENT.entrySet()) {
            assertThat(folder.resolve(entry.getKey())).hasBinaryContent(entry.getValue());
        }
    }

    @Test
    void onlyWhatIsMissingOrDamagedIsSentAgain() throws Exception {
        deliver(server.privateKey(), server.knownHosts());
        Path folder = root.resolve("pool").resolve(Examples.RUN.toString());
        Files.delete(folder.resolve("connections.json"));
        byte[] damaged = CONTENT.get("battery.fmu").clone();
        damaged[5] = 1;
        Files.write(folder.resolve("battery.fmu"), damaged);
        Files.write(folder.resolve("connections.json.part"), "half".getBytes(UTF_8));
        FileTime untouched = Files.getLastModifiedTime(folder.resolve("cycler.fmu"));

        Delivery delivery = delivery(deliver(server.privateKey(), server.knownHosts()));

        assertThat(delivery.delivered()).containsExactly("battery.fmu", "connections.json");
        assertThat(delivery.alreadyThere()).containsExactly("cycler.fmu");
        assertThat(Files.getLastModifiedTime(folder.resolve("cycler.fmu"))).isEqualTo(untouched);
        assertThat(folder.resolve("battery.fmu")).hasBinaryContent(CONTENT.get("battery.fmu"));
        assertThat(folder.toFile().list()).hasSize(3);
    }

    @Test
    void aHostThatIsNotKnownIsRefusedBeforeAnyKeyIsShown() {
        assertThat(code(deliver(server.privateKey(), server.emptyKnownHosts()))).isEqualTo("delivery.unknown_host_key");
        assertThat(server.authentications()).isZero();
    }

    @Test
    void aHostWhoseKeyHasChangedIsRefusedBeforeAnyKeyIsShown() {
        assertThat(code(deliver(server.privateKey(), server.changedKnownHosts())))
                .isEqualTo("delivery.host_key_changed");
        assertThat(server.authentications()).isZero();
    }

    @Test
    void aKeyThatTheServerDoesNotKnowIsRefused() {
        assertThat(code(deliver(server.otherPrivateKey(), server.knownHosts()))).isEqualTo("delivery.not_authorised");
    }

    @Test
    void aServerThatIsAwayIsWorthARetry() throws Exception {
        SftpConfiguration configuration = server.configuration(server.privateKey(), server.knownHosts());
        server.close();

        StageOutcome outcome = new DeliveryStage(configuration, library, CLOCK, announced::add).perform(state);

        assertThat(code(outcome)).isEqualTo("delivery.unreachable");
        assertThat(((StageOutcome.Fail) outcome).failure().retryHelps()).isTrue();
    }

    @Test
    void aModelThatIsNoLongerTheOneSelectedDoesNotReachThePool() {
        library.offer(state.models(), Map.of("cycler.fmu", "changed...".getBytes(UTF_8)));

        assertThat(code(deliver(server.privateKey(), server.knownHosts()))).isEqualTo("delivery.model_changed");
        assertThat(root.resolve("pool")
                        .resolve(Examples.RUN.toString())
                        .toFile()
                        .list())
                .containsExactly("battery.fmu");
    }
}
