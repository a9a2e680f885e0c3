package org.voltwin.standalone.ditto.policy;

import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.policies.model.PolicyId;
import org.jspecify.annotations.Nullable;

/** Where access decisions get the current policies from. Implementations are safe to call from any thread. */
public interface PolicySource {
    /** The policy's JSON, which may say more than the model knows; null when there is none. */
    @Nullable JsonObject jsonOf(PolicyId policyId);

    /** The policy's revision without making the policy; -1 when there is none. */
    long revisionOf(PolicyId policyId);

    /** The policy's JSON text, not to be changed; null when there is none. */
    byte @Nullable [] textOf(PolicyId policyId);
}
