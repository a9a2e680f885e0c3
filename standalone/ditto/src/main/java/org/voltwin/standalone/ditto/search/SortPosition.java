package org.voltwin.standalone.ditto.search;

import java.nio.charset.StandardCharsets;
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

/** Where a thing stands in the order of a search: the values sorted by, then its id. A cursor is such a position. */
record SortPosition(List<JsonValue> values, String thingId) {
    static SortPosition of(JsonObject thing, String thingId, List<SortOptionEntry> sort) {
        return new SortPosition(
                sort.stream()
                        .map(entry -> thing.getValue(entry.getPropertyPath()).orElse(JsonFactory.nullLiteral()))
                        .toList(),
                thingId);
    }

    int compareTo(SortPosition other, List<SortOptionEntry> sort) {
        for (int i = 0; i < sort.size(); i++) {
            int order = compare(values.get(i), other.values.get(i));
            if (order != 0) {
                return sort.get(i).getOrder() == SortOptionEntry.SortOrder.DESC ? -order : order;
            }
        }
        return thingId.compareTo(other.thingId);
    }

    /** Missing first, then numbers, strings, everything else by its text, booleans last: MongoDB's order. */
    private static int compare(JsonValue left, JsonValue right) {
        int rank = Integer.compare(rank(left), rank(right));
        if (rank != 0) {
            return rank;
        }
        if (left.isNumber()) {
            return Double.compare(left.asDouble(), right.asDouble());
        }
        if (left.isBoolean()) {
            return Boolean.compare(left.asBoolean(), right.asBoolean());
        }
        return left.formatAsString().compareTo(right.formatAsString());
    }

    private static int rank(JsonValue value) {
        if (value.isNull()) {
            return 0;
        }
        if (value.isNumber()) {
            return 1;
        }
        if (value.isString()) {
            return 2;
        }
        return value.isBoolean() ? 4 : 3;
    }

    String toCursor(String query) {
        JsonObject json = JsonObject.newBuilder()
                .set("v", values.stream().collect(JsonCollectors.valuesToArray()))
                .set("i", thingId)
                .set("q", query.hashCode())
                .build();
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** @throws org.eclipse.ditto.base.model.exceptions.DittoRuntimeException when it is not a cursor of this query */
    static SortPosition ofCursor(String cursor, String query, int sortFields, DittoHeaders headers) {
        try {
            JsonObject json = JsonObject.of(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8));
            JsonArray values = json.getValue("v").orElseThrow().asArray();
            boolean sameQuery = json.getValue("q").orElseThrow().asInt() == query.hashCode();
            if (sameQuery && values.getSize() == sortFields) {
                return new SortPosition(
                        values.stream().toList(),
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
