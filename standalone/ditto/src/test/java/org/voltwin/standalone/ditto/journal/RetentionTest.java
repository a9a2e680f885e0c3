package org.voltwin.standalone.ditto.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RetentionTest {
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    @TempDir
    private Path folder;

    private final TreeMap<Long, Path> snapshots = new TreeMap<>();
    private final TreeMap<Long, Path> journals = new TreeMap<>();

    private void snapshot(long number, int hoursOld) throws IOException {
        snapshots.put(number, file("snapshot-" + number, hoursOld));
    }

    private void journal(long number, int hoursOld) throws IOException {
        journals.put(number, file("journal-" + number, hoursOld));
    }

    private Path file(String name, int hoursOld) throws IOException {
        Path file = Files.write(folder.resolve(name), new byte[100]);
        Files.setLastModifiedTime(file, FileTime.from(NOW.minus(Duration.ofHours(hoursOld))));
        return file;
    }

    private java.util.List<String> gone(Retention retention, long newest) throws IOException {
        return retention.disposable(snapshots, journals, newest, NOW).stream()
                .map(file -> file.getFileName().toString())
                .toList();
    }

    @Test
    void withoutHistoryOnlyTheNewestSnapshotAndWhatFollowsItStay() throws IOException {
        journal(0, 30);
        snapshot(1, 29);
        journal(1, 2);
        snapshot(2, 1);
        journal(2, 0);

        assertThat(gone(Retention.NONE, 2)).containsExactlyInAnyOrder("journal-0", "snapshot-1", "journal-1");
    }

    @Test
    void theChainBeginsWithTheLastSnapshotBeforeTheHorizon() throws IOException {
        journal(0, 90);
        snapshot(1, 90);
        journal(1, 60);
        snapshot(2, 60);
        journal(2, 20);
        snapshot(3, 20);
        journal(3, 1);
        snapshot(4, 1);
        journal(4, 0);

        assertThat(gone(new Retention(Duration.ofHours(48), Long.MAX_VALUE), 4))
                .containsExactlyInAnyOrder("journal-0", "snapshot-1", "journal-1");
    }

    @Test
    void tooMuchMeansLessHistory() throws IOException {
        journal(0, 3);
        snapshot(1, 3);
        journal(1, 2);
        snapshot(2, 2);
        journal(2, 0);

        assertThat(gone(new Retention(Duration.ofDays(3), 500), 2)).isEmpty();
        assertThat(gone(new Retention(Duration.ofDays(3), 499), 2)).containsExactly("journal-0");
        assertThat(gone(new Retention(Duration.ofDays(3), 1), 2))
                .containsExactlyInAnyOrder("journal-0", "snapshot-1", "journal-1");
    }

    @Test
    void snapshotsInBetweenAreThinnedAndJournalsAreNot() throws IOException {
        journal(0, 40);
        for (int number = 1; number <= 30; number++) {
            snapshot(number, 40 - number);
            journal(number, 39 - number);
        }

        var gone = gone(new Retention(Duration.ofHours(80), Long.MAX_VALUE), 30);

        assertThat(gone)
                .allMatch(name -> name.startsWith("snapshot"))
                .hasSize(26)
                .doesNotContain("snapshot-1", "snapshot-11", "snapshot-30");
    }
}
