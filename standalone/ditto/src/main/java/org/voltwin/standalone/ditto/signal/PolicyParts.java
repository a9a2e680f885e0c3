package org.voltwin.standalone.ditto.signal;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.signals.Signal;
import org.eclipse.ditto.json.JsonArray;
import org.eclipse.ditto.json.JsonCollectors;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonKey;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.policies.model.ImportableType;
import org.eclipse.ditto.policies.model.PolicyEntryInvalidException;
import org.eclipse.ditto.policies.model.PolicyId;
import org.eclipse.ditto.policies.model.PolicyImportInvalidException;
import org.eclipse.ditto.policies.model.signals.commands.modify.CreatePolicy;
import org.eclipse.ditto.policies.model.signals.commands.modify.ModifyPolicy;
import org.eclipse.ditto.policies.model.signals.commands.modify.PolicyModifyCommand;
import org.eclipse.ditto.protocol.Adaptable;
import org.eclipse.ditto.protocol.TopicPath;

/**
 * What Ditto 3.9 added to policies and the 3.8 models drop: {@code namespaces}, {@code allowedAdditions} and
 * {@code references} of entries, {@code transitiveImports} of imports, and the paths of those and of
 * {@code importable} and {@code imports/ID/entries} (ADR 23).
 */
public final class PolicyParts {
    /** Of an entry: the namespaces of the things it is for; none means all. */
    public static final String NAMESPACES = "namespaces";
    /** Of an entry: what an entry that refers to it may add of its own. */
    public static final String ALLOWED_ADDITIONS = "allowedAdditions";
    /** Of an entry: entries, of the same policy or imported ones, whose content it takes over. */
    public static final String REFERENCES = "references";
    /** Of an import: which imports of the imported policy are followed. */
    public static final String TRANSITIVE_IMPORTS = "transitiveImports";

    private static final String IMPORTABLE = "importable";
    private static final String ENTRIES = "entries";
    private static final String IMPORTS = "imports";
    private static final List<String> OF_ENTRIES = List.of(NAMESPACES, ALLOWED_ADDITIONS, REFERENCES);
    private static final Set<String> ENTRY_PATHS = Set.of(NAMESPACES, ALLOWED_ADDITIONS, REFERENCES, IMPORTABLE);
    private static final Set<String> IMPORT_PATHS = Set.of(ENTRIES, TRANSITIVE_IMPORTS);
    private static final Set<String> DELETABLE = Set.of(ALLOWED_ADDITIONS, REFERENCES);
    private static final Set<String> ADDITIONS = Set.of("subjects", "resources", NAMESPACES);
    private static final Pattern NAMESPACE = Pattern.compile("(?:[a-zA-Z]\\w*+)(?:[.-][a-zA-Z0-9]\\w*+)*+(?:\\.\\*)?");
    private static final int PART_LEVEL = 3;

    private PolicyParts() {}

    /** Whether a policy, or a part of one, may have something of this; cheap, and right when it says no. */
    public static boolean mentionedIn(String json) {
        return json.contains('"' + REFERENCES + '"')
                || json.contains('"' + TRANSITIVE_IMPORTS + '"')
                || json.contains('"' + NAMESPACES + '"')
                || json.contains('"' + ALLOWED_ADDITIONS + '"');
    }

    /** What an object has under a key, as an object; an empty one when there is none. */
    public static JsonObject objectAt(JsonObject json, String key) {
        return json.getValue(key)
                .filter(value -> value.isObject() && !value.isNull())
                .map(JsonValue::asObject)
                .orElseGet(JsonObject::empty);
    }

    /** What an object has under a key, item by item; nothing when that is no array. */
    public static List<JsonValue> itemsAt(JsonObject json, String key) {
        return json.getValue(key).filter(JsonValue::isArray).map(JsonValue::asArray).stream()
                .flatMap(JsonArray::stream)
                .toList();
    }

    /** What an object has under a key, as text; an empty one when there is none. */
    public static String textAt(JsonObject json, String key) {
        return json.getValue(key)
                .filter(JsonValue::isString)
                .map(JsonValue::asString)
                .orElse("");
    }

    /** Whether a path is one of those the protocol adapter does not know. */
    static boolean isPart(JsonPointer path) {
        if (path.getLevelCount() != PART_LEVEL) {
            return false;
        }
        String last = key(path, 2);
        return switch (key(path, 0)) {
            case ENTRIES -> ENTRY_PATHS.contains(last);
            case IMPORTS -> IMPORT_PATHS.contains(last);
            default -> false;
        };
    }

