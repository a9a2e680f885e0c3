package org.voltwin.model.procedure;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a step holds constant; or, for LOOP, that it holds nothing. */
public enum StepMode {
    CURRENT,
    VOLTAGE,
    REST,
    POWER,
    /** A load resistor, such as an external short circuit. */
    RESISTANCE,
    /** Goes back to an earlier step. */
    LOOP;

    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static StepMode of(String text) {
        return valueOf(text.strip().toUpperCase(Locale.ROOT));
    }
}
