package org.voltwin.lims.pool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.lims.TestClock;
import org.voltwin.lims.storage.LaboratoryStorage;
import org.voltwin.model.failure.Failure;

class PoolMonitorTest {
    private static final UUID KNOWN = UUID.fromString("11111111-1111-1111-1111-111111111111");

    @TempDir
    private Path root;

    private final TestClock clock = new TestClock(Instant.now());
    private final Set<UUID> expected = new HashSet<>(Set.of(KNOWN));
    private final Map<UUID, Failure> over = new HashMap<>();
    private RejectedUploads rejected;
    private PoolMonitor monitor;
    private Path pool;

    @BeforeEach
    void open() throws IOException {
        LaboratoryStorage storage = new LaboratoryStorage(root);
        pool = storage.pool();
        rejected = new RejectedUploads(storage);
        monitor = new PoolMonitor(
                storage,
                rejected,
                new PoolMonitor.Runs() {
                    @Override
                    public boolean isExpected(UUID run) {
                        return expected.contains(run);
                    }

                    @Override
                    public Optional<Failure> over(UUID run) {
                        return Optional.ofNullable(over.get(run));
                    }
                },
                clock);
    }

    @AfterEach
    void close() throws IOException {
        monitor.close();
    }

    private void settleAndScan() throws IOException {
        clock.advance(Duration.ofMinutes(1));
        monitor.scan();
    }

    private static void writeFmu(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("modelDescription.xml"));
            zip.write("<fmiModelDescription/>".getBytes(UTF_8));
        }
    }

    private Map<String, String> rejections() throws IOException {
        Map<String, String> codes = new HashMap<>();
        rejected.list().forEach(one -> codes.put(one.file(), one.failure().code()));
        return codes;
    }

    @Test
    void whatNobodyWaitsForIsKeptAsideWithTheReason() throws IOException {
        Files.writeString(pool.resolve("text.fmu"), "this is not a zip");
        Files.writeString(pool.resolve("notes.txt"), "hello");
        Files.writeString(pool.resolve("connections.json"), "{ not json");
        writeFmu(pool.resolve("good.fmu"));
        Path stranger = Files.createDirectories(pool.resolve(UUID.randomUUID().toString()));
        writeFmu(stranger.resolve("other.fmu"));
        Files.createSymbolicLink(pool.resolve("link.fmu"), Path.of("/etc/passwd"));

        settleAndScan();
        settleAndScan();

        assertThat(rejections())
                .containsEntry("text.fmu", "fmu.not_a_zip")
                .containsEntry("notes.txt", "pool.wrong_type")
                .containsEntry("connections.json", "connections.not_json")
                .containsEntry("good.fmu", "pool.no_request")
                .containsEntry(stranger.getFileName() + "/other.fmu", "pool.no_request")
                .containsEntry("link.fmu", "pool.wrong_type")
                .hasSize(6);
        assertThat(pool.toFile().list()).isEmpty();
        assertThat(Path.of("/etc/passwd")).exists();
        try (var files = Files.walk(root.resolve("rejected"))) {
            assertThat(files.filter(file -> file.getFileName().toString().equals("upload-text.fmu")))
                    .singleElement()
                    .satisfies(file -> assertThat((Path) file).hasContent("this is not a zip"));
        }
    }

    @Test
    void anUploadThatIsStillGrowingIsLeftAlone() throws IOException {
        Files.writeString(pool.resolve("text.fmu"), "first half");
        Files.writeString(pool.resolve("text.fmu.part"), "first half");

        monitor.scan();
        assertThat(rejections()).isEmpty();

        settleAndScan();
        assertThat(rejections()).containsOnlyKeys("text.fmu");

        clock.advance(PoolMonitor.GIVEN_UP);
        monitor.scan();
        assertThat(rejections()).containsEntry("text.fmu.part", "pool.incomplete_upload");
    }

    @Test
    void aDeliveryIsLeftToTheDataProcessorButForWhatThePoolDoesNotTake() throws IOException {
        Path delivery = Files.createDirectories(pool.resolve(KNOWN.toString()));
        Files.writeString(delivery.resolve("battery.fmu"), "not a zip, which the run's inspection will say");
        Files.writeString(delivery.resolve("battery.fmu.part"), "half");
        Files.writeString(delivery.resolve("run.sh"), "#!/bin/sh");

        settleAndScan();

        assertThat(rejections()).containsOnlyKeys(KNOWN + "/run.sh");
        assertThat(delivery.toFile().list()).containsExactlyInAnyOrder("battery.fmu", "battery.fmu.part");
    }

    @Test
    void whatAFailedRunLeavesIsKeptAsideWithItsFailure() throws IOException {
        Path delivery = Files.createDirectories(pool.resolve(KNOWN.toString()));
        Files.writeString(delivery.resolve("battery.fmu"), "not a zip");
        over.put(KNOWN, Failure.permanent("fmu.not_a_zip", "It is none.", "Export it again."));

        settleAndScan();
        settleAndScan();

        assertThat(rejections())
                .containsEntry(KNOWN + "/battery.fmu", "fmu.not_a_zip")
                .hasSize(1);
        assertThat(delivery).doesNotExist();
    }
}
