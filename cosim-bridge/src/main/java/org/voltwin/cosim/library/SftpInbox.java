package org.voltwin.cosim.library;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.http.Caller;
import org.voltwin.model.json.Json;

/**
 * What people do over SFTP, handed over by the SFTP server's process as files of a folder, so that it needs no rights
 * in the exchange and knows no rules: {@code <id>.data} is an upload's content, {@code <id>.json} then the order
 * ({@code {user, deed, path}}), and {@code <id>.answer} ({@code {ok, message}}) is what the server tells its client; for
 * {@code get}, which is only logged, there is none.
 * An order is taken by renaming it: one that the server has withdrawn meanwhile is not carried out.
 */
public final class SftpInbox implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SftpInbox.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    private static final Duration ROLES_AGAIN = Duration.ofSeconds(30);
    private static final Duration KEEP = Duration.ofHours(1);

    private final Path folder;
    private final Exchange exchange;
    private final SftpKeys keys;
    private final WatchService watch;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

    private record Order(String user, String deed, String path) {}

    /** @param folder the server's {@code inbox}; made when absent */
    public SftpInbox(Path folder, Exchange exchange, SftpKeys keys) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.exchange = exchange;
        this.keys = keys;
        this.watch = folder.getFileSystem().newWatchService();
        folder.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
    }

    /** Begins to look; orders that are there already come first. */
    public SftpInbox start() {
        workers.execute(this::look);
        return this;
    }

    private void look() {
        long rolesAt = System.nanoTime();
        try {
            while (true) {
                takeAll();
                if (System.nanoTime() - rolesAt > ROLES_AGAIN.toNanos()) {
                    workers.execute(this::keepOrder);
                    rolesAt = System.nanoTime();
                }
                // Whether something was seen or not: the folder is looked through, so no event can be missed.
                WatchKey seen = watch.poll(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
                if (seen != null) {
                    seen.pollEvents();
                    seen.reset();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ClosedWatchServiceException e) {
            LOG.debug("closed");
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }

    private void takeAll() {
        List<Path> all;
        try {
            all = files();
        } catch (IOException e) {
            LOG.error("The SFTP door's folder {} cannot be read; it is tried again", folder, e);
            return;
        }
        for (Path file : all) {
            if (file.toString().endsWith(".json")) {
                Path taken = sibling(file, ".taken");
                try {
                    Files.move(file, taken, StandardCopyOption.ATOMIC_MOVE);
                } catch (IOException e) {
                    LOG.debug("withdrawn: {}", file);
                    continue;
                }
                workers.execute(() -> answer(taken));
            }
        }
    }

    private void answer(Path taken) {
        Path data = sibling(taken, ".data");
        String refusal;
        boolean awaited = true;
        try {
            Order order = Json.read(Files.readAllBytes(taken), Order.class).orThrow();
            awaited = !order.deed().equals("get");
            refusal = perform(order, data).map(Failure::inOneLine).orElse("");
        } catch (RefusedException e) {
            refusal = e.failure().inOneLine();
        } catch (IOException e) {
            LOG.warn("An order of the SFTP door failed", e);
            refusal = "The exchange could not do it: " + e.getMessage() + ".";
        }
        try {
            Files.deleteIfExists(data);
            Files.delete(taken);
            if (awaited) {
                Path part = sibling(taken, ".part");
                Files.write(part, Json.bytes(Map.of("ok", refusal.isEmpty(), "message", refusal)));
                Files.move(part, sibling(taken, ".answer"), StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            LOG.warn("The SFTP door cannot be answered", e);
        }
    }

    /** Carries an order out; what is returned is why not. */
    private Optional<Failure> perform(Order order, Path data) throws IOException {
        Optional<Caller> caller = keys.caller(order.user());
        if (caller.isEmpty()) {
            return Optional.of(Failure.permanent(
                    "models.forbidden",
                    order.user() + " may not come to the models exchange any more.",
                    "Ask a lab administrator for a role, then add the key again on the Models page."));
        }
        Caller who = caller.get();
        return switch (order.deed()) {
            case "put" -> refusal(exchange.put(who, Door.SFTP, order.path(), data));
            case "delete" -> refusal(exchange.delete(who, Door.SFTP, order.path()));
            case "mkdir" -> refusal(exchange.makeFolder(who, Door.SFTP, order.path()));
            case "rmdir" -> refusal(exchange.removeFolder(who, Door.SFTP, order.path()));
            case "get" -> {
                exchange.get(who, Door.SFTP, order.path());
                yield Optional.empty();
            }
            default ->
                Optional.of(Failure.permanent(
                        "models.bad_order",
                        "The exchange does not know the deed '" + order.deed() + "'.",
                        "Update Voltwin's stores and rooms together."));
        };
    }

    private static Optional<Failure> refusal(Outcome<?> outcome) {
        return outcome instanceof Outcome.Refused<?> refused ? Optional.of(refused.failure()) : Optional.empty();
    }

    private void keepOrder() {
        try {
            sweep();
            keys.refresh();
        } catch (RefusedException e) {
            LOG.info("Roles for SFTP are those of before: {}", e.failure().inOneLine());
        } catch (IOException e) {
            LOG.warn("The SFTP door cannot be kept in order", e);
        }
    }

    /** Leftovers of clients and servers that went away. */
    private void sweep() throws IOException {
        long oldest = System.currentTimeMillis() - KEEP.toMillis();
        for (Path file : files()) {
            if (Files.exists(file) && Files.getLastModifiedTime(file).toMillis() < oldest) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static Path sibling(Path file, String ending) {
        String name = String.valueOf(file.getFileName());
        return file.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ending);
    }

    @Override
    public void close() throws IOException {
        watch.close();
        workers.close();
    }
}
