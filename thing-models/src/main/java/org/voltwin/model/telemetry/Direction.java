package org.voltwin.model.telemetry;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whether a variable is set by the bench (input of the unit under test) or measured (its output). */
public enum Direction {
    INPUT,
    OUTPUT;

    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The documents' spelling: {@code Input}. */
    public String label() {
        return name().charAt(0) + id().substring(1);
    }

    /** Without regard to case. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Direction of(String text) {
        return valueOf(text.strip().toUpperCase(Locale.ROOT));
    }
}
