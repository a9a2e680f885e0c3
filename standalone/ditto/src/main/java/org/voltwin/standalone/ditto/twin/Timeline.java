package org.voltwin.standalone.ditto.twin;

import java.time.Instant;
import java.util.List;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What is still known of an entity's past.
 *
 * @param base the entity before the first of the changes, null when that one created it
 * @param changes in the order they happened, across deletions too
 */
public record Timeline(@Nullable JsonObject base, List<Change> changes) {
    /**
     * The entity as it was.
     *
     * @param headers of the change that made it so
     */
    record Moment(JsonObject state, JsonObject headers) {}

    /** At a revision; null when that is not known (any more) or the entity was deleted then. */
    @Nullable Moment atRevision(long revision) {
        Moment moment = last(change -> change.revision() <= revision, baseRevision() <= revision);
        boolean exact = moment != null
                && moment.state().getValue("_revision").map(JsonValue::asLong).orElse(0L) == revision;
        return exact ? moment : null;
    }

    /** At a time; null when nothing is known of it (any more) or the entity was deleted then. */
    @Nullable Moment atTime(Instant time) {
        boolean baseThen = base != null
                && base.getValue("_modified")
                        .map(modified -> !Instant.parse(modified.asString()).isAfter(time))
                        .orElse(false);
        return last(change -> !change.timestamp().isAfter(time), baseThen);
    }

    private @Nullable Moment last(java.util.function.Predicate<Change> wanted, boolean baseWanted) {
        if (base != null && !baseWanted) {
            return null;
        }
        JsonObject state = base;
        JsonObject headers = JsonObject.empty();
        for (Change change : changes) {
            if (!wanted.test(change)) {
                break;
            }
            state = change.applyTo(state);
            headers = change.headers();
        }
        return state == null ? null : new Moment(state, headers);
    }

    private long baseRevision() {
        return base == null
                ? 0
                : base.getValue("_revision").map(JsonValue::asLong).orElse(0L);
    }

    /** The newest revision there was. */
    public long newestRevision() {
        return changes.isEmpty() ? baseRevision() : changes.getLast().revision();
    }
}
