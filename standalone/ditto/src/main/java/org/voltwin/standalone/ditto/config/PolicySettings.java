package org.voltwin.standalone.ditto.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigUtil;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.eclipse.ditto.policies.model.PolicyId;
import org.eclipse.ditto.policies.model.PolicyIdInvalidException;

/**
 * Of subjects in policies, and of policies of namespaces.
 *
 * @param subjectExpiryGranularity to which expiries are rounded up
 * @param announcementGranularity to which the time between announcement and expiry is rounded up
 * @param tokenIntegrationSubject template of the subject that the token integration actions put into a policy
 * @param namespaceRoots by pattern of namespaces the policies whose implicit entries count in all policies there
 */
public record PolicySettings(
        Duration subjectExpiryGranularity,
        Duration announcementGranularity,
        String tokenIntegrationSubject,
        Map<String, List<PolicyId>> namespaceRoots) {
    private static final String NAMESPACE_POLICIES = "namespace-policies";
    private static final Pattern NAMESPACE_PATTERN = Pattern.compile("\\*|[^*]+?(\\.\\*)?");

    static PolicySettings of(Config ditto) {
        return new PolicySettings(
                ditto.getDuration("policies.policy.subject-expiry-granularity"),
                ditto.getDuration("policies.policy.subject-deletion-announcement-granularity"),
                ditto.getString("gateway.authentication.oauth.token-integration-subject"),
                namespaceRoots(ditto));
    }

    private static Map<String, List<PolicyId>> namespaceRoots(Config ditto) {
        Config configured = ditto.getConfig(NAMESPACE_POLICIES);
        var roots = new TreeMap<String, List<PolicyId>>();
        for (String pattern : configured.root().keySet()) {
            String path = NAMESPACE_POLICIES + "." + ConfigUtil.quoteString(pattern);
            if (!NAMESPACE_PATTERN.matcher(pattern).matches()) {
                throw new ConfigException.BadValue(
                        configured.origin(),
                        "ditto." + path,
                        "a namespace, one with '.*' at its end, or '*' is possible");
            }
            try {
                roots.put(
                        pattern,
                        ditto.getStringList(path).stream().map(PolicyId::of).toList());
            } catch (PolicyIdInvalidException e) {
                throw new ConfigException.BadValue(configured.origin(), "ditto." + path, e.getMessage(), e);
            }
        }
        return Map.copyOf(roots);
    }
}