    /** The command an envelope means when the protocol adapter does not know it. */
    static Optional<Signal<?>> commandOf(Adaptable adaptable) {
        TopicPath topic = adaptable.getTopicPath();
        if (!topic.isGroup(TopicPath.Group.POLICIES) || !topic.isCriterion(TopicPath.Criterion.COMMANDS)) {
            return Optional.empty();
        }
        JsonPointer path = JsonPointer.of(adaptable.getPayload().getPath().toString());
        TopicPath.Action action = topic.getAction().orElse(TopicPath.Action.CREATE);
        PolicyId id = PolicyId.of(topic.getNamespace(), topic.getEntityName());
        DittoHeaders headers = adaptable.getDittoHeaders();
        if (path.equals(JsonPointer.of(IMPORTS)) && action == TopicPath.Action.DELETE) {
            return Optional.of(ModifyPolicyPart.put(id, path, JsonObject.empty(), headers));
        }
        if (!isPart(path)) {
            return Optional.empty();
        }
        return switch (action) {
            case RETRIEVE -> Optional.of(new RetrievePolicyPart(id, path, headers));
            case MODIFY -> {
                JsonValue value = adaptable.getPayload().getValue().orElse(JsonFactory.nullLiteral());
                checkPart(key(path, 2), value, key(path, 0), headers);
                yield Optional.of(ModifyPolicyPart.put(id, path, value, headers));
            }
            case DELETE ->
                DELETABLE.contains(key(path, 2))
                        ? Optional.of(ModifyPolicyPart.delete(id, path, headers))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** A command as the adapter made it, with what it dropped of the envelope's value. */
    static Signal<?> completed(Signal<?> signal, Adaptable adaptable) {
        JsonValue given = adaptable.getPayload().getValue().orElse(JsonFactory.nullLiteral());
        boolean complete = !(signal instanceof PolicyModifyCommand<?>)
                || !given.isObject()
                || given.isNull()
                || !mentionedIn(given.toString());
        if (complete) {
            return signal;
        }
        var command = (PolicyModifyCommand<?>) signal;
        JsonValue modelled = switch (command) {
            case CreatePolicy create -> create.getPolicy().toJson();
            case ModifyPolicy modify -> modify.getPolicy().toJson();
            default -> command.getEntity().orElse(JsonFactory.nullLiteral());
        };
        JsonValue value = complete(command.getResourcePath(), given, modelled, command.getDittoHeaders());
        return ModifyPolicyPart.of(command, value);
    }

    /**
     * What the models know of a policy or a part of one, with what they dropped.
     *
     * @throws org.eclipse.ditto.base.model.exceptions.DittoRuntimeException 400 when that is not valid
     */
    public static JsonValue complete(JsonPointer path, JsonValue given, JsonValue modelled, DittoHeaders headers) {
        if (!given.isObject() || given.isNull() || !modelled.isObject() || modelled.isNull()) {
            return modelled;
        }
        JsonObject from = given.asObject();
        JsonObject to = modelled.asObject();
        return switch (path.getLevelCount()) {
            case 0 -> {
                JsonObject entries = inside(ENTRIES, from, to, headers);
                yield inside(IMPORTS, from, entries, headers);
            }
            case 1 -> eachOf(path, from, to, headers);
            case 2 -> key(path, 0).equals(ENTRIES) ? entry(from, to, headers) : policyImport(from, to, headers);
            default -> modelled;
        };
    }

    private static JsonObject inside(String key, JsonObject from, JsonObject to, DittoHeaders headers) {
        JsonValue given = from.getValue(key).orElse(null);
        JsonValue modelled = to.getValue(key).orElse(null);
        return given == null || modelled == null
                ? to
                : to.setValue(key, complete(JsonPointer.of(key), given, modelled, headers));
    }

    private static JsonObject eachOf(JsonPointer path, JsonObject from, JsonObject to, DittoHeaders headers) {
        return to.stream()
                .map(field -> JsonFactory.newField(
                        field.getKey(),
                        complete(
                                path.addLeaf(field.getKey()),
                                from.getField(field.getKey())
                                        .map(given -> given.getValue())
                                        .orElse(JsonFactory.nullLiteral()),
                                field.getValue(),
                                headers)))
                .collect(JsonCollectors.fieldsToObject());
    }

    private static JsonObject entry(JsonObject from, JsonObject to, DittoHeaders headers) {
        JsonObject complete = to;
        for (String name : OF_ENTRIES) {
            JsonValue value = from.getValue(name).orElse(null);
            if (value != null) {
                checkPart(name, value, ENTRIES, headers);
                complete = complete.setValue(name, value);
            }
        }
        return complete;
    }

    private static JsonObject policyImport(JsonObject from, JsonObject to, DittoHeaders headers) {
        JsonValue value = from.getValue(TRANSITIVE_IMPORTS).orElse(null);
        if (value == null) {
            return to;
        }
        checkPart(TRANSITIVE_IMPORTS, value, IMPORTS, headers);
        return to.setValue(TRANSITIVE_IMPORTS, value);
    }

    private static void checkPart(String name, JsonValue value, String of, DittoHeaders headers) {
        boolean valid = name.equals(IMPORTABLE)
                ? value.isString() && ImportableType.forName(value.asString()).isPresent()
                : value.isArray() && value.asArray().stream().allMatch(item -> isValidItem(name, item));
        if (valid) {
            return;
        }
        String description = "The value " + value + " of '" + name + "' is not valid.";
        throw of.equals(ENTRIES)
                ? PolicyEntryInvalidException.newBuilder()
                        .description(description)
                        .dittoHeaders(headers)
                        .build()
                : PolicyImportInvalidException.newBuilder()
                        .description(description)
                        .dittoHeaders(headers)
                        .build();
    }

    private static boolean isValidItem(String name, JsonValue item) {
        return switch (name) {
            case NAMESPACES ->
                item.isString() && NAMESPACE.matcher(item.asString()).matches();
            case ALLOWED_ADDITIONS -> item.isString() && ADDITIONS.contains(item.asString());
            case REFERENCES -> isReference(item);
            case TRANSITIVE_IMPORTS ->
                item.isString() && !PolicyId.of(item.asString()).toString().isEmpty();
            default -> item.isString() && !item.asString().isEmpty();
        };
    }

    private static boolean isReference(JsonValue item) {
        if (!item.isObject() || item.isNull()) {
            return false;
        }
        JsonObject reference = item.asObject();
        boolean named = reference.getValue("entry").filter(PolicyParts::isText).isPresent();
        return named
                && reference
                        .getValue("import")
                        .map(id -> isText(id)
                                && !PolicyId.of(id.asString()).toString().isEmpty())
                        .orElse(true);
    }

    private static boolean isText(JsonValue value) {
        return value.isString() && !value.asString().isEmpty();
    }

    private static String key(JsonPointer path, int level) {
        return path.get(level).map(JsonKey::toString).orElse("");
    }
}
