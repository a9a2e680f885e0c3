package org.voltwin.standalone.ditto.twin;

import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.signals.commands.Command;
import org.eclipse.ditto.json.JsonCollectors;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonField;
import org.eclipse.ditto.json.JsonKey;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.placeholders.UnresolvedPlaceholderException;
import org.eclipse.ditto.policies.model.signals.commands.modify.PolicyModifyCommand;
import org.voltwin.standalone.ditto.signal.Signals;
import org.voltwin.standalone.ditto.signal.Signals.Verb;

/** <code>{{ request:subjectId }}</code> in the place of a subject's id stands for who sends the command. */
final class SubjectPlaceholders {
    private static final Pattern SENDER =
            Pattern.compile("\\{\\{\\s*request:subjectId\\s*}}|\\$\\{\\s*request\\.subjectId\\s*}");
    private static final int SUBJECT_LEVEL = 3;
    private static final JsonKey ENTRIES = JsonKey.of("entries");
    private static final JsonKey SUBJECTS = JsonKey.of("subjects");

    private SubjectPlaceholders() {}

    /** @throws UnresolvedPlaceholderException 400 when there is another placeholder */
    static PolicyModifyCommand<?> resolved(PolicyModifyCommand<?> command) {
        JsonPointer path = command.getResourcePath();
        JsonValue value = command.getEntity().orElse(JsonFactory.nullLiteral());
        boolean delete = command.getCategory() == Command.Category.DELETE;
        if (!mentionsAny(path.toString()) && (delete || !mentionsAny(value.toString()))) {
            return command;
        }
        DittoHeaders headers = command.getDittoHeaders();
        Verb verb = delete ? Verb.DELETE : PolicyChanges.creates(command) ? Verb.CREATE : Verb.MODIFY;
        JsonPointer place = JsonPointer.empty();
        int level = 0;
        for (JsonKey key : path) {
            place = place.addLeaf(level++ == SUBJECT_LEVEL ? subject(key, headers) : key);
        }
        return (PolicyModifyCommand<?>) Signals.policy(
                verb, command.getEntityId(), place, delete ? null : inPart(path, value, headers), null, headers);
    }

    /** As above, in a whole policy. */
    static JsonObject resolved(JsonObject policy, DittoHeaders headers) {
        return mentionsAny(policy.toString())
                ? inPart(JsonPointer.empty(), policy, headers).asObject()
                : policy;
    }

    private static boolean mentionsAny(String text) {
        return text.contains("{{") || text.contains("${");
    }

    private static JsonValue inPart(JsonPointer path, JsonValue value, DittoHeaders headers) {
        if (!value.isObject() || value.isNull()) {
            return value;
        }
        JsonObject object = value.asObject();
        return switch (path.getLevelCount()) {
            case 0 -> under(object, ENTRIES, headers, SubjectPlaceholders::inEntries);
            case 1 -> inEntries(object, headers);
            case 2 -> inEntry(object, headers);
            case SUBJECT_LEVEL -> inSubjects(object, headers);
            default -> value;
        };
    }

    private static JsonObject inEntries(JsonObject entries, DittoHeaders headers) {
        return entries.stream()
                .map(field -> field.getValue().isObject() && !field.getValue().isNull()
                        ? JsonFactory.newField(
                                field.getKey(), inEntry(field.getValue().asObject(), headers))
                        : field)
                .collect(JsonCollectors.fieldsToObject());
    }

    private static JsonObject inEntry(JsonObject entry, DittoHeaders headers) {
        return under(entry, SUBJECTS, headers, SubjectPlaceholders::inSubjects);
    }

    private static JsonObject under(
            JsonObject object,
            JsonKey key,
            DittoHeaders headers,
            BiFunction<JsonObject, DittoHeaders, JsonObject> change) {
        return object.getValue(key)
                .filter(value -> value.isObject() && !value.isNull())
                .map(value -> object.toBuilder()
                        .set(key, change.apply(value.asObject(), headers))
                        .build())
                .orElse(object);
    }

    private static JsonObject inSubjects(JsonObject subjects, DittoHeaders headers) {
        return subjects.stream()
                .map(field -> (JsonField) JsonFactory.newField(subject(field.getKey(), headers), field.getValue()))
                .collect(JsonCollectors.fieldsToObject());
    }

    private static JsonKey subject(JsonKey key, DittoHeaders headers) {
        String text = key.toString();
        if (!mentionsAny(text)) {
            return key;
        }
        String sender = headers.getAuthorizationContext()
                .getFirstAuthorizationSubject()
                .map(subject -> subject.getId())
                .orElse("");
        String resolved = SENDER.matcher(text).replaceAll(Matcher.quoteReplacement(sender));
        if (mentionsAny(resolved)) {
            throw UnresolvedPlaceholderException.newBuilder(text)
                    .dittoHeaders(headers)
                    .build();
        }
        return JsonKey.of(resolved);
    }
}
