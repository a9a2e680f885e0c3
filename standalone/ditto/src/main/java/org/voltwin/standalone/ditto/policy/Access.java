package org.voltwin.standalone.ditto.policy;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.ditto.base.model.auth.AuthorizationContext;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.policies.model.Permissions;
import org.eclipse.ditto.policies.model.PoliciesModelFactory;
import org.eclipse.ditto.policies.model.PoliciesResourceType;
import org.eclipse.ditto.policies.model.Policy;
import org.eclipse.ditto.policies.model.PolicyEntry;
import org.eclipse.ditto.policies.model.PolicyId;
import org.eclipse.ditto.policies.model.PolicyRevision;
import org.eclipse.ditto.policies.model.ResourceKey;
import org.eclipse.ditto.policies.model.Subject;
import org.eclipse.ditto.policies.model.enforcers.Enforcer;
import org.eclipse.ditto.policies.model.enforcers.PolicyEnforcers;
import org.jspecify.annotations.Nullable;

/**
 * Ditto's policy enforcers for the current policies, imports resolved, expired subjects left out. Keeps the most
 * recently used ones; an enforcer is rebuilt when a policy it was made from has another revision or a subject expired.
 */
public final class Access {
    private static final int MAX_CACHED = 2_000;
    private static final Permissions READ = Permissions.newInstance("READ");
    private static final Permissions WRITE = Permissions.newInstance("WRITE");

    private record Cached(Enforcer enforcer, Map<PolicyId, Long> revisions, Instant validUntil) {}

    private final PolicySource policies;
    private final Clock clock;
    private final Map<PolicyId, Cached> cache = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<PolicyId, Cached> eldest) {
            return size() > MAX_CACHED;
        }
    };

    public Access(PolicySource policies, Clock clock) {
        this.policies = policies;
        this.clock = clock;
    }

    /** The enforcer of a policy; one that allows nobody anything when the policy does not exist. */
    public Enforcer enforcer(@Nullable PolicyId policyId) {
        if (policyId == null) {
            return PolicyEnforcers.defaultEvaluator(List.of());
        }
        Cached cached;
        synchronized (cache) {
            cached = cache.get(policyId);
        }
        if (cached == null || !isCurrent(cached)) {
            cached = build(policyId);
            synchronized (cache) {
                cache.put(policyId, cached);
            }
        }
        return cached.enforcer();
    }

    /** The enforcer of a policy that is not stored (yet). */
    public Enforcer enforcerOf(Policy policy) {
        return build(policy, new HashMap<>());
    }

    private boolean isCurrent(Cached cached) {
        return clock.instant().isBefore(cached.validUntil())
                && cached.revisions().entrySet().stream()
                        .allMatch(entry -> revisionOf(policies.find(entry.getKey())) == entry.getValue());
    }

    private Cached build(PolicyId policyId) {
        var revisions = new HashMap<PolicyId, Long>();
        Policy policy = find(policyId, revisions);
        if (policy == null) {
            return new Cached(PolicyEnforcers.defaultEvaluator(List.of()), revisions, Instant.MAX);
        }
        Enforcer enforcer = build(policy, revisions);
        Instant now = clock.instant();
        Instant nextExpiry = policy.stream()
                .flatMap(entry -> entry.getSubjects().stream())
                .flatMap(subject -> subject.getExpiry().stream())
                .map(expiry -> expiry.getTimestamp())
                .filter(now::isBefore)
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
        return new Cached(enforcer, revisions, nextExpiry);
    }

    private Enforcer build(Policy policy, Map<PolicyId, Long> revisions) {
        Policy resolved = policy.withResolvedImports(
                        imported -> CompletableFuture.completedFuture(Optional.ofNullable(find(imported, revisions))))
                .toCompletableFuture()
                .join();
        return PolicyEnforcers.defaultEvaluator(withoutExpired(resolved));
    }

    private @Nullable Policy find(PolicyId policyId, Map<PolicyId, Long> revisions) {
        Policy policy = policies.find(policyId);
        revisions.put(policyId, revisionOf(policy));
        return policy;
    }

    private List<PolicyEntry> withoutExpired(Policy policy) {
        var entries = new ArrayList<PolicyEntry>();
        for (PolicyEntry entry : policy) {
            List<Subject> valid = entry.getSubjects().stream()
                    .filter(subject -> subject.getExpiry()
                            .map(expiry -> !expiry.isExpired())
                            .orElse(true))
                    .toList();
            entries.add(PoliciesModelFactory.newPolicyEntry(
                    entry.getLabel(), PoliciesModelFactory.newSubjects(valid), entry.getResources()));
        }
        return entries;
    }

    private static long revisionOf(@Nullable Policy policy) {
        return policy == null
                ? -1
                : policy.getRevision().map(PolicyRevision::toLong).orElse(0L);
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

    /** Whether somebody, not only for a limited time, can still change the policy. */
    public boolean leavesAWayBack(Policy policy) {
        List<PolicyEntry> permanent = policy.stream()
                .map(entry -> PoliciesModelFactory.newPolicyEntry(
                        entry.getLabel(),
                        PoliciesModelFactory.newSubjects(entry.getSubjects().stream()
                                .filter(subject -> subject.getExpiry().isEmpty())
                                .toList()),
                        entry.getResources()))
                .toList();
        return !PolicyEnforcers.defaultEvaluator(permanent)
                .getSubjectsWithUnrestrictedPermission(policy(JsonPointer.empty()), WRITE)
                .isEmpty();
    }
}
