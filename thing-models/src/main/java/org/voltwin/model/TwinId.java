package org.voltwin.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Identity of a twin: {@code namespace:name}, for example {@code org.voltwin:cell-SLPBA-01}. It is at the same time the
 * id of its Ditto Thing and of its Hono device.
 *
 * @param value namespace and name, at most 256 characters; the name's first word says what it is (cell, module, pack,
 *     bench, run, store)
 */
public record TwinId(String value) implements Comparable<TwinId> {
    /** Voltwin's own namespace. */
    public static final String NAMESPACE = "org.voltwin";

    private static final Pattern FORM =
            Pattern.compile("[A-Za-z][\\w\\-]*(\\.[A-Za-z][\\w\\-]*)*:[A-Za-z0-9][\\w\\-.~]{0,199}");

    public TwinId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("'" + value + "' is not a twin id. Maybe 'org.voltwin:cell-01' is meant:"
                    + " a namespace, a colon, and a name of letters, digits, '-', '_' and '.'");
        }
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static TwinId of(String value) {
        return new TwinId(value);
    }

    public static boolean isValid(String value) {
        return value.length() <= 256 && FORM.matcher(value).matches();
    }

    /** The twin of a test run. */
    public static TwinId ofRun(UUID run) {
        return new TwinId(NAMESPACE + ":run-" + run);
    }

    public String namespace() {
        return value.substring(0, value.indexOf(':'));
    }

    public String name() {
        return value.substring(value.indexOf(':') + 1);
    }

    /** What kind of thing it is by its name's first word: cell, module, pack, bench, run or store. */
    public String kind() {
        int dash = name().indexOf('-');
        return dash < 0 ? name() : name().substring(0, dash);
    }

    @JsonValue
    @Override
    public String value() {
        return value;
    }

    @Override
    public int compareTo(TwinId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
