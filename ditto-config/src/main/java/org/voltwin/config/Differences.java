package org.voltwin.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What has to change so that Ditto has what is declared. What Ditto has beyond that belongs to others and stays:
 * entries of a policy, attributes and features of a thing.
 */
final class Differences {
    private static final String POLICY_ID = "policyId";
    private static final String ENTRIES = "entries";
    private static final String ATTRIBUTES = "attributes";
    private static final String FEATURES = "features";

    private Differences() {}

    static List<Change> ofPolicy(ObjectNode declared, Optional<JsonNode> present) {
        String path = "/policies/" + declared.path(POLICY_ID).asText();
        if (present.isEmpty()) {
            return List.of(new Change(path, null, without(declared, POLICY_ID)));
        }
        List<Change> changes = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : declared.path(ENTRIES).properties()) {
            JsonNode before = present.get().path(ENTRIES).path(entry.getKey());
            JsonNode wanted = entry.getValue();
            boolean same = before.path("subjects").equals(wanted.path("subjects"))
                    && sameRights(before.path("resources"), wanted.path("resources"));
            if (!same) {
                changes.add(change(path + "/entries/" + entry.getKey(), before, wanted));
            }
        }
        return changes;
    }

    /** Grants and revocations are sets: Ditto may give them back in another order. */
    private static boolean sameRights(JsonNode before, JsonNode wanted) {
        if (before.size() != wanted.size()) {
            return false;
        }
        for (Map.Entry<String, JsonNode> resource : wanted.properties()) {
            JsonNode other = before.path(resource.getKey());
            if (!texts(other.path("grant")).equals(texts(resource.getValue().path("grant")))
                    || !texts(other.path("revoke"))
                            .equals(texts(resource.getValue().path("revoke")))) {
                return false;
            }
        }
        return true;
    }

    private static TreeSet<String> texts(JsonNode array) {
        TreeSet<String> texts = new TreeSet<>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    /** Attributes are compared one by one. A feature is only created: what it holds is the bench's own. */
    static List<Change> ofThing(ObjectNode declared, Optional<JsonNode> present) {
        String path = "/things/" + declared.path("thingId").asText();
        if (present.isEmpty()) {
            return List.of(new Change(path, null, without(declared, "thingId")));
        }
        JsonNode thing = present.get();
        List<Change> changes = new ArrayList<>();
        for (String field : List.of(POLICY_ID, "definition")) {
            if (!thing.path(field).equals(declared.path(field))) {
                changes.add(change(path + "/" + field, thing.path(field), declared.path(field)));
            }
        }
        for (Map.Entry<String, JsonNode> attribute : declared.path(ATTRIBUTES).properties()) {
            JsonNode before = thing.path(ATTRIBUTES).path(attribute.getKey());
            if (!same(before, attribute.getValue())) {
                changes.add(change(path + "/attributes/" + attribute.getKey(), before, attribute.getValue()));
            }
        }
        for (Map.Entry<String, JsonNode> feature : declared.path(FEATURES).properties()) {
            if (thing.path(FEATURES).path(feature.getKey()).isMissingNode()) {
                changes.add(new Change(path + "/features/" + feature.getKey(), null, feature.getValue()));
            }
        }
        return changes;
    }

    /** A connection is replaced as a whole when a declared field differs; fields Ditto adds do not count. */
    static List<Change> ofConnection(ObjectNode declared, Optional<JsonNode> present) {
        String path = "/connections/" + declared.path("id").asText();
        if (present.isEmpty()) {
            return List.of(new Change(path, null, declared));
        }
        // Ditto shows no passwords: one that was changed here alone is not seen.
        return contains(present.get(), declared) || contains(present.get(), Change.withoutPasswords(declared))
                ? List.of()
                : List.of(new Change(path, present.get(), declared));
    }

    private static boolean contains(JsonNode present, JsonNode declared) {
        if (declared.isObject()) {
            return declared.properties().stream()
                    .allMatch(field -> contains(present.path(field.getKey()), field.getValue()));
        }
        if (declared.isArray()) {
            if (present.size() != declared.size()) {
                return false;
            }
            for (int i = 0; i < declared.size(); i++) {
                if (!contains(present.path(i), declared.path(i))) {
                    return false;
                }
            }
            return true;
        }
        return same(present, declared);
    }

    /** Numbers by value: Ditto gives 600.0 back as 600. */
    private static boolean same(JsonNode before, JsonNode wanted) {
        return before.equals(
                (a, b) -> a.isNumber() && b.isNumber()
                        ? a.decimalValue().compareTo(b.decimalValue())
                        : a.equals(b) ? 0 : 1,
                wanted);
    }

    private static Change change(String path, JsonNode before, JsonNode after) {
        return new Change(path, before.isMissingNode() ? null : before, after);
    }

    private static ObjectNode without(ObjectNode node, String field) {
        ObjectNode copy = node.deepCopy();
        copy.remove(field);
        return copy;
    }
}
