package org.voltwin.standalone.ditto.policy;

import org.eclipse.ditto.policies.model.Policy;
import org.eclipse.ditto.policies.model.PolicyId;
import org.jspecify.annotations.Nullable;

/** Where access decisions get the current policies from. Implementations are safe to call from any thread. */
public interface PolicySource {
    /** The policy with its revision, or null when there is none. */
    @Nullable Policy find(PolicyId policyId);

    /** The policy's revision without making the policy; -1 when there is none. */
    long revisionOf(PolicyId policyId);

    /** The policy's JSON text, not to be changed; null when there is none. */
    byte @Nullable [] textOf(PolicyId policyId);
}
