package org.voltwin.bench.measurement;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Formats of measurement files. */
public enum MeasurementFormat {
    /** Battery Data Format of the Battery Data Alliance, as CSV. */
    BDF,
    /** Maccor's text export: tabs, some lines before the header, unsigned current with a state. */
    MACCOR,
    /** Arbin's CSV export, {@code Data_Point,Test_Time,...}. */
    ARBIN,
    /** Any table of numbers, with a {@link ColumnMapping}. */
    GENERIC;

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** By its id, without regard to case; empty when there is no such format. */
    public static Optional<MeasurementFormat> of(String text) {
        return Arrays.stream(values())
                .filter(format -> format.id().equalsIgnoreCase(text.strip()))
                .findFirst();
    }
}
