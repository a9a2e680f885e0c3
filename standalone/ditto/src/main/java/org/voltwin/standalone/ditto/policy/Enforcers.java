package org.voltwin.standalone.ditto.policy;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.policies.model.PoliciesModelFactory;
import org.eclipse.ditto.policies.model.PolicyEntry;
import org.eclipse.ditto.policies.model.PolicyId;
import org.eclipse.ditto.policies.model.Subject;
import org.eclipse.ditto.policies.model.enforcers.Enforcer;
import org.eclipse.ditto.policies.model.enforcers.PolicyEnforcers;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.column.Columns;
import org.voltwin.standalone.ditto.column.Complex;
import org.voltwin.standalone.ditto.signal.PolicyParts;

/**
 * Ditto's enforcers of the current policies: imports and references resolved, expired subjects left out. One is made anew when a
 * policy it came from has another revision or a subject expired. Policies that say the same share one: a laboratory
 * has thousands of things whose policies were made for the same creator.
 */
final class Enforcers {
    private static final int MAX_POLICIES = 200_000;
    private static final int MAX_DISTINCT = 1_000;
    private static final NamespaceRoots NO_ROOTS = new NamespaceRoots(Map.of());
    private static final Columns ENTRIES_AND_IMPORTS = Columns.of(List.of(List.of("entries"), List.of("imports")));

    /** @param scoped what it was made of when an entry is for some namespaces only, otherwise empty */
    private record Cached(
            Enforcer enforcer,
            List<ResolvedEntry> scoped,
            Map<String, Enforcer> byNamespace,
            Map<PolicyId, Long> revisions,
            Instant validUntil) {
        static Cached of(Enforcer enforcer, Map<PolicyId, Long> revisions, Instant validUntil) {
            return new Cached(enforcer, List.of(), Map.of(), Map.copyOf(revisions), validUntil);
        }
    }

    private final PolicySource policies;
    private final NamespaceRoots roots;
    private final Clock clock;
    private final Map<PolicyId, Cached> byPolicy = lastUsed(MAX_POLICIES);
    private final Map<String, Enforcer> byContent = lastUsed(MAX_DISTINCT);
    private final Map<String, Enforcer> byText = lastUsed(MAX_DISTINCT);

    Enforcers(PolicySource policies, NamespaceRoots roots, Clock clock) {
        this.policies = policies;
        this.roots = roots;
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

    /** For the policy's own resources. */
    Enforcer of(PolicyId policyId) {
        return cached(policyId).enforcer();
    }

    /** For a thing. */
    Enforcer of(PolicyId policyId, CharSequence thingId) {
        Cached cached = cached(policyId);
        return cached.scoped().isEmpty()
                ? cached.enforcer()
                : cached.byNamespace()
                        .computeIfAbsent(
                                namespaceOf(thingId.toString()),
                                name -> share(withoutExpired(cached.scoped().stream()
                                        .filter(entry -> entry.isFor(name))
                                        .toList())));
    }

    private static String namespaceOf(String thingId) {
        return thingId.substring(0, Math.max(0, thingId.indexOf(':')));
    }

    private Cached cached(PolicyId policyId) {
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
        return cached;
    }

    /** Of a policy that is not stored (yet). */
    Enforcer of(JsonObject policy, Predicate<ResolvedEntry> counts) {
        return share(withoutExpired(new PolicyResolution(policies::jsonOf, roots)
                .resolve(policy).stream().filter(counts).toList()));
    }

    /**
     * The entries about the policy itself, of hundreds usually one, by what the policy says itself; without subjects
     * that expire some day.
     */
    List<PolicyEntry> permanentAboutItself(JsonObject policy) {
        return withSubjects(
                new PolicyResolution(policies::jsonOf, NO_ROOTS)
                        .resolve(policy).stream()
                                .filter(ResolvedEntry::isAboutPolicies)
                                .toList(),
                subject -> subject.getExpiry().isEmpty());
    }

    private boolean isCurrent(Cached cached) {
        if (!cached.validUntil().equals(Instant.MAX) && !clock.instant().isBefore(cached.validUntil())) {
            return false;
        }
        for (Map.Entry<PolicyId, Long> seen : cached.revisions().entrySet()) {
            if (policies.revisionOf(seen.getKey()) != seen.getValue()) {
                return false;
            }
        }
        return true;
    }

    private Cached make(PolicyId policyId) {
        return makeFromText(policyId).orElseGet(() -> makeFromParts(policyId));
    }

    /**
     * A policy without imports, namespace roots and expiring subjects says the same whenever its text says the same: most are never
     * made into objects. A hundred thousand things may each have one.
     */
    private Optional<Cached> makeFromText(PolicyId policyId) {
        if (!roots.of(policyId).isEmpty()) {
            return Optional.empty();
        }
        long revision = policies.revisionOf(policyId);
        byte[] json = policies.textOf(policyId);
        if (json == null) {
            return Optional.empty();
        }
        @Nullable Object[] values = ENTRIES_AND_IMPORTS.read(json);
        boolean simple = values[0] instanceof Complex entries
                && !entries.json().contains("\"expiry\"")
                && !PolicyParts.mentionedIn(entries.json())
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
            var policy = JsonObject.of(new String(json, java.nio.charset.StandardCharsets.UTF_8));
            enforcer = of(policy, entry -> true);
            synchronized (byText) {
                byText.put(entries, enforcer);
            }
        }
        return Optional.of(Cached.of(enforcer, Map.of(policyId, revision), Instant.MAX));
    }

