package org.voltwin.config.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.voltwin.config.Change;
import org.voltwin.config.DittoConfiguration;
import org.voltwin.config.access.EffectiveAccess;
import org.voltwin.config.access.Extent;
import org.voltwin.config.access.Mention;
import org.voltwin.config.access.Shift;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;

/** What an administrator asks of policies, and what she may change in them. Blocking. */
final class PolicyAdministration {
    /** The account that Voltwin's rooms use; without its rights no run moves on. */
    private static final String SERVICE = "voltwin:service";

    private static final List<String> ROOTS = List.of("thing:/", "policy:/", "message:/");

    /** A policy in the list. */
    record Summary(String policyId, int things, boolean declared) {}

    /** What a subject may do with a resource. */
    record Right(String subject, String resource, Extent read, Extent write) {}

    /**
     * A policy and what it means.
     *
     * @param declaredEntries labels of entries that only the configuration changes
     * @param mayChange whether the caller's own rights allow to change it
     */
    record Detail(
            String policyId,
            long revision,
            ObjectNode policy,
            SortedSet<String> declaredEntries,
            List<Right> rights,
            boolean mayChange) {}

    /** A permission, and the places of the policy that speak of it. */
    record Answer(Extent extent, List<Mention> because) {}

    /** What somebody with these subjects may do with a resource. */
    record Access(String policyId, Collection<String> subjects, String resource, Answer read, Answer write) {}

    private final Policies policies;

    PolicyAdministration(Policies policies) {
        this.policies = policies;
    }

    List<Summary> list() {
        Map<String, Integer> counts = new TreeMap<>(policies.inUse());
        List<String> declared = DittoConfiguration.declaredPolicies();
        declared.forEach(id -> counts.putIfAbsent(id, 0));
        return counts.entrySet().stream()
                .map(entry -> new Summary(entry.getKey(), entry.getValue(), declared.contains(entry.getKey())))
                .toList();
    }

    Detail detail(String id, Collection<String> caller) {
        ObjectNode policy = policies.get(id);
        EffectiveAccess access = policies.access(policy);
        return new Detail(
                id,
                policy.path("_revision").asLong(),
                policy,
                DittoConfiguration.declaredEntries(id),
                rights(access),
                mayChange(access, caller));
    }

    private static List<Right> rights(EffectiveAccess access) {
        SortedSet<String> resources = new TreeSet<>(access.resources());
        resources.addAll(ROOTS);
        List<Right> rights = new ArrayList<>();
        for (String subject : access.subjects()) {
            for (String resource : resources) {
                rights.add(new Right(
                        subject,
                        resource,
                        access.extent(List.of(subject), resource, "READ"),
                        access.extent(List.of(subject), resource, "WRITE")));
            }
        }
        return rights;
    }

    private static boolean mayChange(EffectiveAccess access, Collection<String> caller) {
        return access.extent(caller, "policy:/", "WRITE") == Extent.ALL;
    }

    Access access(String id, Collection<String> subjects, String resource) {
        EffectiveAccess access = policies.access(policies.get(id));
        return new Access(
                id,
                subjects,
                resource,
                new Answer(access.extent(subjects, resource, "READ"), access.mentions(subjects, resource, "READ")),
                new Answer(access.extent(subjects, resource, "WRITE"), access.mentions(subjects, resource, "WRITE")));
    }

    String ofThing(String thing) {
        return policies.ofThing(thing);
    }

    /** What would be different under another content; the content is checked as for {@link #change}. */
    List<Shift> preview(String id, ObjectNode wanted) {
        EffectiveAccess after = policies.access(withId(id, wanted));
        check(id, wanted, after);
        return policies.access(policies.get(id)).shiftsTo(after);
    }

    /**
     * Writes another content. Refused with {@code policy.forbidden} when the caller has no WRITE on all of
     * {@code policy:/}, {@code policy.declared_entry}, {@code policy.locks_out}, {@code policy.invalid}, or
     * {@code ditto.conflict} when the revision is not the latest.
     */
    void change(String id, ObjectNode wanted, long revision, Collection<String> caller) {
        if (!mayChange(policies.access(policies.get(id)), caller)) {
            throw new RefusedException(Failure.permanent(
                    "policy.forbidden",
                    "The policy '" + id + "' does not let you change it.",
                    "Ask somebody whom one of its entries grants WRITE on policy:/."));
        }
        check(id, wanted, policies.access(withId(id, wanted)));
        policies.put(id, wanted, revision);
    }

    /** Creates a policy out of a template; refused with {@code ditto.conflict} when there is one of this id. */
    void create(String id, ObjectNode content) {
        check(id, content, policies.access(withId(id, content)));
        policies.put(id, content, 0);
    }

    private static void check(String id, ObjectNode wanted, EffectiveAccess after) {
        List<Change> putBack = DittoConfiguration.putBackIn(withId(id, wanted));
        if (!putBack.isEmpty()) {
            throw new RefusedException(Failure.permanent(
                    "policy.declared_entry",
                    "These are declared in Voltwin's configuration and would be put back: "
                            + putBack.stream().map(Change::path).collect(Collectors.joining(", ")) + ".",
                    "Leave them as they are and add an entry of your own, or change ditto-config and apply it."));
        }
        for (String root : ROOTS) {
            for (String permission : List.of("READ", "WRITE")) {
                if (after.extent(List.of(SERVICE), root, permission) != Extent.ALL) {
                    throw new RefusedException(Failure.permanent(
                            "policy.locks_out",
                            "Voltwin's own account " + SERVICE + " would lose " + permission + " on " + root + ".",
                            "Keep an entry that grants it: without it no test run moves on."));
                }
            }
        }
    }

    private static ObjectNode withId(String id, ObjectNode content) {
        return content.deepCopy().put("policyId", id);
    }
}
