package org.voltwin.bench.measurement;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers as measurement files write them. */
final class Numbers {
    private Numbers() {}

    /**
     * The number; null for an empty field, NaN and infinities, which mean that there is no value.
     *
     * @throws org.voltwin.model.failure.RefusedException when it is something else
     */
    static @Nullable Double parse(Place place, String column, String field) {
        String text = field.strip();
        if (isNothing(text)) {
            return null;
        }
        // Double.parseDouble also takes 1d, 1f and hexadecimal numbers, which no cycler means.
        char last = Character.toLowerCase(text.charAt(text.length() - 1));
        if (last == 'd' || last == 'f' || text.indexOf('x') >= 0 || text.indexOf('X') >= 0) {
            throw place.badValue(column, text);
        }
        try {
            double value = Double.parseDouble(text);
            return Double.isFinite(value) ? value : null;
        } catch (NumberFormatException e) {
            throw place.badValue(column, text);
        }
    }

    /** Whether a field holds a number or nothing. */
    static boolean isNumberOrNothing(String field) {
        String text = field.strip();
        return isNothing(text) || text.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    }

    static boolean isNothing(String text) {
        return text.isBlank()
                || switch (text.strip().toLowerCase(Locale.ROOT)) {
                    case "nan", "-nan", "null", "none", "na", "n/a", "inf", "-inf", "infinity", "-infinity" -> true;
                    default -> false;
                };
    }
}
