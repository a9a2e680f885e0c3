package org.voltwin.model.lab;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What the battery is for. */
public enum UseCase {
    AUTOMOTIVE("Automotive"),
    STATIONARY("Stationary"),
    OFF_ROAD("Off-Road");

    private final String label;

    UseCase(String label) {
        this.label = label;
    }

    @JsonValue
    public String label() {
        return label;
    }

    /** By label, without regard to case. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static UseCase of(String text) {
        for (UseCase useCase : values()) {
            if (useCase.label.toLowerCase(Locale.ROOT).equals(text.strip().toLowerCase(Locale.ROOT))) {
                return useCase;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is not a use case: Automotive, Stationary or Off-Road");
    }
}
