package org.voltwin.standalone.ditto.policy;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.eclipse.ditto.base.model.auth.AuthorizationContext;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.policies.model.Permissions;
import org.eclipse.ditto.policies.model.PoliciesResourceType;
import org.eclipse.ditto.policies.model.PolicyId;
import org.eclipse.ditto.policies.model.ResourceKey;
import org.eclipse.ditto.policies.model.enforcers.EffectedSubjects;
import org.eclipse.ditto.policies.model.enforcers.Enforcer;
import org.eclipse.ditto.policies.model.enforcers.PolicyEnforcers;
import org.eclipse.ditto.things.model.ThingId;
import org.jspecify.annotations.Nullable;

/** Who may see and do what, by the current policies. Safe to use from any thread. */
public final class Access {
    private static final Permissions READ = Permissions.newInstance("READ");
    private static final Permissions WRITE = Permissions.newInstance("WRITE");

    private final Enforcers enforcers;
    private final NamespaceRoots roots;

    public Access(PolicySource policies, NamespaceRoots roots, Clock clock) {
        this.enforcers = new Enforcers(policies, roots, clock);
        this.roots = roots;
    }

    /** The policies that count in all those of a namespace. */
    public NamespaceRoots namespaceRoots() {
        return roots;
    }

    /** The enforcer of a policy's own resources; one that allows nobody anything when the policy does not exist. */
    public Enforcer enforcer(@Nullable PolicyId policyId) {
        return policyId == null ? PolicyEnforcers.defaultEvaluator(List.of()) : enforcers.of(policyId);
    }

    /** What a policy says about one thing: entries may be for the things of some namespaces only. */
    public Enforcer enforcer(CharSequence thingId, @Nullable PolicyId policyId) {
        return policyId == null ? PolicyEnforcers.defaultEvaluator(List.of()) : enforcers.of(policyId, thingId);
    }

    /** The enforcer of a policy that is not stored (yet). */
    public Enforcer enforcerOf(JsonObject policy) {
        return enforcers.of(policy, entry -> true);
    }

    /** As above, for one thing. */
    public Enforcer enforcerOf(JsonObject policy, ThingId thing) {
        return enforcers.of(policy, entry -> entry.isFor(thing.getNamespace()));
    }

    /** Resource {@code thing:/path}. */
    public static ResourceKey thing(JsonPointer path) {
        return PoliciesResourceType.thingResource(path);
    }

    /** Resource {@code policy:/path}. */
    public static ResourceKey policy(JsonPointer path) {
        return PoliciesResourceType.policyResource(path);
    }

    /** Resource {@code message:/path}. */
    public static ResourceKey message(JsonPointer path) {
        return PoliciesResourceType.messageResource(path);
    }

    /** WRITE on the resource and everything below it. */
    public static boolean mayWrite(Enforcer enforcer, ResourceKey resource, AuthorizationContext caller) {
        return enforcer.hasUnrestrictedPermissions(resource, caller, WRITE);
    }

    /** READ on the resource and everything below it. */
    public static boolean mayRead(Enforcer enforcer, ResourceKey resource, AuthorizationContext caller) {
        return enforcer.hasUnrestrictedPermissions(resource, caller, READ);
    }

    /** READ on the resource or on something below it. */
    public static boolean mayReadPart(Enforcer enforcer, ResourceKey resource, AuthorizationContext caller) {
        return enforcer.hasPartialPermissions(resource, caller, READ);
    }

    /** READ on the resource itself, whatever may be revoked below it. */
    public static boolean mayReadRoot(Enforcer enforcer, ResourceKey resource, AuthorizationContext caller) {
        EffectedSubjects subjects = enforcer.getSubjectsWithPermission(resource, READ);
        return caller.getAuthorizationSubjects().stream().anyMatch(subjects.getGranted()::contains)
                && caller.getAuthorizationSubjects().stream().noneMatch(subjects.getRevoked()::contains);
    }

    /** What the caller may see of a resource's value; empty when that is nothing. */
    public static Optional<JsonValue> view(
            Enforcer enforcer, ResourceKey resource, JsonValue value, AuthorizationContext caller) {
        if (mayRead(enforcer, resource, caller)) {
            return Optional.of(value);
        }
        if (!value.isObject() || value.isNull() || !mayReadPart(enforcer, resource, caller)) {
            return Optional.empty();
        }
        var view = enforcer.buildJsonView(resource, value.asObject(), caller, READ);
        return view.isEmpty() ? Optional.empty() : Optional.of(view);
    }

    /** Whether somebody, not only for a limited time, can still change the policy, be it by what it imports. */
    public boolean leavesAWayBack(JsonObject policy) {
        return !PolicyEnforcers.defaultEvaluator(enforcers.permanentAboutItself(policy))
                .getSubjectsWithUnrestrictedPermission(policy(JsonPointer.empty()), WRITE)
                .isEmpty();
    }
}
