package org.voltwin.standalone.ditto.policy;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.ditto.policies.model.PolicyId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator's policies whose implicit entries count in every policy of a namespace (Ditto 3.9), whoever wrote that
 * policy. Safe to use from any thread.
 */
public final class NamespaceRoots {
    private static final Logger LOG = LoggerFactory.getLogger(NamespaceRoots.class);
    private static final String ALL = "*";
    private static final String BELOW = ".*";

    private final List<Map.Entry<String, List<PolicyId>>> byPrecedence;
    private final Set<PolicyId> missing = ConcurrentHashMap.newKeySet();

    /**
     * @param byPattern a namespace, {@code a.b.*} for all below {@code a.b}, or {@code *} for all, each with what counts
     *     there
     */
    public NamespaceRoots(Map<String, List<PolicyId>> byPattern) {
        this.byPrecedence = byPattern.entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), List.copyOf(entry.getValue())))
                .sorted(Comparator.comparingInt((Map.Entry<String, ?> entry) -> rank(entry.getKey()))
                        .thenComparing(entry -> -entry.getKey().length())
                        .thenComparing(Map.Entry::getKey))
                .toList();
    }

    private static int rank(String pattern) {
        if (pattern.equals(ALL)) {
            return 2;
        }
        return pattern.endsWith(BELOW) ? 1 : 0;
    }

    private static boolean matches(String pattern, String namespace) {
        return pattern.equals(ALL)
                || (pattern.endsWith(BELOW)
                        ? namespace.startsWith(pattern.substring(0, pattern.length() - 1))
                        : namespace.equals(pattern));
    }

    /** What counts in a policy, in the order in which it is merged; never the policy itself. */
    List<PolicyId> of(PolicyId policyId) {
        if (byPrecedence.isEmpty()) {
            return List.of();
        }
        return byPrecedence.stream()
                .filter(entry -> matches(entry.getKey(), policyId.getNamespace()))
                .flatMap(entry -> entry.getValue().stream())
                .filter(root -> !root.equals(policyId))
                .distinct()
                .toList();
    }

    /** Says once that a root is not there. */
    void isThere(PolicyId root, boolean there) {
        if (there) {
            missing.remove(root);
        } else if (missing.add(root)) {
            LOG.error("policy.namespace-root-missing id={} its entries do not count", root);
        }
    }
}
