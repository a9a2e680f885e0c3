package org.voltwin.standalone.ditto.twin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonValue;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.journal.Journal;
import org.voltwin.standalone.ditto.journal.JournalArchive;

/** The past of things, policies and connections, read from the journals that are still there. */
public final class History {
    private final Journal journal;
    private final JournalArchive archive;
    private final Executor loop;
    private final Executor workers;

    /** @param workers where files are read */
    public History(Journal journal, JournalArchive archive, Executor loop, Executor workers) {
        this.journal = journal;
        this.archive = archive;
        this.loop = loop;
        this.workers = workers;
    }

    /** An entity's past up to what has been accepted when this is called; completes on the loop. */
    public CompletionStage<Timeline> of(EntityKind kind, String id) {
        return journal.settled()
                .thenCompose(settled -> CompletableFuture.supplyAsync(() -> read(kind, id), workers))
                .thenApplyAsync(timeline -> timeline, loop);
    }

    /** What is still known of a connection, oldest first; completes on the loop. */
    public CompletionStage<List<ConnectionTable.Version>> ofConnection(String id) {
        return journal.settled()
                .thenCompose(settled -> CompletableFuture.supplyAsync(() -> readConnection(id), workers))
                .thenApplyAsync(versions -> versions, loop);
    }

    private List<ConnectionTable.Version> readConnection(String id) {
        try {
            return archive.recordsWith(plainPart(id)).stream()
                    .map(ConnectionTable.Version::parse)
                    .filter(Objects::nonNull)
                    .filter(version -> version.id().equals(id))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Timeline read(EntityKind kind, String id) {
        try {
            JsonObject base = null;
            var changes = new ArrayList<Change>();
            for (byte[] record : archive.recordsWith(plainPart(id))) {
                SnapshotPiece piece = SnapshotPiece.parse(record);
                if (piece != null) {
                    base = piece.kind() == kind && piece.id().equals(id)
                            ? JsonObject.of(new String(piece.json(), StandardCharsets.UTF_8))
                            : base;
                    continue;
                }
                JsonValue json = JsonFactory.readFrom(new String(record, StandardCharsets.UTF_8));
                if (json.isArray()) {
                    json.asArray().stream()
                            .map(change -> Change.fromJson(change.asObject()))
                            .filter(change ->
                                    change.kind() == kind && change.id().equals(id))
                            .forEach(changes::add);
                }
            }
            return new Timeline(base, List.copyOf(changes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The longest part of an id that is the same inside a JSON string. */
    private static byte[] plainPart(String id) {
        return Stream.of(id.split("[\"\\\\]"))
                .max(Comparator.comparingInt(String::length))
                .orElse(id)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Which headers of a command are kept with its changes. */
    public record KeptHeaders(List<String> ofThings, List<String> ofPolicies) {
        Change keep(Change change, org.eclipse.ditto.base.model.headers.DittoHeaders headers) {
            List<String> names = change.kind() == EntityKind.THING ? ofThings : ofPolicies;
            JsonObject kept = keep(names, name -> value(name, headers));
            return kept.isEmpty() ? change : change.withHeaders(kept);
        }

        /** Those of some headers that there are. */
        public static JsonObject keep(List<String> names, UnaryOperator<@Nullable String> values) {
            var kept = JsonFactory.newObjectBuilder();
            for (String name : names) {
                String value = values.apply(name);
                if (value != null) {
                    kept.set(name, value);
                }
            }
            return kept.build();
        }

        private static @Nullable String value(String name, org.eclipse.ditto.base.model.headers.DittoHeaders headers) {
            String value = headers.get(name);
            return value == null && name.equals("ditto-originator")
                    ? headers.getAuthorizationContext()
                            .getFirstAuthorizationSubject()
                            .map(subject -> subject.getId())
                            .orElse(null)
                    : value;
        }
    }
}
