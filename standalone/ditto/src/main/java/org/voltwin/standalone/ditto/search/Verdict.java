package org.voltwin.standalone.ditto.search;

/** What single values say about a filter. */
enum Verdict {
    NO,
    MAYBE,
    YES;

    Verdict and(Verdict other) {
        return ordinal() < other.ordinal() ? this : other;
    }

    Verdict or(Verdict other) {
        return ordinal() > other.ordinal() ? this : other;
    }

    Verdict not() {
        return switch (this) {
            case NO -> YES;
            case MAYBE -> MAYBE;
            case YES -> NO;
        };
    }

    static Verdict of(boolean matches) {
        return matches ? YES : NO;
    }
}
