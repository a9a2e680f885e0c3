package org.voltwin.standalone.ditto.twin;

import java.time.Instant;
import org.eclipse.ditto.base.model.exceptions.DittoJsonException;
import org.eclipse.ditto.base.model.headers.IfEqual;
import org.eclipse.ditto.base.model.signals.commands.Command;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonMergePatch;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonRuntimeException;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.things.model.Thing;
import org.eclipse.ditto.things.model.ThingId;
import org.eclipse.ditto.things.model.ThingsModelFactory;
import org.eclipse.ditto.things.model.signals.commands.ThingCommandSizeValidator;
import org.eclipse.ditto.things.model.signals.commands.exceptions.FeatureNotAccessibleException;
import org.eclipse.ditto.things.model.signals.commands.exceptions.ThingConflictException;
import org.eclipse.ditto.things.model.signals.commands.exceptions.ThingMergeInvalidException;
import org.eclipse.ditto.things.model.signals.commands.modify.CreateThing;
import org.eclipse.ditto.things.model.signals.commands.modify.MergeThing;
import org.eclipse.ditto.things.model.signals.commands.modify.ModifyThing;
import org.eclipse.ditto.things.model.signals.commands.modify.ThingModifyCommand;
import org.jspecify.annotations.Nullable;

/** What commands do to a thing: a pure function of the command and the state before. */
final class ThingChanges {
    private ThingChanges() {}

    /** The thing a command would bring into being; it may carry a policy id or not. */
    static Thing newThing(ThingModifyCommand<?> command, ThingId id) {
        return switch (command) {
            case CreateThing create -> create.getThing();
            case ModifyThing modify -> modify.getThing();
            case MergeThing merge
            when merge.getPath().isEmpty() -> {
                if (merge.getValue().isNull() || withoutId(merge.getValue()).isEmpty()) {
                    throw ThingMergeInvalidException.newBuilder()
                            .dittoHeaders(merge.getDittoHeaders())
                            .build();
                }
                JsonValue merged = JsonMergePatch.of(merge.getValue()).applyOn(JsonObject.empty());
                yield ThingsModelFactory.newThing(merged.asObject().setValue("thingId", id.toString()));
            }
            default -> throw Refusals.thingNotFound(id, command);
        };
    }

    private static JsonObject withoutId(JsonValue patch) {
        return patch.asObject().remove("thingId");
    }

    static Decision create(Command<?> command, Thing thing, long revision, Instant now) {
        ThingId id = thing.getEntityId().orElseThrow();
        JsonObject json = thing.toJson();
        Change change = ThingMetadata.with(
                command,
                null,
                new Change(
                        EntityKind.THING,
                        id.toString(),
                        revision,
                        now,
                        Change.Action.CREATED,
                        JsonPointer.empty(),
                        json));
        var after = EntityState.ThingState.of(afterOf(change, null, json), JsonPointer.empty());
        return Decision.of(
                new Applied(change, null, after),
                Reply.created(json, Preconditions.entityTag(after, JsonPointer.empty())));
    }

    static Decision change(ThingModifyCommand<?> command, EntityState.ThingState before, long revision, Instant now) {
        JsonPointer path = command.getResourcePath();
        if (command instanceof CreateThing) {
            throw ThingConflictException.newBuilder(before.id())
                    .dittoHeaders(command.getDittoHeaders())
                    .build();
        }
        if (command.getCategory() == Command.Category.DELETE) {
            return delete(command, before, revision, now);
        }
        boolean existed = before.valueAt(path).isPresent();
        if (command instanceof MergeThing merge) {
            JsonValue patch = path.isEmpty() ? withoutForeignFields(merge.getValue()) : merge.getValue();
            Change merged = change(before, revision, now, Change.Action.MERGED, path, minimal(merge, patch, before));
            return decide(command, before, merged, true);
        }
        JsonValue value = command instanceof ModifyThing modify
                ? replacement(modify, before)
                : command.getEntity().orElse(JsonFactory.nullLiteral());
        requireFeature(command, before);
        var action = existed ? Change.Action.MODIFIED : Change.Action.CREATED;
        return decide(command, before, change(before, revision, now, action, path, value), existed);
    }

