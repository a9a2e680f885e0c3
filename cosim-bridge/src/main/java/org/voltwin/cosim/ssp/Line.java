package org.voltwin.cosim.ssp;

/** factor * value + offset. */
record Line(double factor, double offset) {
    static final Line NONE = new Line(1, 0);

    double of(double value) {
        return factor * value + offset;
    }

    boolean isNone() {
        return factor == 1 && offset == 0;
    }

    /** This line first, then the other. */
    Line then(Line next) {
        Line both = new Line(next.factor * factor, next.factor * offset + next.offset);
        if (!Double.isFinite(both.factor) || !Double.isFinite(both.offset)) {
            throw Refusal.malformed("Linear transformations one after the other give numbers that are not finite.");
        }
        return both;
    }
}
