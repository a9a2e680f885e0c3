package org.voltwin.standalone.ditto.policy;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.ditto.json.JsonCollectors;
import org.eclipse.ditto.json.JsonField;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonValue;
import org.voltwin.standalone.ditto.signal.PolicyParts;

/**
 * An entry of a policy, by itself or with what it refers to.
 *
 * @param json as the policy has it, with the subjects, resources, and namespaces that count
 */
public record ResolvedEntry(String label, JsonObject json) {
    private static final String SUBJECTS = "subjects";
    private static final String RESOURCES = "resources";
    private static final String GRANT = "grant";
    private static final String REVOKE = "revoke";
    private static final String IMPORTED = "imported-";
    /** How the labels of entries begin that count in all policies of a namespace; nobody may write one. */
    public static final String OF_NAMESPACE = "nsimported-";

    private static final String POLICY_RESOURCE = "policy:";

    static List<String> texts(JsonObject json, String key) {
        return PolicyParts.itemsAt(json, key).stream()
                .filter(JsonValue::isString)
                .map(JsonValue::asString)
                .toList();
    }

    private String importable() {
        String importable = PolicyParts.textAt(json, "importable");
        return importable.isEmpty() ? "implicit" : importable;
    }

    boolean isNever() {
        return importable().equals("never");
    }

    /** @param named what the import asks for by name */
    boolean isImportable(Set<String> named) {
        return switch (importable()) {
            case "implicit" -> true;
            case "explicit" -> named.contains(label);
            default -> false;
        };
    }

    ResolvedEntry importedFrom(String policyId) {
        return new ResolvedEntry(IMPORTED + policyId + "-" + label, json.remove(PolicyParts.REFERENCES));
    }

    ResolvedEntry ofNamespaceRoot(String policyId) {
        return new ResolvedEntry(OF_NAMESPACE + policyId + "-" + label, json.remove(PolicyParts.REFERENCES));
    }

    List<JsonObject> references() {
        return PolicyParts.itemsAt(json, PolicyParts.REFERENCES).stream()
                .filter(value -> value.isObject() && !value.isNull())
                .map(JsonValue::asObject)
                .toList();
    }

    JsonObject subjects() {
        return part(SUBJECTS);
    }

    JsonObject resources() {
        return part(RESOURCES);
    }

    /** Whether a resource of type {@code policy} is among its resources. */
    boolean isAboutPolicies() {
        return resources().stream().anyMatch(field -> field.getKeyName().startsWith(POLICY_RESOURCE));
    }

    private JsonObject part(String key) {
        return PolicyParts.objectAt(json, key);
    }

    List<String> namespaces() {
        return texts(json, PolicyParts.NAMESPACES);
    }

    /** Without patterns an entry is for things of all namespaces; {@code a.b.*} is for all below {@code a.b}. */
    boolean isFor(String namespace) {
        List<String> patterns = namespaces();
        return patterns.isEmpty()
                || patterns.stream()
                        .anyMatch(pattern -> pattern.endsWith(".*")
                                ? namespace.startsWith(pattern.substring(0, pattern.length() - 1))
                                : namespace.equals(pattern));
    }

    /**
     * This entry with what it refers to. Of its own it keeps what every foreign entry allows to add.
     *
     * @param local entries of the same policy
     * @param foreign imported ones
     */
    ResolvedEntry with(List<ResolvedEntry> local, List<ResolvedEntry> foreign) {
        List<ResolvedEntry> others =
                Stream.concat(local.stream(), foreign.stream()).toList();
        JsonObject resolved = json.setValue(SUBJECTS, union(SUBJECTS, others, foreign))
                .setValue(RESOURCES, union(RESOURCES, others, foreign));
        Set<String> namespaces = new LinkedHashSet<>();
        others.forEach(other -> namespaces.addAll(other.namespaces()));
        // To be for fewer things than what is referred to takes no permission.
        if (namespaces.isEmpty() || mayAdd(PolicyParts.NAMESPACES, foreign)) {
            namespaces.addAll(namespaces());
        }
        return new ResolvedEntry(
                label,
                namespaces.isEmpty() && !json.contains(PolicyParts.NAMESPACES)
                        ? resolved
                        : resolved.setValue(
                                PolicyParts.NAMESPACES,
                                namespaces.stream().map(JsonValue::of).collect(JsonCollectors.valuesToArray())));
    }

    /** An entry that says nothing about additions allows all of them, one with an empty list none. */
    private static boolean mayAdd(String what, List<ResolvedEntry> foreign) {
        return foreign.stream()
                .filter(entry -> entry.json.contains(PolicyParts.ALLOWED_ADDITIONS))
                .allMatch(entry ->
                        texts(entry.json, PolicyParts.ALLOWED_ADDITIONS).contains(what));
    }

    private JsonObject union(String key, List<ResolvedEntry> others, List<ResolvedEntry> foreign) {
        var parts = new ArrayList<JsonObject>();
        if (mayAdd(key, foreign)) {
            parts.add(part(key));
        }
        others.forEach(other -> parts.add(other.part(key)));
        JsonObject all = JsonObject.empty();
        for (JsonObject part : parts) {
            for (JsonField field : part) {
                JsonValue known =
                        all.getField(field.getKey()).map(JsonField::getValue).orElse(null);
                JsonValue value = known != null && key.equals(RESOURCES)
                        ? permissions(known.asObject(), field.getValue().asObject())
                        : field.getValue();
                all = all.toBuilder().set(field.getKey(), value).build();
            }
        }
        return all;
    }

    /** What either grants or revokes; Ditto's enforcer lets a revoke win on the same path. */
    private static JsonObject permissions(JsonObject one, JsonObject other) {
        return JsonObject.newBuilder()
                .set(GRANT, both(GRANT, one, other))
                .set(REVOKE, both(REVOKE, one, other))
                .build();
    }

    private static JsonValue both(String key, JsonObject one, JsonObject other) {
        return Stream.concat(texts(one, key).stream(), texts(other, key).stream())
                .distinct()
                .map(JsonValue::of)
                .collect(JsonCollectors.valuesToArray());
    }
}
