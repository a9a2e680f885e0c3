package org.voltwin.standalone.ditto.twin;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.ditto.base.model.auth.AuthorizationContext;
import org.eclipse.ditto.base.model.signals.commands.Command;
import org.eclipse.ditto.base.model.signals.commands.WithSelectedFields;
import org.eclipse.ditto.json.JsonArray;
import org.eclipse.ditto.json.JsonCollectors;
import org.eclipse.ditto.json.JsonFieldSelector;
import org.eclipse.ditto.json.JsonKey;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.policies.model.PoliciesModelFactory;
import org.eclipse.ditto.policies.model.PolicyId;
import org.eclipse.ditto.policies.model.ResourceKey;
import org.eclipse.ditto.policies.model.enforcers.Enforcer;
import org.eclipse.ditto.policies.model.signals.commands.modify.PolicyModifyCommand;
import org.eclipse.ditto.policies.model.signals.commands.query.PolicyQueryCommand;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.policy.Access;
import org.voltwin.standalone.ditto.signal.PolicyParts;
import org.voltwin.standalone.ditto.signal.RetrievePolicyPart;

/** Decides commands on policies: permission first, then entity tags, then what changes. */
final class PolicyCommands {
    private static final String POLICY_VIEW = "policy-view";
    private static final Set<String> EMPTY_WHEN_ABSENT =
            Set.of(PolicyParts.REFERENCES, PolicyParts.TRANSITIVE_IMPORTS, "entries");

    private final Twins twins;
    private final Access access;
    private final PolicyChanges changes;
    private final PolicyImportAccess imports;
    private final PolicyReferences references;

    PolicyCommands(Twins twins, Access access, PolicyChanges changes) {
        this.twins = twins;
        this.access = access;
        this.changes = changes;
        this.imports = new PolicyImportAccess(twins, access);
        this.references = new PolicyReferences(twins, imports);
    }

    Decision modify(PolicyModifyCommand<?> given, Instant now) {
        PolicyModifyCommand<?> command = SubjectPlaceholders.resolved(given);
        PolicyId id = command.getEntityId();
        EntityState.PolicyState before = twins.policy(id);
        long revision = twins.nextRevision(EntityKind.POLICY, id.toString(), before);
        if (before == null) {
            JsonObject policy = PolicyChanges.newPolicy(command);
            Preconditions.checkChange(command, null, EntityKind.POLICY);
            boolean lockout =
                    !command.getDittoHeaders().isAllowPolicyLockout() && !mayWrite(access.enforcerOf(policy), command);
            if (lockout) {
                throw Refusals.notModifiable(command);
            }
            imports.check(command, PoliciesModelFactory.newPolicy(policy));
            references.check(command.getResourcePath(), policy, id, command.getDittoHeaders());
            return changes.create(policy, revision, now, command.getDittoHeaders());
        }
        if (!mayWrite(access.enforcer(id), command)) {
            throw Refusals.notModifiable(command);
        }
        Preconditions.checkChange(command, before, EntityKind.POLICY);
        Decision decision = changes.change(command, before, revision, now);
        for (Applied change : decision.changes()) {
            if (change.after() instanceof EntityState.PolicyState after) {
                imports.check(command, after.policy());
                references.check(command.getResourcePath(), after.json(), id, command.getDittoHeaders());
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
        return isResolved(command)
                ? query(
                        command,
                        new EntityState.PolicyState(id, imports.resolved(state, command.getDittoHeaders())),
                        false)
                : query(command, state, true);
    }

    /** Only a whole policy is shown resolved. */
    private static boolean isResolved(PolicyQueryCommand<?> command) {
        String view = command.getDittoHeaders().get(POLICY_VIEW);
        if (view == null || !command.getResourcePath().isEmpty()) {
            return false;
        }
        return switch (view.strip().toLowerCase(Locale.ROOT)) {
            case "resolved" -> true;
            case "original" -> false;
            default -> throw PolicyRefusal.unknownView(view, command.getDittoHeaders());
        };
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
        return query(command, EntityState.PolicyState.of(moment.state()), true).withHistoricalHeaders(moment.headers());
    }

    /** @param tagged whether its entity tag says what the answer is made of */
    private Reply query(PolicyQueryCommand<?> command, EntityState.PolicyState state, boolean tagged) {
        PolicyId id = command.getEntityId();
        JsonPointer path = command.getResourcePath();
        Enforcer enforcer = access.enforcer(id);
        ResourceKey resource = Access.policy(path);
        @Nullable JsonFieldSelector fields = command instanceof WithSelectedFields selecting
                ? selecting.getSelectedFields().orElse(null)
                : null;
        JsonValue value = valueOf(command, state)
                .flatMap(found -> Access.view(enforcer, resource, found, caller(command)))
                .orElseThrow(() -> Refusals.notAccessible(command));
        JsonValue shown = path.isEmpty() ? root(value.asObject().setValue("policyId", id.toString()), fields) : value;
        if (!tagged) {
            return Reply.ok(shown, null);
        }
        Preconditions.checkQuery(command, state, fields);
        return Reply.ok(shown, Preconditions.entityTag(state, path));
    }

    private static Optional<JsonValue> valueOf(PolicyQueryCommand<?> command, EntityState.PolicyState state) {
        JsonPointer path = command.getResourcePath();
        Optional<JsonValue> value = state.valueAt(path);
        boolean without = value.isEmpty()
                && command instanceof RetrievePolicyPart
                && path.getLeaf()
                        .map(JsonKey::toString)
                        .filter(EMPTY_WHEN_ABSENT::contains)
                        .isPresent()
                && state.valueAt(path.getPrefixPointer(2).orElseThrow()).isPresent();
        return without ? Optional.of(JsonArray.empty()) : value;
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