    private Cached makeFromParts(PolicyId policyId) {
        var revisions = new HashMap<PolicyId, Long>();
        JsonObject policy = find(policyId, revisions);
        if (policy == null) {
            return Cached.of(share(List.of()), revisions, Instant.MAX);
        }
        List<ResolvedEntry> resolved =
                new PolicyResolution(imported -> find(imported, revisions), roots).resolve(policy);
        Instant now = clock.instant();
        Instant nextExpiry = resolved.stream()
                .flatMap(entry -> PoliciesModelFactory.newSubjects(entry.subjects()).stream())
                .flatMap(subject -> subject.getExpiry().stream())
                .map(expiry -> expiry.getTimestamp())
                .filter(now::isBefore)
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
        boolean scoped = resolved.stream().anyMatch(entry -> !entry.namespaces().isEmpty());
        return new Cached(
                share(withoutExpired(resolved)),
                scoped ? resolved : List.of(),
                new ConcurrentHashMap<>(),
                Map.copyOf(revisions),
                nextExpiry);
    }

    private @Nullable JsonObject find(PolicyId policyId, Map<PolicyId, Long> revisions) {
        // The revision first: should the policy change in between, the enforcer counts as old at once.
        revisions.put(policyId, policies.revisionOf(policyId));
        return policies.jsonOf(policyId);
    }

    private List<PolicyEntry> withoutExpired(List<ResolvedEntry> entries) {
        Instant now = clock.instant();
        return withSubjects(
                entries,
                subject -> subject.getExpiry()
                        .map(expiry -> now.isBefore(expiry.getTimestamp()))
                        .orElse(true));
    }

    private static List<PolicyEntry> withSubjects(List<ResolvedEntry> entries, Predicate<Subject> counts) {
        return entries.stream()
                .map(entry -> PoliciesModelFactory.newPolicyEntry(
                        labelOf(entry),
                        PoliciesModelFactory.newSubjects(PoliciesModelFactory.newSubjects(entry.subjects()).stream()
                                .filter(counts)
                                .toList()),
                        PoliciesModelFactory.newResources(entry.resources())))
                .toList();
    }

    /** Labels mean nothing to an enforcer, and the models let nobody write those that imported entries have. */
    private static String labelOf(ResolvedEntry entry) {
        return "entry-" + entry.label();
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
