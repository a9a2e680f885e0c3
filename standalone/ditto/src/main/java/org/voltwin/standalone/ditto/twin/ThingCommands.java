package org.voltwin.standalone.ditto.twin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.ditto.base.model.auth.AuthorizationContext;
import org.eclipse.ditto.base.model.common.HttpStatus;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.signals.commands.Command;
import org.eclipse.ditto.base.model.signals.commands.WithSelectedFields;
import org.eclipse.ditto.json.JsonCollectors;
import org.eclipse.ditto.json.JsonFieldSelector;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.policies.model.PolicyId;
import org.eclipse.ditto.policies.model.ResourceKey;
import org.eclipse.ditto.policies.model.enforcers.Enforcer;
import org.eclipse.ditto.things.model.Thing;
import org.eclipse.ditto.things.model.ThingId;
import org.eclipse.ditto.things.model.signals.commands.ThingCommand;
import org.eclipse.ditto.things.model.signals.commands.exceptions.ThingConditionFailedException;
import org.eclipse.ditto.things.model.signals.commands.exceptions.ThingConditionInvalidException;
import org.eclipse.ditto.things.model.signals.commands.exceptions.ThingNotCreatableException;
import org.eclipse.ditto.things.model.signals.commands.modify.MergeThing;
import org.eclipse.ditto.things.model.signals.commands.modify.MigrateThingDefinition;
import org.eclipse.ditto.things.model.signals.commands.modify.ThingModifyCommand;
import org.eclipse.ditto.things.model.signals.commands.query.RetrieveThing;
import org.eclipse.ditto.things.model.signals.commands.query.RetrieveThings;
import org.eclipse.ditto.things.model.signals.commands.query.ThingQueryCommand;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.policy.Access;
import org.voltwin.standalone.ditto.rql.Rql;

/** Decides commands on things: permission first, then conditions, then what changes. */
final class ThingCommands {
    private static final JsonPointer ROOT = JsonPointer.empty();

    private final Twins twins;
    private final Access access;
    private final ThingViews views;
    private final PolicyChanges policyChanges;
    private final NewThingPolicy newThingPolicy;

    ThingCommands(Twins twins, Access access, ThingViews views, PolicyChanges policyChanges) {
        this.twins = twins;
        this.access = access;
        this.views = views;
        this.policyChanges = policyChanges;
        this.newThingPolicy = new NewThingPolicy(twins, access);
    }

    Decision modify(ThingModifyCommand<?> given, Instant now) {
        ThingMetadata.checkHeaders(given);
        var id = (ThingId) given.getEntityId();
        EntityState.ThingState before = twins.thing(id);
        if (before == null) {
            return create(given, id, now);
        }
        Enforcer enforcer = access.enforcer(id, before.policyId());
        requireWrite(given, enforcer);
        ThingModifyCommand<?> command =
                given instanceof MergeThing merge ? PatchConditions.apply(merge, before, enforcer) : given;
        requireUsablePolicy(command, before);
        requireCondition(before, enforcer, command.getDittoHeaders());
        Preconditions.checkChange(command, before, EntityKind.THING);
        long revision = twins.nextRevision(EntityKind.THING, id.toString(), before);
        return ThingChanges.change(command, before, revision, now);
    }

    Decision migrate(MigrateThingDefinition command, Instant now) {
        EntityState.ThingState before = twins.thing(command.getEntityId());
        if (before == null) {
            throw Refusals.thingNotFound(command.getEntityId(), command);
        }
        MergeThing merge =
                DefinitionMigration.merge(command, before.thing(), access.enforcer(before.id(), before.policyId()));
        Decision merged = modify(merge, now);
        boolean dryRun = command.getDittoHeaders().isDryRun();
        var reply = new Reply(
                dryRun ? HttpStatus.ACCEPTED : HttpStatus.OK,
                DefinitionMigration.answer(merge, dryRun),
                dryRun ? null : merged.reply().entityTag());
        return new Decision(merged.changes(), reply);
    }

    private Decision create(ThingModifyCommand<?> command, ThingId id, Instant now) {
        Thing thing = ThingChanges.newThing(command, id);
        Preconditions.checkChange(command, null, EntityKind.THING);
        NewThingPolicy.Plan plan = newThingPolicy.plan(command, thing);
        PolicyId policyId = plan.policyId();
        Enforcer enforcer = plan.create() ? access.enforcerOf(plan.policy(), id) : access.enforcer(id, policyId);
        if (!Access.mayWrite(enforcer, Access.thing(ROOT), caller(command))) {
            throw Refusals.notModifiable(command);
        }
        var changes = new ArrayList<Applied>();
        if (plan.create()) {
            long revision = twins.nextRevision(EntityKind.POLICY, policyId.toString(), null);
            changes.addAll(policyChanges
                    .create(plan.policy(), revision, now, command.getDittoHeaders())
                    .changes());
        }
        long revision = twins.nextRevision(EntityKind.THING, id.toString(), null);
        Decision created = ThingChanges.create(
                command, thing.toBuilder().setPolicyId(policyId).build(), revision, now);
        changes.addAll(created.changes());
        return new Decision(List.copyOf(changes), created.reply());
    }

