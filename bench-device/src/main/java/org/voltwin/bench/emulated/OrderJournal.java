package org.voltwin.bench.emulated;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.json.Json;
import org.voltwin.model.port.BenchOrder;

/**
 * The orders a bench has accepted and how they ended, on the disk before anybody is told. Lines of JSON; the last entry
 * about a run counts. A line that a crash cut off is as if it had never been.
 */
final class OrderJournal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OrderJournal.class);
    /** Ended orders that are remembered for duplicates. */
    private static final int ENDED_KEPT = 1000;

    /**
     * How an order stands.
     *
     * @param order as accepted
     * @param acknowledgedRows rows from the beginning that need not be sent again
     * @param end how it ended; null while it is not
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Entry(
            @JsonProperty("order") BenchOrder order,
            @JsonProperty("acknowledgedRows") long acknowledgedRows,
            @JsonProperty("end") @Nullable EndEntry end) {}

    /** How an order ended. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record EndEntry(
            @JsonProperty("event") String event,
            @JsonProperty("rows") long rows,
            @JsonProperty("summary") @Nullable Map<String, Double> summary,
            @JsonProperty("failure") org.voltwin.model.failure.@Nullable Failure failure) {}

    private final FileChannel channel;
    private final Map<UUID, Entry> entries;

    private OrderJournal(FileChannel channel, Map<UUID, Entry> entries) {
        this.channel = channel;
        this.entries = entries;
    }

    /** Opens the journal, and shortens it to what counts. */
    static OrderJournal open(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve("orders.jsonl");
        Map<UUID, Entry> entries = Files.exists(file) ? read(file) : new LinkedHashMap<>();
        Path part = folder.resolve("orders.jsonl.part");
        try (FileChannel fresh = FileChannel.open(
                part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            for (Entry entry : entries.values()) {
                write(fresh, entry);
            }
            fresh.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return new OrderJournal(FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND), entries);
    }

    synchronized Optional<Entry> entry(UUID run) {
        return Optional.ofNullable(entries.get(run));
    }

    /** Orders that have not ended, in the order of their acceptance. */
    synchronized List<Entry> open() {
        return entries.values().stream().filter(entry -> entry.end() == null).toList();
    }

    /** Keeps the entry; on the disk when this returns, unless it is only about acknowledged rows. */
    synchronized void keep(Entry entry) {
        boolean onlyRows = entries.containsKey(entry.order().run()) && entry.end() == null;
        try {
            write(channel, entry);
            if (!onlyRows) {
                channel.force(false);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the journal of orders cannot be written", e);
        }
        entries.put(entry.order().run(), entry);
    }

    private static void write(FileChannel to, Entry entry) throws IOException {
        ByteBuffer line = ByteBuffer.wrap((Json.text(entry) + "\n").getBytes(UTF_8));
        while (line.hasRemaining()) {
            to.write(line);
        }
    }

    private static Map<UUID, Entry> read(Path file) throws IOException {
        Map<UUID, Entry> all = new LinkedHashMap<>();
        for (String line : new String(Files.readAllBytes(file), UTF_8).split("\n")) {
            if (line.isBlank()) {
                continue;
            }
            switch (Json.read(line.getBytes(UTF_8), Entry.class)) {
                case Outcome.Ok<Entry>(Entry entry) -> all.put(entry.order().run(), entry);
                case Outcome.Refused<Entry> refused ->
                    LOG.warn(
                            "a line of {} is not read: {}",
                            file,
                            refused.failure().inOneLine());
            }
        }
        List<UUID> ended = new ArrayList<>(all.values().stream()
                .filter(entry -> entry.end() != null)
                .map(entry -> entry.order().run())
                .toList());
        ended.stream().limit(Math.max(0, ended.size() - ENDED_KEPT)).forEach(all::remove);
        return all;
    }

    @Override
    public synchronized void close() throws IOException {
        channel.close();
    }
}
