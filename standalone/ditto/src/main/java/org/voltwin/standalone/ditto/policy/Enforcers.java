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
import java.util.stream.Collectors;
import org.eclipse.ditto.policies.model.PoliciesModelFactory;
import org.eclipse.ditto.policies.model.Policy;
import org.eclipse.ditto.policies.model.PolicyEntry;
import org.eclipse.ditto.policies.model.PolicyId;
import org.eclipse.ditto.policies.model.Subject;
import org.eclipse.ditto.policies.model.enforcers.Enforcer;
import org.eclipse.ditto.policies.model.enforcers.PolicyEnforcers;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.column.Columns;
import org.voltwin.standalone.ditto.column.Complex;

/**
 * Ditto's enforcers of the current policies: imports resolved, expired subjects left out. One is made anew when a
 * policy it came from has another revision or a subject expired. Policies that say the same share one: a laboratory
 * has thousands of things whose policies were made for the same creator.
 */
final class Enforcers {
    private static final int MAX_POLICIES = 200_000;
    private static final int MAX_DISTINCT = 1_000;
    private static final Columns ENTRIES_AND_IMPORTS = Columns.of(List.of(List.of("entries"), List.of("imports")));

    private record Cached(Enforcer enforcer, Map<PolicyId, Long> revisions, Instant validUntil) {}

    private final PolicySource policies;
    private final Clock clock;
    private final Map<PolicyId, Cached> byPolicy = lastUsed(MAX_POLICIES);
    private final Map<String, Enforcer> byContent = lastUsed(MAX_DISTINCT);
    private final Map<String, Enforcer> byText = lastUsed(MAX_DISTINCT);

    Enforcers(PolicySource policies, Clock clock) {
        this.policies = policies;
        this.clock = clock;
    }

    private static <K, V> Map<K, V> lastUsed(int max) {
        return new LinkedHashMap<>(64, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > max;
            }
        };
    }

    Enforcer of(PolicyId policyId) {
        Cached cached;
        synchronized (byPolicy) {
            cached = byPolicy.get(policyId);
        }
        if (cached == null || !isCurrent(cached)) {
            cached = make(policyId);
            synchronized (byPolicy) {
                byPolicy.put(policyId, cached);
            }
        }
        return cached.enforcer();
    }

    /** Of a policy that is not stored (yet). */
    Enforcer of(Policy policy) {
        return share(withoutExpired(resolve(policy, new HashMap<>())));
    }

    /** The policy with the entries it imports now. */
    Policy resolved(Policy policy) {
        return resolve(policy, new HashMap<>());
    }

    private boolean isCurrent(Cached cached) {
        return clock.instant().isBefore(cached.validUntil())
                && cached.revisions().entrySet().stream()
                        .allMatch(entry -> policies.revisionOf(entry.getKey()) == entry.getValue());
    }

    private Cached make(PolicyId policyId) {
        return makeFromText(policyId).orElseGet(() -> makeFromModel(policyId));
    }

    /**
     * A policy without imports and expiring subjects says the same whenever its text says the same: most are never
     * made into objects. A hundred thousand things may each have one.
     */
    private Optional<Cached> makeFromText(PolicyId policyId) {
        long revision = policies.revisionOf(policyId);
        byte[] json = policies.textOf(policyId);
        if (json == null) {
            return Optional.empty();
        }
        @Nullable Object[] values = ENTRIES_AND_IMPORTS.read(json);
        boolean simple = values[0] instanceof Complex entries
                && !entries.json().contains("\"expiry\"")
                && (values[1] == null
                        || values[1] instanceof Complex imports
                                && imports.json().equals("{}"));
        if (!simple) {
            return Optional.empty();
        }
        String entries = ((Complex) java.util.Objects.requireNonNull(values[0])).json();
        Enforcer enforcer;
        synchronized (byText) {
            enforcer = byText.get(entries);
        }
        if (enforcer == null) {
            enforcer = share(withoutExpired(
                    PoliciesModelFactory.newPolicy(new String(json, java.nio.charset.StandardCharsets.UTF_8))));
            synchronized (byText) {
                byText.put(entries, enforcer);
            }
        }
        return Optional.of(new Cached(enforcer, Map.of(policyId, revision), Instant.MAX));
    }

    private Cached makeFromModel(PolicyId policyId) {
        var revisions = new HashMap<PolicyId, Long>();
        Policy policy = find(policyId, revisions);
        if (policy == null) {
            return new Cached(share(List.of()), Map.copyOf(revisions), Instant.MAX);
        }
        Policy resolved = resolve(policy, revisions);
        Instant now = clock.instant();
        Instant nextExpiry = resolved.stream()
                .flatMap(entry -> entry.getSubjects().stream())
                .flatMap(subject -> subject.getExpiry().stream())
                .map(expiry -> expiry.getTimestamp())
                .filter(now::isBefore)
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
        return new Cached(share(withoutExpired(resolved)), Map.copyOf(revisions), nextExpiry);
    }

    private Policy resolve(Policy policy, Map<PolicyId, Long> revisions) {
        return policy.withResolvedImports(
                        imported -> CompletableFuture.completedFuture(Optional.ofNullable(find(imported, revisions))))
                .toCompletableFuture()
                .join();
    }

    private @Nullable Policy find(PolicyId policyId, Map<PolicyId, Long> revisions) {
        // The revision first: should the policy change in between, the enforcer counts as old at once.
        revisions.put(policyId, policies.revisionOf(policyId));
        return policies.find(policyId);
    }

    private List<PolicyEntry> withoutExpired(Policy policy) {
        Instant now = clock.instant();
        var entries = new ArrayList<PolicyEntry>();
        for (PolicyEntry entry : policy) {
            List<Subject> valid = entry.getSubjects().stream()
                    .filter(subject -> subject.getExpiry()
                            .map(expiry -> now.isBefore(expiry.getTimestamp()))
                            .orElse(true))
                    .toList();
            entries.add(PoliciesModelFactory.newPolicyEntry(
                    entry.getLabel(), PoliciesModelFactory.newSubjects(valid), entry.getResources()));
        }
        return entries;
    }

    private Enforcer share(List<PolicyEntry> entries) {
        String content = entries.stream()
                .map(entry -> entry.getLabel() + entry.toJson().toString())
                .sorted()
                .collect(Collectors.joining("\n"));
        synchronized (byContent) {
            return byContent.computeIfAbsent(content, key -> PolicyEnforcers.defaultEvaluator(entries));
        }
    }
}
