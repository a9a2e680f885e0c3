package org.voltwin.standalone.ditto.twin;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.eclipse.ditto.base.model.exceptions.DittoHeaderInvalidException;
import org.eclipse.ditto.base.model.exceptions.DittoRuntimeException;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.policies.model.PolicyId;
import org.eclipse.ditto.policies.model.signals.commands.exceptions.PolicyHistoryNotAccessibleException;
import org.eclipse.ditto.things.model.ThingId;
import org.eclipse.ditto.things.model.signals.commands.exceptions.ThingHistoryNotAccessibleException;
import org.jspecify.annotations.Nullable;

/** The moment a query asks for with {@code at-historical-revision} or {@code at-historical-timestamp}. */
public sealed interface PastQuery {
    /** At a revision. */
    record AtRevision(long revision) implements PastQuery {}

    /** At a time. */
    record AtTime(Instant time) implements PastQuery {}

    String REVISION = "at-historical-revision";
    String TIMESTAMP = "at-historical-timestamp";

    /**
     * @return null when it asks for the present
     * @throws DittoHeaderInvalidException when a header is neither a number nor a time
     */
    static @Nullable PastQuery of(DittoHeaders headers) {
        String revision = headers.get(REVISION);
        String timestamp = headers.get(TIMESTAMP);
        try {
            if (revision != null) {
                return new AtRevision(Long.parseLong(revision));
            }
            return timestamp == null ? null : new AtTime(Instant.parse(timestamp));
        } catch (NumberFormatException | DateTimeParseException e) {
            throw DittoHeaderInvalidException.newInvalidTypeBuilder(
                            revision != null ? REVISION : TIMESTAMP,
                            String.valueOf(revision != null ? revision : timestamp),
                            revision != null ? "a number" : "a timestamp in ISO 8601")
                    .dittoHeaders(headers)
                    .build();
        }
    }

    private Timeline.@Nullable Moment in(Timeline timeline) {
        return switch (this) {
            case AtRevision at -> timeline.atRevision(at.revision());
            case AtTime at -> timeline.atTime(at.time());
        };
    }

    default Timeline.Moment of(ThingId id, Timeline timeline, DittoHeaders headers) {
        Timeline.Moment moment = in(timeline);
        if (moment == null) {
            throw refusal(id, headers);
        }
        return moment;
    }

    default Timeline.Moment of(PolicyId id, Timeline timeline, DittoHeaders headers) {
        Timeline.Moment moment = in(timeline);
        if (moment == null) {
            throw refusal(id, headers);
        }
        return moment;
    }

    private DittoRuntimeException refusal(ThingId id, DittoHeaders headers) {
        return (switch (this) {
                    case AtRevision at -> ThingHistoryNotAccessibleException.newBuilder(id, at.revision());
                    case AtTime at -> ThingHistoryNotAccessibleException.newBuilder(id, at.time());
                })
                .dittoHeaders(headers)
                .build();
    }

    private DittoRuntimeException refusal(PolicyId id, DittoHeaders headers) {
        return (switch (this) {
                    case AtRevision at -> PolicyHistoryNotAccessibleException.newBuilder(id, at.revision());
                    case AtTime at -> PolicyHistoryNotAccessibleException.newBuilder(id, at.time());
                })
                .dittoHeaders(headers)
                .build();
    }
}
