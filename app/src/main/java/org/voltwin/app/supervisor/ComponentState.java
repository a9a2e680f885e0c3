package org.voltwin.app.supervisor;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a component stands. FAILED: it ended several times before it ever was up. */
public enum ComponentState {
    WAITING,
    STARTING,
    UP,
    DOWN,
    FAILED,
    STOPPED;

    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
