package org.voltwin.standalone.ditto.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import org.eclipse.ditto.json.JsonField;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.policies.model.PolicyId;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.signal.PolicyParts;

/**
 * A policy as it is meant when its imports and references are followed (Ditto 3.9): what it imports stands beside its
 * own entries as {@code imported-ID-LABEL}, and an entry that refers to others has their subjects, resources, and
 * namespaces too. Of an import's own imports only those are followed that it names in {@code transitiveImports}. What
 * counts in all policies of a namespace comes last, as {@code nsimported-ID-LABEL}.
 */
public final class PolicyResolution {
    private final Function<PolicyId, @Nullable JsonObject> policies;
    private final NamespaceRoots roots;
    private final BiPredicate<PolicyId, String> visible;

    /** @param policies a policy's JSON, null when there is none */
    PolicyResolution(Function<PolicyId, @Nullable JsonObject> policies, NamespaceRoots roots) {
        this(policies, roots, (policy, label) -> true);
    }

    /** @param visible whether an entry that is imported or referred to is to be seen; what is not is left out */
    public PolicyResolution(
            Function<PolicyId, @Nullable JsonObject> policies,
            NamespaceRoots roots,
            BiPredicate<PolicyId, String> visible) {
        this.policies = policies;
        this.roots = roots;
        this.visible = visible;
    }

    /** The policy's own entries, those it imports, and those of its namespace. */
    public List<ResolvedEntry> resolve(JsonObject policy) {
        List<ResolvedEntry> resolved = resolve(policy, null, Set.of());
        List<PolicyId> ofNamespace = roots.of(PolicyId.of(PolicyParts.textAt(policy, "policyId")));
        if (ofNamespace.isEmpty()) {
            return resolved;
        }
        var all = new ArrayList<>(resolved);
        for (PolicyId root : ofNamespace) {
            JsonObject found = policies.apply(root);
            roots.isThere(root, found != null);
            if (found != null) {
                resolve(found, null, Set.of(root.toString())).stream()
                        .filter(entry -> entry.isImportable(Set.of()))
                        .filter(entry -> visible.test(root, entry.label()))
                        .forEach(entry -> all.add(entry.ofNamespaceRoot(root.toString())));
            }
        }
        return all;
    }

    /** An entry that an import makes available, or null. */
    public @Nullable ResolvedEntry imported(JsonObject policy, PolicyId from, String label) {
        return imports(policy, Set.of(from.toString()), Set.of()).getOrDefault(from.toString(), List.of()).stream()
                .filter(entry -> entry.label().equals(label))
                .findFirst()
                .orElse(null);
    }

    private List<ResolvedEntry> resolve(JsonObject policy, @Nullable Set<String> followed, Set<String> way) {
        Map<String, List<ResolvedEntry>> imported = imports(policy, followed, way);
        PolicyId itself = PolicyId.of(PolicyParts.textAt(policy, "policyId"));
        var own = new OwnEntries(policy, imported, label -> visible.test(itself, label));
        var all = new ArrayList<>(own.resolved());
        imported.forEach((id, entries) -> entries.forEach(entry -> all.add(entry.importedFrom(id))));
        return all;
    }

    private Map<String, List<ResolvedEntry>> imports(
            JsonObject policy, @Nullable Set<String> followed, Set<String> way) {
        var imported = new LinkedHashMap<String, List<ResolvedEntry>>();
        for (JsonField field : PolicyParts.objectAt(policy, "imports")) {
            String id = field.getKeyName();
            if (way.contains(id) || followed != null && !followed.contains(id)) {
                continue;
            }
            PolicyId source = PolicyId.of(id);
            JsonObject found = policies.apply(source);
            if (found == null) {
                continue;
            }
            JsonObject how = field.getValue().isObject() && !field.getValue().isNull()
                    ? field.getValue().asObject()
                    : JsonObject.empty();
            var wayThere = new HashSet<>(way);
            wayThere.add(id);
            Set<String> named = Set.copyOf(ResolvedEntry.texts(how, "entries"));
            imported.put(
                    id,
                    resolve(found, Set.copyOf(ResolvedEntry.texts(how, "transitiveImports")), wayThere).stream()
                            .filter(entry -> entry.isImportable(named))
                            .filter(entry -> visible.test(source, entry.label()))
                            .toList());
        }
        return imported;
    }

    /** The entries of one policy; one may refer to another that refers to a third. */
    private static final class OwnEntries {
        private final Map<String, ResolvedEntry> given = new LinkedHashMap<>();
        private final Map<String, List<ResolvedEntry>> imported;
        private final Predicate<String> visible;
        private final Map<String, ResolvedEntry> done = new HashMap<>();
        private final Set<String> begun = new HashSet<>();

        OwnEntries(JsonObject policy, Map<String, List<ResolvedEntry>> imported, Predicate<String> visible) {
            this.imported = imported;
            this.visible = visible;
            for (JsonField field : PolicyParts.objectAt(policy, "entries")) {
                given.put(
                        field.getKeyName(),
                        new ResolvedEntry(field.getKeyName(), field.getValue().asObject()));
            }
        }

        List<ResolvedEntry> resolved() {
            return given.values().stream().map(this::resolve).toList();
        }

        private Optional<ResolvedEntry> toTakeOver(String label) {
            return Optional.ofNullable(given.get(label))
                    .filter(target -> !target.isNever())
                    .filter(target -> visible.test(label));
        }

        private ResolvedEntry resolve(ResolvedEntry entry) {
            ResolvedEntry known = done.get(entry.label());
            if (known != null) {
                return known;
            }
            // Entries that refer to each other in a circle: the one asked for again counts as it was written.
            if (!begun.add(entry.label())) {
                return entry;
            }
            var local = new ArrayList<ResolvedEntry>();
            var foreign = new ArrayList<ResolvedEntry>();
            for (JsonObject reference : entry.references()) {
                String label = PolicyParts.textAt(reference, "entry");
                String from = PolicyParts.textAt(reference, "import");
                if (!from.isEmpty()) {
                    imported.getOrDefault(from, List.of()).stream()
                            .filter(found -> found.label().equals(label))
                            .forEach(foreign::add);
                } else {
                    toTakeOver(label).map(this::resolve).ifPresent(local::add);
                }
            }
            ResolvedEntry resolved = local.isEmpty() && foreign.isEmpty() ? entry : entry.with(local, foreign);
            done.put(entry.label(), resolved);
            return resolved;
        }
    }
}
