package org.voltwin.bench.measurement;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voltwin.model.telemetry.Column;

/** A column to send, and how its value is taken from a row's fields. */
record Source(Column column, Reading reading) {
    /** Takes a value from the fields of a row; null when nothing was measured. */
    @FunctionalInterface
    interface Reading {
        @Nullable Double read(Place place, List<String> fields);
    }

    /** The number in a field, times a factor. */
    static Source number(Column column, String header, int index, double factor) {
        return new Source(column, (place, fields) -> {
            Double value = Numbers.parse(place, header, fields.get(index));
            return value == null ? null : factor == 1 ? value : value * factor;
        });
    }

    static Source number(Column column, String header, int index) {
        return number(column, header, index, 1);
    }
}
