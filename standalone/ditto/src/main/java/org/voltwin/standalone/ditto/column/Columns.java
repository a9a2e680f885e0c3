package org.voltwin.standalone.ditto.column;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Some paths of interest, and one pass over a JSON text that reads what is there: {@link String}, {@link Long},
 * {@link Double}, {@link Boolean}, {@link JsonNull}, {@link Complex}, or null where nothing is. Immutable.
 */
public final class Columns {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int NONE = -1;

    private static final class Node {
        private final Map<String, Node> children = new HashMap<>();
        private int column = NONE;
    }

    private final List<List<String>> paths;
    private final Map<List<String>, Integer> indexes = new HashMap<>();
    private final Node root = new Node();

    private Columns(List<List<String>> paths) {
        this.paths = List.copyOf(paths);
        for (int i = 0; i < this.paths.size(); i++) {
            indexes.put(this.paths.get(i), i);
            Node node = root;
            for (String key : this.paths.get(i)) {
                node = node.children.computeIfAbsent(key, ignored -> new Node());
            }
            node.column = i;
        }
    }

    /** @param paths keys from the root; none empty, none twice */
    public static Columns of(List<List<String>> paths) {
        return new Columns(paths);
    }

    /** These and more; the same object when nothing is new. Indexes of known paths stay. */
    public Columns with(List<List<String>> more) {
        var all = new ArrayList<>(paths);
        for (List<String> path : more) {
            if (!all.contains(path)) {
                all.add(path);
            }
        }
        return all.size() == paths.size() ? this : new Columns(all);
    }

    public int size() {
        return paths.size();
    }

    /** @throws IllegalArgumentException when the path is none of these */
    public int indexOf(List<String> path) {
        Integer index = indexes.get(path);
        if (index == null) {
            throw new IllegalArgumentException("No column for " + path + ".");
        }
        return index;
    }

    /** @throws IllegalStateException when the text is not a JSON object */
    public @Nullable Object[] read(byte[] json) {
        var values = new @Nullable Object[paths.size()];
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalStateException("Not a JSON object.");
            }
            readObject(parser, json, root, values);
        } catch (IOException e) {
            throw new IllegalStateException("What is stored is no JSON.", e);
        }
        return values;
    }

    private static void readObject(JsonParser parser, byte[] json, Node node, @Nullable Object[] values)
            throws IOException {
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            Node child = node.children.get(key);
            if (child == null) {
                parser.skipChildren();
                continue;
            }
            if (token == JsonToken.START_OBJECT && !child.children.isEmpty()) {
                long start = parser.currentTokenLocation().getByteOffset();
                readObject(parser, json, child, values);
                if (child.column != NONE) {
                    values[child.column] = complex(parser, json, start);
                }
            } else if (child.column != NONE) {
                values[child.column] = value(parser, json, token);
            } else {
                parser.skipChildren();
            }
        }
    }

    private static Object value(JsonParser parser, byte[] json, JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? (Object) parser.getDoubleValue()
                        : (Object) parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> JsonNull.NULL;
            case START_OBJECT, START_ARRAY -> {
                long start = parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                yield complex(parser, json, start);
            }
            case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalStateException("No value: " + token);
        };
    }

    private static Complex complex(JsonParser parser, byte[] json, long start) {
        int end = (int) parser.currentLocation().getByteOffset();
        return new Complex(new String(json, (int) start, end - (int) start, StandardCharsets.UTF_8));
    }
}
