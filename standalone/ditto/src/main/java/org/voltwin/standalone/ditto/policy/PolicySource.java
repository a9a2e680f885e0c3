package org.voltwin.standalone.ditto.policy;

import org.eclipse.ditto.policies.model.Policy;
import org.eclipse.ditto.policies.model.PolicyId;
import org.jspecify.annotations.Nullable;

/** Where access decisions get the current policies from. Implementations are safe to call from any thread. */
@FunctionalInterface
public interface PolicySource {
    /** The policy with its revision, or null when there is none. */
    @Nullable Policy find(PolicyId policyId);
}
