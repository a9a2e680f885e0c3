package org.voltwin.standalone.ditto.rql;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.ditto.base.model.json.FieldType;
import org.eclipse.ditto.base.model.json.JsonSchemaVersion;
import org.eclipse.ditto.json.JsonKey;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.things.model.Thing;

/**
 * {@code empty(path)}, which Ditto 3.9 knows and its 3.8 libraries do not: true where nothing is, or null, or a string,
 * array or object without content. Each is written as a question for a mark, and the marks are put on a thing before it
 * is tested.
 *
 * @param text the expression with the marks
 * @param paths by number of the mark
 */
record EmptyTests(String text, List<String> paths) {
    private static final String MARK = "attributes/__empty";
    private static final String OPERATOR = "empty(";
    private static final String ANY = "*";

    static EmptyTests of(String expression) {
        if (!expression.contains(OPERATOR)) {
            return new EmptyTests(expression, List.of());
        }
        var text = new StringBuilder();
        var paths = new ArrayList<String>();
        char quote = 0;
        for (int at = 0; at < expression.length(); at++) {
            char next = expression.charAt(at);
            int close = quote == 0 && isOperator(expression, at) ? expression.indexOf(')', at) : -1;
            if (close > 0) {
                String path =
                        expression.substring(at + OPERATOR.length(), close).strip();
                text.append("exists(").append(MARK).append(paths.size()).append(')');
                // What is no path at all is left for the parser to refuse.
                paths.add(path.startsWith("/") ? path.substring(1) : path);
                at = close;
                continue;
            }
            if (quote == 0 && (next == '"' || next == '\'')) {
                quote = next;
            } else if (next == quote && expression.charAt(at - 1) != '\\') {
                quote = 0;
            }
            text.append(next);
        }
        return new EmptyTests(text.toString(), List.copyOf(paths));
    }

    private static boolean isOperator(String expression, int at) {
        boolean begins = at == 0 || "(, ".indexOf(expression.charAt(at - 1)) >= 0;
        return begins && expression.startsWith(OPERATOR, at);
    }

    /** The thing with the marks that are true of it. */
    Thing marked(Thing thing) {
        if (paths.isEmpty()) {
            return thing;
        }
        JsonObject json = thing.toJson(JsonSchemaVersion.V_2, FieldType.all());
        Thing marked = thing;
        for (int i = 0; i < paths.size(); i++) {
            boolean empty = values(json, List.of(paths.get(i).split("/"))).anyMatch(EmptyTests::isEmpty);
            if (empty) {
                marked = marked.setAttribute(JsonPointer.of("__empty" + i), JsonValue.of(true));
            }
        }
        return marked;
    }

    /** What is at a path, null where nothing is; with a wildcard, what is at each place there is. */
    private static Stream<JsonValue> values(JsonValue value, List<String> path) {
        if (path.isEmpty()) {
            return Stream.of(value);
        }
        if (!value.isObject() || value.isNull()) {
            return path.contains(ANY) ? Stream.empty() : Stream.of(JsonValue.nullLiteral());
        }
        List<String> rest = path.subList(1, path.size());
        JsonObject object = value.asObject();
        return path.getFirst().equals(ANY)
                ? object.stream().flatMap(field -> values(field.getValue(), rest))
                : values(object.getValue(JsonKey.of(path.getFirst())).orElse(JsonValue.nullLiteral()), rest);
    }

    private static boolean isEmpty(JsonValue value) {
        if (value.isNull()) {
            return true;
        }
        if (value.isString()) {
            return value.asString().isEmpty();
        }
        return value.isArray()
                ? value.asArray().isEmpty()
                : value.isObject() && value.asObject().isEmpty();
    }

    /** The field that a name in the expression stands for. */
    String fieldOf(String name) {
        String plain = name.startsWith("/") ? name.substring(1) : name;
        for (int i = 0; i < paths.size(); i++) {
            if (plain.equals(MARK + i)) {
                return paths.get(i);
            }
        }
        return name;
    }
}
