package org.voltwin.standalone.ditto.search;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.json.JsonArray;
import org.eclipse.ditto.json.JsonCollectors;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonRuntimeException;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.thingsearch.model.SortOptionEntry;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.column.Complex;
import org.voltwin.standalone.ditto.column.JsonNull;

/**
 * Where a thing stands in the order of a search: the values sorted by, as columns give them, then its id. A cursor is
 * such a position.
 */
record SortPosition(@Nullable Object[] values, String thingId) {
    int compareTo(SortPosition other, boolean[] descending) {
        for (int i = 0; i < descending.length; i++) {
            int order = compare(values[i], other.values[i]);
            if (order != 0) {
                return descending[i] ? -order : order;
            }
        }
        return thingId.compareTo(other.thingId);
    }

    /** Compares the values of this position with those of a thing in some columns, ids left out. */
    int compareValues(@Nullable Object[] others, int[] columns, boolean[] descending) {
        for (int i = 0; i < descending.length; i++) {
            int order = compare(values[i], others[columns[i]]);
            if (order != 0) {
                return descending[i] ? -order : order;
            }
        }
        return 0;
    }

    static boolean[] descending(List<SortOptionEntry> sort) {
        var descending = new boolean[sort.size()];
        for (int i = 0; i < descending.length; i++) {
            descending[i] = sort.get(i).getOrder() == SortOptionEntry.SortOrder.DESC;
        }
        return descending;
    }

    /** Missing first, then numbers, strings, everything else by its text, booleans last: MongoDB's order. */
    private static int compare(@Nullable Object left, @Nullable Object right) {
        int rank = Integer.compare(rank(left), rank(right));
        if (rank != 0 || left == null || right == null) {
            return rank;
        }
        if (left instanceof Number a && right instanceof Number b) {
            return Double.compare(a.doubleValue(), b.doubleValue());
        }
        if (left instanceof Boolean a && right instanceof Boolean b) {
            return Boolean.compare(a, b);
        }
        return left.toString().compareTo(right.toString());
    }

    private static int rank(@Nullable Object value) {
        return switch (value) {
            case null -> 0;
            case JsonNull none -> 0;
            case Number number -> 1;
            case String text -> 2;
            case Boolean bool -> 4;
            default -> 3;
        };
    }

    /** The order goes with the cursor: the next page may be asked for without naming it again. */
    String toCursor(String query, List<SortOptionEntry> sort) {
        JsonObject json = JsonObject.newBuilder()
                .set("v", Arrays.stream(values).map(SortPosition::toJson).collect(JsonCollectors.valuesToArray()))
                .set("i", thingId)
                .set("q", query.hashCode())
                .set("s", sort.stream().map(SortPosition::toJson).collect(JsonCollectors.valuesToArray()))
                .build();
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static JsonValue toJson(SortOptionEntry entry) {
        String sign = entry.getOrder() == SortOptionEntry.SortOrder.DESC ? "-" : "+";
        return JsonValue.of(sign + entry.getPropertyPath());
    }

    /** The order a cursor carries. */
    static List<SortOptionEntry> sortOf(String cursor, DittoHeaders headers) {
        try {
            return decoded(cursor).getValue("s").map(JsonValue::asArray).orElseGet(JsonArray::empty).stream()
                    .map(JsonValue::asString)
                    .map(text -> text.startsWith("-")
                            ? SortOptionEntry.desc(text.substring(1))
                            : SortOptionEntry.asc(text.substring(1)))
                    .toList();
        } catch (IllegalArgumentException | JsonRuntimeException | UnsupportedOperationException e) {
            throw SearchOptions.invalid("The cursor is not one that a search gave.", headers);
        }
    }

    private static JsonObject decoded(String cursor) {
        return JsonObject.of(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8));
    }

    private static JsonValue toJson(@Nullable Object value) {
        return switch (value) {
            case null -> JsonFactory.nullLiteral();
            case JsonNull none -> JsonFactory.nullLiteral();
            case Complex complex -> JsonFactory.readFrom(complex.json());
            case Long number -> JsonValue.of(number);
            case Double number -> JsonValue.of(number);
            case Boolean bool -> JsonValue.of(bool);
            default -> JsonValue.of(value.toString());
        };
    }

    private static @Nullable Object fromJson(JsonValue value) {
        if (value.isNull()) {
            return null;
        }
        if (value.isString()) {
            return value.asString();
        }
        if (value.isBoolean()) {
            return value.asBoolean();
        }
        return value.isNumber() ? (Object) value.asDouble() : new Complex(value.toString());
    }

    /** @throws org.eclipse.ditto.base.model.exceptions.DittoRuntimeException when it is not a cursor of this query */
    static SortPosition ofCursor(String cursor, String query, int sortFields, DittoHeaders headers) {
        try {
            JsonObject json = decoded(cursor);
            JsonArray values = json.getValue("v").orElseThrow().asArray();
            boolean sameQuery = json.getValue("q").orElseThrow().asInt() == query.hashCode();
            if (sameQuery && values.getSize() == sortFields) {
                return new SortPosition(
                        values.stream().map(SortPosition::fromJson).toArray(),
                        json.getValue("i").orElseThrow().asString());
            }
            throw SearchOptions.invalid("The cursor belongs to a search with another filter or order.", headers);
        } catch (IllegalArgumentException
                | JsonRuntimeException
                | java.util.NoSuchElementException
                | UnsupportedOperationException e) {
            throw SearchOptions.invalid("The cursor is not one that a search gave.", headers);
        }
    }
}
