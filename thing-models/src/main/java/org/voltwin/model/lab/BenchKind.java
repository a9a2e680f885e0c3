package org.voltwin.model.lab;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Physical and virtual benches are the same kind of resource; this says which. */
public enum BenchKind {
    PHYSICAL,
    VIRTUAL;

    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The documents' spelling: {@code Virtual}. */
    public String label() {
        return name().charAt(0) + id().substring(1);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static BenchKind of(String text) {
        return valueOf(text.strip().toUpperCase(Locale.ROOT));
    }
}