    /** With {@code if-equal: skip-minimizing-merge}, only what the patch really changes. */
    private static JsonValue minimal(MergeThing merge, JsonValue patch, EntityState.ThingState before) {
        boolean minimize = merge.getDittoHeaders()
                .getIfEqual()
                .filter(IfEqual.SKIP_MINIMIZING_MERGE::equals)
                .isPresent();
        JsonValue old = before.valueAt(merge.getPath()).orElse(null);
        if (!minimize || old == null) {
            return patch;
        }
        JsonValue merged = JsonMergePatch.of(patch).applyOn(old);
        return JsonMergePatch.compute(old, merged)
                .map(JsonMergePatch::asJsonValue)
                .orElse(patch);
    }

    private static Decision delete(
            ThingModifyCommand<?> command, EntityState.ThingState before, long revision, Instant now) {
        JsonPointer path = command.getResourcePath();
        requireFeature(command, before);
        if (before.valueAt(path).isEmpty()) {
            throw Refusals.notAccessible(command);
        }
        var change = ThingMetadata.with(
                command,
                before.json(),
                change(before, revision, now, Change.Action.DELETED, path, JsonFactory.nullLiteral()));
        return Decision.of(Applied.of(change, before), Reply.noContent(null));
    }

    private static Decision decide(
            ThingModifyCommand<?> command, EntityState.ThingState before, Change bare, boolean existed) {
        JsonPointer path = command.getResourcePath();
        Change change = ThingMetadata.with(command, before.json(), bare);
        JsonObject json = afterOf(change, before.json(), change.value());
        var after = check(command, json);
        if (Preconditions.isSkipped(command.getDittoHeaders(), before, after)) {
            throw Preconditions.notModified(EntityKind.THING, command.getDittoHeaders());
        }
        var tag = Preconditions.entityTag(after, path);
        return Decision.of(
                new Applied(change, before, after),
                existed ? Reply.noContent(tag) : Reply.created(change.value(), tag));
    }

    private static EntityState.ThingState check(ThingModifyCommand<?> command, JsonObject json) {
        try {
            var after = EntityState.ThingState.of(json, command.getResourcePath());
            ThingCommandSizeValidator.getInstance()
                    .ensureValidSize(
                            () -> json.toString().length(),
                            () -> json.toString().length(),
                            command::getDittoHeaders);
            return after;
        } catch (JsonRuntimeException e) {
            throw new DittoJsonException(e, command.getDittoHeaders());
        }
    }

    private static JsonObject afterOf(Change change, @Nullable JsonObject before, JsonValue value) {
        JsonObject after = change.applyTo(before);
        if (after == null) {
            throw new IllegalStateException("A change that deletes has no state after it: " + value);
        }
        return after;
    }

    private static Change change(
            EntityState.ThingState before,
            long revision,
            Instant now,
            Change.Action action,
            JsonPointer path,
            JsonValue value) {
        return new Change(EntityKind.THING, before.id().toString(), revision, now, action, path, value);
    }

    /** A thing keeps its policy when the replacement names none. */
    private static JsonObject replacement(ModifyThing modify, EntityState.ThingState before) {
        JsonObject json = modify.getThing().toJson();
        return json.contains("policyId")
                ? json
                : before.json()
                        .getValue("policyId")
                        .map(id -> json.setValue("policyId", id))
                        .orElse(json);
    }

    private static JsonValue withoutForeignFields(JsonValue patch) {
        return patch.asObject()
                .remove("_policy")
                .remove("_copyPolicyFrom")
                .remove("_namespace")
                .remove("_metadata");
    }

    private static void requireFeature(ThingModifyCommand<?> command, EntityState.ThingState before) {
        JsonPointer path = command.getResourcePath();
        boolean insideFeature = path.getLevelCount() > 2
                && path.getRoot().orElseThrow().toString().equals("features");
        if (insideFeature
                && before.valueAt(path.getPrefixPointer(2).orElseThrow()).isEmpty()) {
            throw FeatureNotAccessibleException.newBuilder(
                            before.id(), path.get(1).orElseThrow().toString())
                    .dittoHeaders(command.getDittoHeaders())
                    .build();
        }
    }
}
