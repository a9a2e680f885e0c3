package org.voltwin.standalone.ditto.connect;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.connectivity.model.TopicParseException;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonValue;
import org.voltwin.standalone.ditto.twin.NotSupportedException;

/**
 * The parameters of targets' topics, {@code _/_/things/twin/events?filter=...}, before the models read them: those drop
 * what they do not know and fail at what comes twice.
 */
final class TopicParameters {
    private static final Set<String> KNOWN = Set.of("filter", "namespaces", "extraFields");

    private TopicParameters() {}

    /**
     * @throws NotSupportedException for a parameter that newer versions of Ditto may have
     * @throws TopicParseException for one that is there twice
     */
    static void check(JsonObject definition) {
        for (JsonValue target : items(definition, "targets")) {
            if (target.isObject()) {
                items(target.asObject(), "topics").stream()
                        .filter(JsonValue::isString)
                        .forEach(topic -> check(topic.asString()));
            }
        }
    }

    private static List<JsonValue> items(JsonObject object, String key) {
        return object.getValue(key)
                .filter(value -> value.isArray() && !value.isNull())
                .map(value -> value.asArray().stream().toList())
                .orElseGet(List::of);
    }

    private static void check(String topic) {
        int query = topic.indexOf('?');
        if (query < 0) {
            return;
        }
        var seen = new HashSet<String>();
        for (String parameter : topic.substring(query + 1).split("&")) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            if (equals > 0 && !KNOWN.contains(name) && name.matches("[a-zA-Z-]+")) {
                throw NotSupportedException.of(
                        "The parameter '" + name + "' of a target's topic", DittoHeaders.empty());
            }
            if (!seen.add(name) && KNOWN.contains(name)) {
                throw TopicParseException.newBuilder(
                                topic, "The parameter '" + name + "' must not be given more than once.")
                        .build();
            }
        }
    }
}
