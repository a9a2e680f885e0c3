package org.voltwin.standalone.ditto.connect;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.eclipse.ditto.base.model.common.HttpStatus;
import org.eclipse.ditto.connectivity.model.ConnectionId;
import org.eclipse.ditto.connectivity.model.signals.commands.exceptions.ConnectionHistoryNotAccessibleException;
import org.eclipse.ditto.json.JsonObject;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.twin.ConnectionTable.Version;
import org.voltwin.standalone.ditto.twin.History;
import org.voltwin.standalone.ditto.twin.PastQuery;
import org.voltwin.standalone.ditto.twin.Reply;

/** The definitions of connections as they were. */
final class PastConnections {
    private final History history;

    PastConnections(History history) {
        this.history = history;
    }

    /** @return as it may be shown; fails with {@link ConnectionHistoryNotAccessibleException} when it is not known */
    CompletionStage<Reply> of(ConnectionId id, PastQuery when) {
        return history.ofConnection(id.toString()).thenApply(versions -> {
            Version version = switch (when) {
                case PastQuery.AtRevision at -> last(versions, each -> each.revision() == at.revision());
                case PastQuery.AtTime at -> last(versions, each -> hasBeenBy(at.time(), each));
            };
            JsonObject definition = version == null ? null : version.definition();
            if (version == null || definition == null) {
                throw (switch (when) {
                            case PastQuery.AtRevision at ->
                                ConnectionHistoryNotAccessibleException.newBuilder(id, at.revision());
                            case PastQuery.AtTime at ->
                                ConnectionHistoryNotAccessibleException.newBuilder(id, at.time());
                        })
                        .build();
            }
            return new Reply(
                    HttpStatus.OK,
                    Secrets.mask(definition),
                    null,
                    version.headers().isEmpty()
                            ? Map.of()
                            : Map.of("historical-headers", version.headers().toString()));
        });
    }

    private static boolean hasBeenBy(Instant time, Version version) {
        Instant changed = version.time();
        return changed != null && !changed.isAfter(time);
    }

    private static @Nullable Version last(List<Version> versions, Predicate<Version> wanted) {
        Version found = null;
        for (Version version : versions) {
            found = wanted.test(version) ? version : found;
        }
        return found;
    }
}
