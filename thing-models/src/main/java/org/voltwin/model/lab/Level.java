package org.voltwin.model.lab;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What is under test. */
public enum Level {
    CELL,
    MODULE,
    PACK;

    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Level of(String text) {
        return valueOf(text.strip().toUpperCase(Locale.ROOT));
    }

    /** The documents' test type: {@code Cell-level}. */
    public String testType() {
        return name().charAt(0) + id().substring(1) + "-level";
    }
}
