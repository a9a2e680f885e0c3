package org.voltwin.model.http;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Realm roles. SERVICE is that of Voltwin's own rooms and command line. */
public enum Role {
    LAB_ADMIN,
    TEST_ENGINEER,
    MODEL_AUTHOR,
    VIEWER,
    DEVICE,
    SERVICE;

    /** The realm's name: {@code test-engineer}. */
    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Role> parse(String id) {
        return Arrays.stream(values()).filter(role -> role.id().equals(id)).findFirst();
    }
}
