package org.voltwin.doe.factors;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Kinds of designs. */
public enum DesignKind {
    AUTO,
    FULL_FACTORIAL,
    FRACTIONAL_FACTORIAL,
    PLACKETT_BURMAN,
    BOX_BEHNKEN,
    CENTRAL_COMPOSITE,
    DEFINITIVE_SCREENING,
    LATIN_HYPERCUBE,
    SOBOL,
    HALTON,
    D_OPTIMAL,
    A_OPTIMAL,
    I_OPTIMAL,
    SEQUENTIAL;

    /** As specifications write it: {@code box-behnken}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<DesignKind> parse(String text) {
        return Arrays.stream(values())
                .filter(kind -> kind.text().equals(text.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /** Whether the search for it takes any region, block, whole plot and existing run into account. */
    public boolean optimal() {
        return this == D_OPTIMAL || this == A_OPTIMAL || this == I_OPTIMAL;
    }

    /** Whether it spreads points rather than fits a polynomial. */
    public boolean spaceFilling() {
        return this == LATIN_HYPERCUBE || this == SOBOL || this == HALTON;
    }
}
