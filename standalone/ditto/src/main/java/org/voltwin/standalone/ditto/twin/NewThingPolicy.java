package org.voltwin.standalone.ditto.twin;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.ditto.base.model.auth.AuthorizationSubject;
import org.eclipse.ditto.base.model.common.HttpStatus;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.placeholders.PlaceholderReferenceNotSupportedException;
import org.eclipse.ditto.policies.model.PoliciesModelFactory;
import org.eclipse.ditto.policies.model.PoliciesResourceType;
import org.eclipse.ditto.policies.model.Policy;
import org.eclipse.ditto.policies.model.PolicyId;
import org.eclipse.ditto.policies.model.SubjectId;
import org.eclipse.ditto.policies.model.SubjectType;
import org.eclipse.ditto.policies.model.signals.commands.exceptions.PolicyNotAccessibleException;
import org.eclipse.ditto.things.model.Thing;
import org.eclipse.ditto.things.model.ThingId;
import org.eclipse.ditto.things.model.signals.commands.exceptions.PolicyInvalidException;
import org.eclipse.ditto.things.model.signals.commands.exceptions.ThingNotAccessibleException;
import org.eclipse.ditto.things.model.signals.commands.exceptions.ThingNotCreatableException;
import org.eclipse.ditto.things.model.signals.commands.modify.CreateThing;
import org.eclipse.ditto.things.model.signals.commands.modify.MergeThing;
import org.eclipse.ditto.things.model.signals.commands.modify.ModifyThing;
import org.eclipse.ditto.things.model.signals.commands.modify.ThingModifyCommand;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.policy.Access;
import org.voltwin.standalone.ditto.signal.PolicyParts;

/** Which policy a new thing gets: an existing one, one given inline, a copy, or one for the caller alone. */
final class NewThingPolicy {
    private static final Pattern REFERENCE = Pattern.compile("\\{\\{\\s*ref:things/([^/]+)/policyId\\s*}}");

    /** @param create whether the policy does not exist yet and is created together with the thing */
    record Plan(JsonObject policy, boolean create) {
        PolicyId policyId() {
            return PolicyId.of(policy.getValue("policyId").orElseThrow().asString());
        }
    }

    private final Twins twins;
    private final Access access;
    private final PolicyImportAccess imports;
    private final PolicyReferences references;

    NewThingPolicy(Twins twins, Access access) {
        this.twins = twins;
        this.access = access;
        this.imports = new PolicyImportAccess(twins, access);
        this.references = new PolicyReferences(twins, imports);
    }

    Plan plan(ThingModifyCommand<?> command, Thing thing) {
        ThingId thingId = thing.getEntityId().orElseThrow();
        DittoHeaders headers = command.getDittoHeaders();
        Optional<JsonObject> inline = inlinePolicy(command);
        Optional<String> copyFrom = copiedPolicy(command);
        Optional<PolicyId> named = thing.getPolicyId();
        PolicyId id = named.or(() -> inline.flatMap(json -> json.getValue(Policy.JsonFields.ID))
                        .map(PolicyId::of))
                .orElseGet(() -> PolicyId.of(thingId));
        if (inline.isEmpty() && copyFrom.isEmpty() && named.isPresent()) {
            JsonObject existing = twins.jsonOf(id);
            if (existing == null) {
                throw ThingNotCreatableException.newBuilderForPolicyMissing(thingId, id)
                        .dittoHeaders(headers)
                        .build();
            }
            return new Plan(existing, false);
        }
        if (twins.policy(id) != null) {
            throw ThingNotCreatableException.newBuilderForPolicyExisting(thingId, id)
                    .dittoHeaders(headers)
                    .build();
        }
        JsonObject created = inline.map(json -> inline(json, id, thingId, headers))
                .or(() -> copyFrom.map(from -> copy(from, id, thingId, headers)))
                .orElseGet(() -> forCallerAlone(id, headers).toJson());
        return new Plan(created, true);
    }

    private JsonObject inline(JsonObject json, PolicyId id, ThingId thingId, DittoHeaders headers) {
        JsonObject given = SubjectPlaceholders.resolved(json, headers).setValue("policyId", id.toString());
        Policy policy = PoliciesModelFactory.newPolicy(given);
        JsonObject complete = PolicyParts.complete(JsonPointer.empty(), given, policy.toJson(), headers)
                .asObject();
        imports.check(policy, headers);
        references.check(JsonPointer.empty(), complete, id, headers);
        boolean lockout = !headers.isAllowPolicyLockout() && !access.leavesAWayBack(complete);
        if (lockout && policy.getPolicyImports().isEmpty()) {
            throw PolicyInvalidException.newBuilder(List.of("READ", "WRITE"), thingId)
                    .dittoHeaders(headers)
                    .build();
        }
        requireWayBackForCaller(complete, lockout, id, thingId, headers);
        return complete;
    }

