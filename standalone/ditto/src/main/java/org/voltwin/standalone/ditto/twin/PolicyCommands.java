package org.voltwin.standalone.ditto.twin;

import java.time.Instant;
import org.eclipse.ditto.base.model.auth.AuthorizationContext;
import org.eclipse.ditto.base.model.signals.commands.Command;
import org.eclipse.ditto.base.model.signals.commands.WithSelectedFields;
import org.eclipse.ditto.json.JsonCollectors;
import org.eclipse.ditto.json.JsonFieldSelector;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.policies.model.Policy;
import org.eclipse.ditto.policies.model.PolicyId;
import org.eclipse.ditto.policies.model.ResourceKey;
import org.eclipse.ditto.policies.model.enforcers.Enforcer;
import org.eclipse.ditto.policies.model.signals.commands.modify.PolicyModifyCommand;
import org.eclipse.ditto.policies.model.signals.commands.query.PolicyQueryCommand;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.policy.Access;

/** Decides commands on policies: permission first, then entity tags, then what changes. */
final class PolicyCommands {
    private static final String POLICY_VIEW = "policy-view";

    private final Twins twins;
    private final Access access;
    private final PolicyChanges changes;
    private final PolicyImportAccess imports;

    PolicyCommands(Twins twins, Access access, PolicyChanges changes) {
        this.twins = twins;
        this.access = access;
        this.changes = changes;
        this.imports = new PolicyImportAccess(twins, access);
    }

    Decision modify(PolicyModifyCommand<?> given, Instant now) {
        PolicyModifyCommand<?> command = SubjectPlaceholders.resolved(given);
        PolicyId id = command.getEntityId();
        EntityState.PolicyState before = twins.policy(id);
        long revision = twins.nextRevision(EntityKind.POLICY, id.toString(), before);
        if (before == null) {
            Policy policy = PolicyChanges.newPolicy(command);
            Preconditions.checkChange(command, null, EntityKind.POLICY);
            boolean lockout =
                    !command.getDittoHeaders().isAllowPolicyLockout() && !mayWrite(access.enforcerOf(policy), command);
            if (lockout) {
                throw Refusals.notModifiable(command);
            }
            imports.check(command, policy);
            return changes.create(policy, revision, now, command.getDittoHeaders());
        }
        if (!mayWrite(access.enforcer(id), command)) {
            throw Refusals.notModifiable(command);
        }
        Preconditions.checkChange(command, before, EntityKind.POLICY);
        Decision decision = changes.change(command, before, revision, now);
        for (Change change : decision.changes()) {
            JsonObject after = change.applyTo(before.json());
            if (after != null) {
                imports.check(command, EntityState.PolicyState.of(after).policy());
            }
        }
        return decision;
    }

    private static boolean mayWrite(Enforcer enforcer, PolicyModifyCommand<?> command) {
        return Access.mayWrite(enforcer, Access.policy(command.getResourcePath()), caller(command));
    }

    Reply query(PolicyQueryCommand<?> command) {
        PolicyId id = command.getEntityId();
        EntityState.PolicyState state = twins.policy(id);
        if (state == null) {
            throw Refusals.policyNotFound(command);
        }
        boolean resolved = "resolved".equals(command.getDittoHeaders().get(POLICY_VIEW));
        return query(
                command,
                resolved ? new EntityState.PolicyState(id, imports.resolved(state, command.getDittoHeaders())) : state);
    }

    /** The policy as it was, to whom the policy as it is lets see it. */
    Reply query(PolicyQueryCommand<?> command, PastQuery past, Timeline timeline) {
        PolicyId id = command.getEntityId();
        if (twins.policy(id) == null) {
            throw Refusals.policyNotFound(command);
        }
        boolean visible =
                Access.mayReadPart(access.enforcer(id), Access.policy(command.getResourcePath()), caller(command));
        if (!visible) {
            throw Refusals.notAccessible(command);
        }
        Timeline.Moment moment = past.of(id, timeline, command.getDittoHeaders());
        return query(command, EntityState.PolicyState.of(moment.state())).withHistoricalHeaders(moment.headers());
    }

    private Reply query(PolicyQueryCommand<?> command, EntityState.PolicyState state) {
        PolicyId id = command.getEntityId();
        JsonPointer path = command.getResourcePath();
        Enforcer enforcer = access.enforcer(id);
        ResourceKey resource = Access.policy(path);
        @Nullable JsonFieldSelector fields = command instanceof WithSelectedFields selecting
                ? selecting.getSelectedFields().orElse(null)
                : null;
        JsonValue value = state.valueAt(path)
                .flatMap(found -> Access.view(enforcer, resource, found, caller(command)))
                .orElseThrow(() -> Refusals.notAccessible(command));
        JsonValue shown = path.isEmpty() ? root(value.asObject().setValue("policyId", id.toString()), fields) : value;
        Preconditions.checkQuery(command, state, fields);
        return Reply.ok(shown, Preconditions.entityTag(state, path));
    }

    private static JsonObject root(JsonObject policy, @Nullable JsonFieldSelector fields) {
        return fields == null
                ? policy.stream()
                        .filter(field -> !field.getKeyName().startsWith("_"))
                        .collect(JsonCollectors.fieldsToObject())
                : FieldSelection.of(policy, fields);
    }

    private static AuthorizationContext caller(Command<?> command) {
        return command.getDittoHeaders().getAuthorizationContext();
    }
}
