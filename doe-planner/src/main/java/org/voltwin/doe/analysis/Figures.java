package org.voltwin.doe.analysis;

import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/** Figures as they are handed out: twelve digits, and null for what does not exist. */
final class Figures {
    private static final MathContext DIGITS = new MathContext(12);

    private Figures() {}

    static double round(double value) {
        return Double.isFinite(value) ? new BigDecimal(value).round(DIGITS).doubleValue() : value;
    }

    /** For sentences. */
    static String shown(double value) {
        return String.valueOf(new BigDecimal(value).round(new MathContext(4)).doubleValue());
    }

    static @Nullable Double known(@Nullable Double value) {
        return value == null || !Double.isFinite(value) ? null : (Double) round(value);
    }
}
