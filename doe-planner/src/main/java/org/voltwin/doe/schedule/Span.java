package org.voltwin.doe.schedule;

import java.time.Instant;

/**
 * A time during which a channel is taken.
 *
 * @param by the task that takes it
 * @param from inclusive: the start of set-up
 * @param to exclusive: the end of tear-down
 */
record Span(String by, Instant from, Instant to) {
    boolean overlaps(Instant otherFrom, Instant otherTo) {
        return from.isBefore(otherTo) && otherFrom.isBefore(to);
    }
}
