package org.voltwin.doe.schedule.engine;

import java.time.Duration;

/** Something a search found: a better plan or a better bound, when, and which engine found it. */
public sealed interface SearchEvent {
    /** Since the search began. */
    Duration at();

    long value();

    /** The engine's name. */
    String source();

    /** A plan better than all before, checked by the validator. */
    record Incumbent(Duration at, long value, String source) implements SearchEvent {}

    /** A proof that no plan is better than {@code value}. */
    record Bound(Duration at, long value, String source) implements SearchEvent {}
}
