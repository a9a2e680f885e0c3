package org.voltwin.doe.factors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;

/** A section of a specification; knows its place so that refusals can name it. */
record Keys(String place, JsonNode tree) {
    static RefusedException refused(String code, String cause, String remedy) {
        return new RefusedException(Failure.permanent("design." + code, cause, remedy));
    }

    static int within(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw refused("bad_value", key + " is " + value + ".", "Give " + least + " to " + most + ".");
        }
        return value;
    }

    private String at(String key) {
        return place.isEmpty() ? key : place + "." + key;
    }

    void onlyKnow(Set<String> known) {
        if (!tree.isMissingNode() && !tree.isObject()) {
            throw refused(
                    "bad_value",
                    (place.isEmpty() ? "The specification" : place) + " is not a section of keys and values.",
                    "Write keys and values, such as " + new TreeSet<>(known).first() + ": ...");
        }
        tree.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                throw refused(
                        "unknown_key",
                        "The key '" + at(key) + "' is not known.",
                        "Known here: " + String.join(", ", new TreeSet<>(known)) + ".");
            }
        });
    }

    boolean has(String key) {
        return tree.hasNonNull(key);
    }

    JsonNode node(String key) {
        return tree.path(key);
    }

    Keys section(String key) {
        JsonNode node = tree.path(key);
        return new Keys(at(key), node.isNull() ? MissingNode.getInstance() : node);
    }

    List<JsonNode> list(String key) {
        JsonNode node = tree.path(key);
        if (!node.isMissingNode() && !node.isNull() && !node.isArray()) {
            throw refused("bad_value", at(key) + " is not a list.", "Write it as a list.");
        }
        List<JsonNode> all = new ArrayList<>();
        node.forEach(all::add);
        return all;
    }

    String text(String key, String otherwise) {
        return has(key) ? tree.path(key).asText() : otherwise;
    }

    boolean flag(String key) {
        JsonNode node = tree.path(key);
        if (node.isMissingNode() || node.isNull()) {
            return false;
        }
        return switch (node.asText().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> true;
            case "false", "no", "off" -> false;
            default -> throw refused("bad_value", at(key) + " is '" + node.asText() + "'.", "Give true or false.");
        };
    }

    /** A whole number of a range, both ends included. */
    int count(String key, int otherwise, int least, int most) {
        return (int) Math.rint(between(key, integer(key, otherwise), least, most));
    }

    /** A number as people write it. */
    static String shown(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.valueOf((long) value)
                : String.valueOf(value);
    }

    /** A number of a range, both ends included. */
    double between(String key, double otherwise, double least, double most) {
        double value = number(key, otherwise).doubleValue();
        if (value < least || value > most) {
            String range = most == Double.MAX_VALUE
                    ? least == 0 ? "0 or more" : "more than 0"
                    : shown(least) + " to " + shown(most);
            throw refused("bad_value", at(key) + " is " + shown(value) + ".", "Give " + range + ".");
        }
        return value;
    }

    int integer(String key, int otherwise) {
        double value = number(key, otherwise).doubleValue();
        if (value != Math.rint(value) || Math.abs(value) > 1e9) {
            throw refused("bad_value", at(key) + " is " + value + ".", "Give a whole number.");
        }
        return (int) value;
    }

    Number number(String key, Number otherwise) {
        JsonNode node = tree.path(key);
        if (node.isMissingNode() || node.isNull()) {
            return otherwise;
        }
        if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
            throw refused("bad_value", at(key) + " is '" + node.asText() + "', which is no number.", "Give a number.");
        }
        return node.numberValue();
    }
}
