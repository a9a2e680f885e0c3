package org.voltwin.config.access;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.eclipse.ditto.base.model.auth.AuthorizationContext;
import org.eclipse.ditto.base.model.auth.AuthorizationSubject;
import org.eclipse.ditto.base.model.auth.DittoAuthorizationContextType;
import org.eclipse.ditto.base.model.exceptions.DittoRuntimeException;
import org.eclipse.ditto.json.JsonRuntimeException;
import org.eclipse.ditto.policies.model.Permissions;
import org.eclipse.ditto.policies.model.PoliciesModelFactory;
import org.eclipse.ditto.policies.model.Policy;
import org.eclipse.ditto.policies.model.PolicyEntry;
import org.eclipse.ditto.policies.model.PolicyId;
import org.eclipse.ditto.policies.model.Resource;
import org.eclipse.ditto.policies.model.ResourceKey;
import org.eclipse.ditto.policies.model.Subject;
import org.eclipse.ditto.policies.model.enforcers.Enforcer;
import org.eclipse.ditto.policies.model.enforcers.PolicyEnforcers;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;

/** A policy's permissions as Ditto's own enforcer decides them: imports resolved, expired subjects left out. */
public final class EffectiveAccess {
    private static final List<String> PERMISSIONS = List.of("READ", "WRITE");

    private final List<PolicyEntry> entries;
    private final Enforcer enforcer;

    private EffectiveAccess(List<PolicyEntry> entries) {
        this.entries = entries;
        this.enforcer =
                PolicyEnforcers.defaultEvaluator(PoliciesModelFactory.newPolicyBuilder(PolicyId.of("voltwin:evaluated"))
                        .setAll(entries)
                        .build());
    }

    /**
     * Evaluates a policy.
     *
     * @param policy as Ditto's API gives it
     * @param imports an imported policy by its id; empty leaves the import out, as Ditto does
     * @param now subjects that expired by then do not count
     * @return refused with {@code policy.invalid} and Ditto's own words
     */
    public static Outcome<EffectiveAccess> of(
            ObjectNode policy, Function<String, Optional<ObjectNode>> imports, Instant now) {
        try {
            Policy read = PoliciesModelFactory.newPolicy(
                    ImportedEntries.in(policy, imports).toString());
            return Outcome.ok(new EffectiveAccess(
                    read.stream().map(entry -> valid(entry, now)).toList()));
        } catch (DittoRuntimeException | JsonRuntimeException e) {
            return Outcome.refused(Failure.permanent(
                    "policy.invalid",
                    "Ditto would not take this policy: " + e.getMessage(),
                    "Compare it with a policy that Ditto gives; every resource has grant and revoke."));
        }
    }

    private static PolicyEntry valid(PolicyEntry entry, Instant now) {
        List<Subject> subjects = entry.getSubjects().stream()
                .filter(subject -> subject.getExpiry()
                        .map(expiry -> now.isBefore(expiry.getTimestamp()))
                        .orElse(true))
                .toList();
        return PoliciesModelFactory.newPolicyEntry(
                entry.getLabel(), PoliciesModelFactory.newSubjects(subjects), entry.getResources());
    }

    /**
     * What somebody with all these subjects may do.
     *
     * @param resource with its type, for instance {@code thing:/features/state}
     * @param permission {@code READ} or {@code WRITE}
     */
    public Extent extent(Collection<String> subjects, String resource, String permission) {
        if (subjects.isEmpty()) {
            return Extent.NONE;
        }
        AuthorizationContext context = AuthorizationContext.newInstance(
                DittoAuthorizationContextType.UNSPECIFIED,
                subjects.stream().map(AuthorizationSubject::newInstance).toList());
        ResourceKey key = ResourceKey.newInstance(resource);
        Permissions permissions = Permissions.newInstance(permission);
        if (enforcer.hasUnrestrictedPermissions(key, context, permissions)) {
            return Extent.ALL;
        }
        return enforcer.hasPartialPermissions(key, context, permissions) ? Extent.PARTIAL : Extent.NONE;
    }

    /** Where the entries speak of this permission on the resource, above it or below it: the most specific first. */
    public List<Mention> mentions(Collection<String> subjects, String resource, String permission) {
        var found = new ArrayList<Mention>();
        for (PolicyEntry entry : entries) {
            for (Subject subject : entry.getSubjects()) {
                if (!subjects.contains(subject.getId().toString())) {
                    continue;
                }
                for (Resource said : entry.getResources()) {
                    String key = said.getResourceKey().toString();
                    if (!covers(key, resource) && !covers(resource, key)) {
                        continue;
                    }
                    var effect = said.getEffectedPermissions();
                    String label = entry.getLabel().toString();
                    String who = subject.getId().toString();
                    if (effect.getGrantedPermissions().contains(permission)) {
                        found.add(new Mention(label, who, key, true));
                    }
                    if (effect.getRevokedPermissions().contains(permission)) {
                        found.add(new Mention(label, who, key, false));
                    }
                }
            }
        }
        found.sort((a, b) -> Integer.compare(b.resource().length(), a.resource().length()));
        return List.copyOf(found);
    }

    private static boolean covers(String upper, String lower) {
        return lower.equals(upper) || lower.startsWith(upper.endsWith("/") ? upper : upper + "/");
    }

    /** For every subject and resource either policy names: what another policy would change. */
    public List<Shift> shiftsTo(EffectiveAccess changed) {
        SortedSet<String> subjects = new TreeSet<>(subjects());
        subjects.addAll(changed.subjects());
        SortedSet<String> resources = new TreeSet<>(resources());
        resources.addAll(changed.resources());
        var shifts = new ArrayList<Shift>();
        for (String subject : subjects) {
            for (String resource : resources) {
                for (String permission : PERMISSIONS) {
                    Extent before = extent(List.of(subject), resource, permission);
                    Extent after = changed.extent(List.of(subject), resource, permission);
                    if (before != after) {
                        shifts.add(new Shift(subject, resource, permission, before, after));
                    }
                }
            }
        }
        return List.copyOf(shifts);
    }

    /** Every subject that has not expired. */
    public SortedSet<String> subjects() {
        var all = new TreeSet<String>();
        entries.forEach(entry ->
                entry.getSubjects().forEach(subject -> all.add(subject.getId().toString())));
        return all;
    }

    /** Every resource an entry speaks of. */
    public SortedSet<String> resources() {
        var all = new TreeSet<String>();
        entries.forEach(entry -> entry.getResources()
                .forEach(resource -> all.add(resource.getResourceKey().toString())));
        return all;
    }
}
