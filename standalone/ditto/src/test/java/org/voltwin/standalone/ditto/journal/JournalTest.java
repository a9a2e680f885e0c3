package org.voltwin.standalone.ditto.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    @TempDir
    Path folder;

    private Journal open(List<String> replayed) throws IOException {
        return Journal.open(
                folder, Retention.NONE, record -> replayed.add(new String(record, StandardCharsets.UTF_8)), broken -> {
                    throw new IllegalStateException(broken);
                });
    }

    private static CompletableFuture<Void> append(Journal journal, String record) {
        return journal.append(record.getBytes(StandardCharsets.UTF_8));
    }

    private void write(String... records) throws IOException {
        try (var journal = open(new ArrayList<>())) {
            for (String record : records) {
                append(journal, record);
            }
        }
    }

    private List<String> read() throws IOException {
        var replayed = new ArrayList<String>();
        open(replayed).close();
        return replayed;
    }

    private Path onlyJournal() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void replaysWhatWasAppendedInOrder() throws IOException {
        write("a", "b");
        write("c");

        assertThat(read()).containsExactly("a", "b", "c");
    }

    @Test
    void anAppendCompletesOnlyWhenTheRecordIsInTheFile() throws IOException {
        try (var journal = open(new ArrayList<>())) {
            append(journal, "first").join();

            assertThat(Files.readString(onlyJournal(), StandardCharsets.ISO_8859_1))
                    .contains("first");
            assertThat(journal.settled()).isCompleted();
        }
    }

    @Test
    void cutsATornTailAtEveryPossibleByteAndKeepsACopy() throws IOException {
        write("first", "second");
        byte[] whole = Files.readAllBytes(onlyJournal());
        int secondStarts = Frame.HEADER_BYTES + "first".length();
        for (int length = secondStarts + 1; length < whole.length; length++) {
            Files.write(onlyJournal(), java.util.Arrays.copyOf(whole, length));

            assertThat(read()).as("cut after %d bytes", length).containsExactly("first");
            assertThat(Files.size(onlyJournal())).isEqualTo(secondStarts);
        }
        assertThat(folder.resolve(onlyJournal().getFileName() + ".cut-at-" + secondStarts))
                .exists();
    }

    @Test
    void roomMadeInAdvanceIsNoDamageAndATornRecordInItIs() throws IOException {
        write("first", "second");
        byte[] whole = Files.readAllBytes(onlyJournal());
        byte[] room = java.util.Arrays.copyOf(whole, whole.length + 4096);
        Files.write(onlyJournal(), room);

        assertThat(read()).containsExactly("first", "second");
        assertThat(Files.size(onlyJournal())).isEqualTo(whole.length);

        room[whole.length - 1] = 0;
        Files.write(onlyJournal(), room);

        assertThat(read()).containsExactly("first");
    }

    @Test
    void cutsADamagedRecordAndGoesOnWriting() throws IOException {
        write("first", "second");
        byte[] bytes = Files.readAllBytes(onlyJournal());
        bytes[bytes.length - 1] ^= 1;
        Files.write(onlyJournal(), bytes);

        write("third");

        assertThat(read()).containsExactly("first", "third");
    }

    @Test
    void cutsGarbageWithAnImpossibleLength() throws IOException {
        write("first");
        Files.write(onlyJournal(), new byte[] {(byte) 0xff, 1, 2, 3, 4, 5, 6, 7, 8, 9}, StandardOpenOption.APPEND);

        assertThat(read()).containsExactly("first");
    }

    @Test
    void aSnapshotReplacesTheJournalsBeforeIt() throws IOException {
        try (var journal = open(new ArrayList<>())) {
            IntStream.range(0, 100).forEach(i -> append(journal, "old-" + i));
            journal.rotate(List.of("state".getBytes(StandardCharsets.UTF_8)));
            append(journal, "new").join();
            Awaitility.await()
                    .until(() -> Files.list(folder)
                                    .filter(file -> file.toString().endsWith(".log"))
                                    .count()
                            == 1);
        }

        assertThat(read()).containsExactly("state", "new");
    }

    @Test
    void aFolderHasOneWriter() throws IOException {
        try (var first = open(new ArrayList<>())) {
            append(first, "a").join();

            assertThatThrownBy(() -> open(new ArrayList<>())).hasMessageContaining("in use");
        }
        assertThat(read()).containsExactly("a");
    }

    @Test
    void anUnfinishedSnapshotIsIgnored() throws IOException {
        write("a", "b");
        Files.writeString(folder.resolve("snapshot.partial"), "half");

        assertThat(read()).containsExactly("a", "b");
    }

    @Test
    void refusesADamagedSnapshot() throws IOException {
        try (var journal = open(new ArrayList<>())) {
            append(journal, "old");
            journal.rotate(List.of("state".getBytes(StandardCharsets.UTF_8)));
            append(journal, "new").join();
            Awaitility.await()
                    .until(() ->
                            Files.list(folder).anyMatch(file -> file.toString().endsWith(".bin")));
        }
        Path snapshot;
        try (var files = Files.list(folder)) {
            snapshot = files.filter(file -> file.toString().endsWith(".bin"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(snapshot);
        bytes[Frame.HEADER_BYTES] ^= 1;
        Files.write(snapshot, bytes);

        assertThatThrownBy(this::read).isInstanceOf(IOException.class).hasMessageContaining("snapshot");
    }

    @Test
    void aBackupTakenWhileWritingHoldsWhatWasAcknowledgedBefore(@TempDir Path elsewhere) throws IOException {
        Path backup = elsewhere.resolve("backup.zip");
        try (var journal = open(new ArrayList<>())) {
            append(journal, "one").join();
            append(journal, "two").join();
            Files.writeString(folder.resolve("kept.json"), "{}");
            Backup.create(folder, List.of("kept.json"), backup);
            append(journal, "three").join();
        }
        var restored = new ArrayList<String>();
        Path data = elsewhere.resolve("data");
        Backup.restore(
                backup, data, List.of("kept.json"), record -> restored.add(new String(record, StandardCharsets.UTF_8)));

        assertThat(restored).containsExactly("one", "two");
        assertThat(data.resolve("kept.json")).hasContent("{}");
        assertThatThrownBy(() -> Backup.restore(backup, elsewhere.resolve("more"), List.of(), record -> {}))
                .hasMessageContaining("kept.json");
        assertThatThrownBy(() -> Backup.restore(backup, folder, List.of(), record -> {}))
                .hasMessageContaining("already");
        assertThatThrownBy(() -> Backup.create(folder, List.of("kept.json"), backup))
                .isInstanceOf(IOException.class);
    }
}