    private void requireWrite(ThingModifyCommand<?> command, Enforcer enforcer) {
        AuthorizationContext caller = caller(command);
        JsonPointer path = command.getResourcePath();
        boolean allowed = Access.mayWrite(enforcer, Access.thing(path), caller)
                || (command instanceof MergeThing merge
                        && merge.getValue().isObject()
                        && mayWriteLeaves(enforcer, caller, path, merge.getValue()));
        if (!allowed) {
            throw Refusals.notModifiable(command);
        }
    }

    /** A merge needs WRITE only on what it touches. */
    private static boolean mayWriteLeaves(
            Enforcer enforcer, AuthorizationContext caller, JsonPointer path, JsonValue value) {
        if (!value.isObject() || value.isNull() || value.asObject().isEmpty()) {
            return Access.mayWrite(enforcer, Access.thing(path), caller);
        }
        return value.asObject().stream()
                .filter(field -> !(path.isEmpty() && field.getKeyName().equals("thingId")))
                .allMatch(field -> mayWriteLeaves(enforcer, caller, path.addLeaf(field.getKey()), field.getValue()));
    }

    /** A thing may only be moved to a policy that exists and lets the caller write the thing. */
    private void requireUsablePolicy(ThingModifyCommand<?> command, EntityState.ThingState before) {
        JsonPointer policyIdPath = JsonPointer.of("policyId");
        Optional<JsonValue> wanted = command.getResourcePath().isEmpty()
                ? command.getEntity()
                        .filter(JsonValue::isObject)
                        .flatMap(json -> json.asObject().getValue(policyIdPath))
                : command.getResourcePath().equals(policyIdPath) ? command.getEntity() : Optional.empty();
        wanted.filter(JsonValue::isString)
                .map(value -> PolicyId.of(value.asString()))
                .ifPresent(policyId -> {
                    if (policyId.equals(before.policyId())) {
                        return;
                    }
                    if (twins.policy(policyId) == null) {
                        throw ThingNotCreatableException.newBuilderForPolicyMissing(before.id(), policyId)
                                .dittoHeaders(command.getDittoHeaders())
                                .build();
                    }
                    if (!Access.mayWrite(
                            access.enforcer(before.id(), policyId), Access.thing(policyIdPath), caller(command))) {
                        throw Refusals.notModifiable(command);
                    }
                });
    }

    static void requireCondition(EntityState.ThingState state, Enforcer enforcer, DittoHeaders headers) {
        Optional<String> condition = headers.getCondition();
        if (condition.isEmpty()) {
            return;
        }
        Rql rql = conditionOf(condition.get(), headers);
        if (!mayAsk(rql, enforcer, headers)) {
            throw ThingConditionFailedException.newBuilderForInsufficientPermission(headers)
                    .build();
        }
        if (!rql.overThings().test(state.thing())) {
            throw ThingConditionFailedException.newBuilder(headers).build();
        }
    }

    /** Whether the sender may read everything an expression looks at. */
    static boolean mayAsk(Rql rql, Enforcer enforcer, DittoHeaders headers) {
        return rql.fieldNames().stream()
                .filter(field -> !field.contains(":"))
                .allMatch(field -> mayAsk(field, enforcer, headers.getAuthorizationContext()));
    }

    /** A wildcard looks at everything there is in its place. */
    private static boolean mayAsk(String field, Enforcer enforcer, AuthorizationContext caller) {
        int wildcard = field.indexOf('*');
        return wildcard < 0
                ? Access.mayReadPart(enforcer, Access.thing(JsonPointer.of(field)), caller)
                : Access.mayRead(enforcer, Access.thing(JsonPointer.of(field.substring(0, wildcard))), caller);
    }

    static Rql conditionOf(String condition, DittoHeaders headers) {
        try {
            return Rql.overThings(condition, headers);
        } catch (org.eclipse.ditto.base.model.exceptions.InvalidRqlExpressionException e) {
            throw ThingConditionInvalidException.newBuilder(
                            condition, e.getDescription().orElse(e.getMessage()))
                    .dittoHeaders(headers)
                    .build();
        }
    }

