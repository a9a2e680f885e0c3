package org.voltwin.model.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The stages of a test run, in order; failed and cancelled are reached from any that is not an end. */
public enum RunStage {
    REQUESTED,
    MODELLED,
    DELIVERED,
    VALIDATED,
    DESIGNED,
    SCHEDULED,
    RUNNING,
    COMPLETED,
    FAILED,
    CANCELLED;

    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static RunStage of(String text) {
        return valueOf(text.strip().toUpperCase(Locale.ROOT));
    }

    /** Whether nothing follows. */
    public boolean isEnd() {
        return this == COMPLETED || this == FAILED || this == CANCELLED;
    }

    /** D5.3's status: started (before running), in progress (running), completed; failed and cancelled apart. */
    public String status() {
        return switch (this) {
            case REQUESTED, MODELLED, DELIVERED, VALIDATED, DESIGNED, SCHEDULED -> "started";
            case RUNNING -> "in progress";
            case COMPLETED -> "completed";
            case FAILED -> "failed";
            case CANCELLED -> "cancelled";
        };
    }
}
