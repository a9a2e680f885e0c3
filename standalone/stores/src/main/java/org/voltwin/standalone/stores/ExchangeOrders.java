package org.voltwin.standalone.stores;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Hands what people want changed in the exchange to the process that checks models, as files of the inbox, and waits
 * for its word: {@code <id>.data}, {@code <id>.json} and {@code <id>.answer}. An order that nobody takes is withdrawn.
 */
final class ExchangeOrders {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration TO_TAKE = Duration.ofSeconds(15);
    private static final Duration TO_ANSWER = Duration.ofMinutes(3);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final Path inbox;

    /** The exchange's word, for the client. */
    static final class RefusedByExchange extends IOException {
        private static final long serialVersionUID = 1L;

        RefusedByExchange(String message) {
            super(message);
        }
    }

    ExchangeOrders(Path inbox) throws IOException {
        this.inbox = Files.createDirectories(inbox);
    }

    /** A file for content that is still being written. */
    Path newContent() {
        return inbox.resolve(UUID.randomUUID() + ".writing");
    }

    /** Returns when it was done; the content is gone then, as it is when this throws. */
    void put(String user, String path, Path content) throws IOException {
        String name = String.valueOf(content.getFileName());
        String id = name.substring(0, name.lastIndexOf('.'));
        try {
            Files.move(content, inbox.resolve(id + ".data"), StandardCopyOption.ATOMIC_MOVE);
            order(id, user, "put", path);
        } finally {
            Files.deleteIfExists(content);
        }
    }

    /** Returns when it was done. */
    void change(String user, String deed, String path) throws IOException {
        order(UUID.randomUUID().toString(), user, deed, path);
    }

    /** For the log; nobody waits. */
    void tell(String user, String deed, String path) throws IOException {
        write(UUID.randomUUID().toString(), user, deed, path);
    }

    private Path write(String id, String user, String deed, String path) throws IOException {
        Path part = inbox.resolve(id + ".part");
        Files.write(part, JSON.writeValueAsBytes(Map.of("user", user, "deed", deed, "path", path)));
        return Files.move(part, inbox.resolve(id + ".json"), StandardCopyOption.ATOMIC_MOVE);
    }

    private void order(String id, String user, String deed, String path) throws IOException {
        Path answer = inbox.resolve(id + ".answer");
        try (WatchService watch = inbox.getFileSystem().newWatchService()) {
            inbox.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            Path order = write(id, user, deed, path);
            long begun = System.nanoTime();
            while (!Files.exists(answer)) {
                Duration waited = Duration.ofNanos(System.nanoTime() - begun);
                if (waited.compareTo(TO_TAKE) > 0 && Files.deleteIfExists(order) || waited.compareTo(TO_ANSWER) > 0) {
                    Files.deleteIfExists(inbox.resolve(id + ".data"));
                    throw new RefusedByExchange("The models exchange does not answer; nothing was changed. Try again"
                            + " when ./voltwin status shows that rooms is up.");
                }
                WatchKey seen = watch.poll(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
                if (seen != null) {
                    seen.pollEvents();
                    seen.reset();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The server is stopping", e);
        }
        JsonNode said = JSON.readTree(Files.readAllBytes(answer));
        Files.deleteIfExists(answer);
        if (!said.path("ok").asBoolean()) {
            throw new RefusedByExchange(said.path("message").asText());
        }
    }
}
