package org.voltwin.standalone.ditto.twin;

import java.util.Optional;
import java.util.Set;
import org.eclipse.ditto.base.model.exceptions.DittoRuntimeException;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.headers.IfEqual;
import org.eclipse.ditto.base.model.headers.entitytag.EntityTag;
import org.eclipse.ditto.base.model.headers.entitytag.EntityTagMatchers;
import org.eclipse.ditto.base.model.signals.commands.Command;
import org.eclipse.ditto.json.JsonFieldSelector;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.policies.model.signals.commands.exceptions.PolicyPreconditionFailedException;
import org.eclipse.ditto.policies.model.signals.commands.exceptions.PolicyPreconditionNotModifiedException;
import org.eclipse.ditto.things.model.signals.commands.exceptions.ThingPreconditionFailedException;
import org.eclipse.ditto.things.model.signals.commands.exceptions.ThingPreconditionNotModifiedException;
import org.jspecify.annotations.Nullable;

/** Entity tags, and the conditional headers that compare them (RFC 9110, section 13). */
final class Preconditions {
    private static final Set<IfEqual> SKIPPING = Set.of(IfEqual.SKIP, IfEqual.SKIP_MINIMIZING_MERGE);
    private static final String IF_MATCH = "if-match";
    private static final String IF_NONE_MATCH = "if-none-match";

    private Preconditions() {}

    /** {@code "rev:N"} for a whole entity, a hash for a part; null when the part does not exist. */
    static @Nullable EntityTag entityTag(@Nullable EntityState state, JsonPointer path) {
        if (state == null) {
            return null;
        }
        Optional<JsonValue> value = state.valueAt(path);
        if (value.isEmpty()) {
            return null;
        }
        return path.isEmpty()
                ? EntityTag.strong("\"rev:" + state.revision() + "\"")
                : EntityTag.fromEntity(value.get()).orElse(null);
    }

    /** @throws DittoRuntimeException 412 when the headers forbid the change */
    static void checkChange(Command<?> command, @Nullable EntityState state, EntityKind kind) {
        DittoHeaders headers = command.getDittoHeaders();
        EntityTag tag = entityTag(state, command.getResourcePath());
        headers.getIfMatch().filter(matchers -> !matches(matchers, tag, true)).ifPresent(matchers -> {
            throw failed(kind, headers, IF_MATCH, matchers, tag);
        });
        headers.getIfNoneMatch()
                .filter(matchers -> matches(matchers, tag, false))
                .ifPresent(matchers -> {
                    throw failed(kind, headers, IF_NONE_MATCH, matchers, tag);
                });
    }

    /** @throws DittoRuntimeException 412 or 304 when the headers forbid the answer */
    static void checkQuery(Command<?> command, EntityState state, @Nullable JsonFieldSelector fields) {
        DittoHeaders headers = command.getDittoHeaders();
        EntityTag tag = entityTag(state, command.getResourcePath());
        headers.getIfMatch().filter(matchers -> !matches(matchers, tag, true)).ifPresent(matchers -> {
            throw failed(state.kind(), headers, IF_MATCH, matchers, tag);
        });
        if (fields != null && asksForMoreThanTheState(fields)) {
            return;
        }
        headers.getIfNoneMatch()
                .filter(matchers -> matches(matchers, tag, false))
                .ifPresent(matchers -> {
                    throw notModified(state.kind(), headers, matchers, tag);
                });
    }

    /** The policy can change without the thing's revision, so a tag of the thing says nothing about it. */
    private static boolean asksForMoreThanTheState(JsonFieldSelector fields) {
        return fields.getPointers().contains(JsonPointer.of("_policy"));
    }

    /** @return whether the value is already there and the caller asked not to be written then */
    static boolean isSkipped(DittoHeaders headers, EntityState before, EntityState after) {
        return headers.getIfEqual().filter(SKIPPING::contains).isPresent()
                && withoutRevision(before).equals(withoutRevision(after));
    }

    private static JsonObject withoutRevision(EntityState state) {
        return state.json().remove("_revision").remove("_modified");
    }

    static DittoRuntimeException notModified(EntityKind kind, DittoHeaders headers) {
        return switch (kind) {
            case THING ->
                ThingPreconditionNotModifiedException.newBuilder()
                        .dittoHeaders(headers)
                        .build();
            case POLICY ->
                PolicyPreconditionNotModifiedException.newBuilder()
                        .dittoHeaders(headers)
                        .build();
        };
    }

    private static boolean matches(EntityTagMatchers matchers, @Nullable EntityTag tag, boolean strong) {
        return tag != null
                && matchers.stream().anyMatch(matcher -> strong ? matcher.strongMatch(tag) : matcher.weakMatch(tag));
    }

    private static DittoRuntimeException failed(
            EntityKind kind,
            DittoHeaders headers,
            String header,
            EntityTagMatchers expected,
            @Nullable EntityTag actual) {
        String found = actual == null ? "" : actual.toString();
        return switch (kind) {
            case THING ->
                ThingPreconditionFailedException.newBuilder(header, expected.toString(), found)
                        .dittoHeaders(tagged(headers, actual))
                        .build();
            case POLICY ->
                PolicyPreconditionFailedException.newBuilder(header, expected.toString(), found)
                        .dittoHeaders(tagged(headers, actual))
                        .build();
        };
    }

    private static DittoRuntimeException notModified(
            EntityKind kind, DittoHeaders headers, EntityTagMatchers expected, @Nullable EntityTag actual) {
        String found = actual == null ? "" : actual.toString();
        return switch (kind) {
            case THING ->
                ThingPreconditionNotModifiedException.newBuilder(expected.toString(), found)
                        .dittoHeaders(tagged(headers, actual))
                        .build();
            case POLICY ->
                PolicyPreconditionNotModifiedException.newBuilder(expected.toString(), found)
                        .dittoHeaders(tagged(headers, actual))
                        .build();
        };
    }

    /** Who is refused learns the tag there is. */
    private static DittoHeaders tagged(DittoHeaders headers, @Nullable EntityTag actual) {
        return actual == null ? headers : headers.toBuilder().eTag(actual).build();
    }
}