    Reply query(ThingQueryCommand<?> command) {
        ThingMetadata.checkHeaders(command);
        var id = (ThingId) ((ThingCommand<?>) command).getEntityId();
        EntityState.ThingState state = twins.thing(id);
        if (state == null) {
            throw Refusals.thingNotFound(id, command);
        }
        return query(command, state, access.enforcer(id, state.policyId()));
    }

    /** The thing as it was, to whom the present policy lets see it. */
    Reply query(ThingQueryCommand<?> command, PastQuery past, Timeline timeline) {
        var id = (ThingId) ((ThingCommand<?>) command).getEntityId();
        EntityState.ThingState present = twins.thing(id);
        if (present == null) {
            throw Refusals.thingNotFound(id, command);
        }
        Enforcer enforcer = access.enforcer(id, present.policyId());
        if (!Access.mayReadPart(enforcer, Access.thing(command.getResourcePath()), caller(command))) {
            throw Refusals.notAccessible((ThingCommand<?>) command);
        }
        Timeline.Moment moment = past.of(id, timeline, command.getDittoHeaders());
        Reply reply = query(command, EntityState.ThingState.ofStored(moment.state()), enforcer);
        return reply.withHistoricalHeaders(moment.headers());
    }

    private Reply query(ThingQueryCommand<?> command, EntityState.ThingState state, Enforcer enforcer) {
        JsonPointer path = command.getResourcePath();
        ResourceKey resource = Access.thing(path);
        if (!Access.mayReadPart(enforcer, resource, caller(command))) {
            throw Refusals.notAccessible((ThingCommand<?>) command);
        }
        if (!command.getDittoHeaders().getCondition().isEmpty()) {
            requireCondition(state, enforcer, command.getDittoHeaders());
        }
        @Nullable JsonFieldSelector fields = fieldsOf(command);
        JsonValue value = path.isEmpty()
                ? views.view(state, enforcer, caller(command), fields)
                        .orElseThrow(() -> Refusals.notAccessible((ThingCommand<?>) command))
                : state.valueAt(path)
                        .flatMap(found -> Access.view(enforcer, resource, found, caller(command)))
                        .map(found -> select(found, fields))
                        .orElseThrow(() -> Refusals.notAccessible((ThingCommand<?>) command));
        Preconditions.checkQuery(command, state, fields);
        return withMetadata(
                command,
                state,
                enforcer,
                Reply.ok(value, fields == null ? Preconditions.entityTag(state, path) : tagOf(value, state, path)));
    }

    private static Reply withMetadata(
            Command<?> command, EntityState.ThingState state, Enforcer enforcer, Reply reply) {
        if (command.getDittoHeaders().getMetadataFieldsToGet().isEmpty()) {
            return reply;
        }
        JsonObject visible = Access.view(enforcer, Access.thing(ROOT), state.json(), caller(command))
                .map(JsonValue::asObject)
                .orElseGet(JsonObject::empty);
        JsonObject asked = ThingMetadata.asked(command, visible);
        return asked == null ? reply : reply.withHeader("ditto-metadata", asked.toString());
    }

    /** With {@code fields} the revision still decides: the same revision has the same parts. */
    private static org.eclipse.ditto.base.model.headers.entitytag.@Nullable EntityTag tagOf(
            JsonValue value, EntityState state, JsonPointer path) {
        boolean carriesPolicy = value.isObject() && value.asObject().contains("_policy");
        return carriesPolicy ? null : Preconditions.entityTag(state, path);
    }

    Reply query(RetrieveThings command) {
        @Nullable JsonFieldSelector fields = command.getSelectedFields().orElse(null);
        JsonValue things = command.getEntityIds().stream()
                .map(twins::thing)
                .filter(state -> state != null)
                .flatMap(state -> views.view(state, caller(command), fields).stream())
                .collect(JsonCollectors.valuesToArray());
        return Reply.ok(things, null);
    }

    private static JsonValue select(JsonValue value, @Nullable JsonFieldSelector fields) {
        return fields == null || !value.isObject() || value.isNull()
                ? value
                : FieldSelection.of(value.asObject(), fields);
    }

    private static @Nullable JsonFieldSelector fieldsOf(Command<?> command) {
        return switch (command) {
            case RetrieveThing retrieve -> retrieve.getSelectedFields().orElse(null);
            case WithSelectedFields selecting -> selecting.getSelectedFields().orElse(null);
            default -> null;
        };
    }

    private static AuthorizationContext caller(Command<?> command) {
        return command.getDittoHeaders().getAuthorizationContext();
    }
}