    /** As for every new policy: who makes it must be able to change it. */
    private void requireWayBackForCaller(
            JsonObject policy, boolean lockout, PolicyId id, ThingId thingId, DittoHeaders headers) {
        boolean fine = headers.isAllowPolicyLockout()
                || !lockout
                        && Access.mayWrite(
                                access.enforcerOf(policy),
                                Access.policy(JsonPointer.empty()),
                                headers.getAuthorizationContext());
        if (!fine) {
            throw ThingNotCreatableException.newBuilderForOtherReason(
                            HttpStatus.FORBIDDEN, thingId, id, "Its policy would not let you change it again.")
                    .dittoHeaders(headers)
                    .build();
        }
    }

    private static Optional<JsonObject> inlinePolicy(ThingModifyCommand<?> command) {
        return switch (command) {
            case CreateThing create -> create.getInitialPolicy();
            case ModifyThing modify -> modify.getInitialPolicy();
            case MergeThing merge -> merge.getInitialPolicy();
            default -> Optional.empty();
        };
    }

    private static Optional<String> copiedPolicy(ThingModifyCommand<?> command) {
        return switch (command) {
            case CreateThing create -> create.getPolicyIdOrPlaceholder();
            case ModifyThing modify -> modify.getPolicyIdOrPlaceholder();
            case MergeThing merge -> merge.getPolicyIdOrPlaceholder();
            default -> Optional.empty();
        };
    }

    private JsonObject copy(String from, PolicyId id, ThingId thingId, DittoHeaders headers) {
        PolicyId source = resolve(from, headers);
        EntityState.PolicyState policy = twins.policy(source);
        boolean visible = policy != null
                && Access.mayRead(
                        access.enforcer(source), Access.policy(JsonPointer.empty()), headers.getAuthorizationContext());
        if (policy == null || !visible) {
            throw PolicyNotAccessibleException.newBuilder(source)
                    .dittoHeaders(headers)
                    .build();
        }
        imports.check(policy.policy(), headers);
        JsonObject copy = policy.regular().setValue("policyId", id.toString());
        requireWayBackForCaller(copy, false, id, thingId, headers);
        return copy;
    }

    private PolicyId resolve(String from, DittoHeaders headers) {
        Matcher matcher = REFERENCE.matcher(from);
        if (!matcher.matches() && from.contains("{{")) {
            throw PlaceholderReferenceNotSupportedException.fromUnsupportedEntityType(from, Set.of("things"))
                    .dittoHeaders(headers)
                    .build();
        }
        if (!matcher.matches()) {
            return PolicyId.of(from);
        }
        ThingId id = ThingId.of(matcher.group(1));
        EntityState.@Nullable ThingState referenced = twins.thing(id);
        PolicyId policyId = referenced == null ? null : referenced.policyId();
        boolean visible = policyId != null
                && Access.mayReadPart(
                        access.enforcer(id, policyId),
                        Access.thing(JsonPointer.of("policyId")),
                        headers.getAuthorizationContext());
        if (policyId == null || !visible) {
            throw ThingNotAccessibleException.newBuilder(id)
                    .dittoHeaders(headers)
                    .build();
        }
        return policyId;
    }

    private static Policy forCallerAlone(PolicyId id, DittoHeaders headers) {
        AuthorizationSubject caller = headers.getAuthorizationContext()
                .getFirstAuthorizationSubject()
                .orElseThrow(() -> new IllegalStateException("A command without a caller reached the gate."));
        return PoliciesModelFactory.newPolicyBuilder(id)
                .forLabel("DEFAULT")
                .setSubject(SubjectId.newInstance(caller.getId()), SubjectType.newInstance("generated"))
                .setGrantedPermissions(PoliciesResourceType.thingResource("/"), "READ", "WRITE")
                .setGrantedPermissions(PoliciesResourceType.policyResource("/"), "READ", "WRITE")
                .setGrantedPermissions(PoliciesResourceType.messageResource("/"), "READ", "WRITE")
                .build();
    }
}
