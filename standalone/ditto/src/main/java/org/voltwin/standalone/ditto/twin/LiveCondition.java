package org.voltwin.standalone.ditto.twin;

import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.policies.model.enforcers.Enforcer;
import org.eclipse.ditto.things.model.signals.commands.exceptions.ThingConditionFailedException;
import org.voltwin.standalone.ditto.rql.Rql;

/** The header {@code live-channel-condition}: what a thing must be like to be asked itself instead of its twin. */
public final class LiveCondition {
    private LiveCondition() {}

    /** @throws ThingConditionFailedException 412 when the condition looks at what the sender may not read */
    public static boolean holds(
            String condition, EntityState.ThingState state, Enforcer enforcer, DittoHeaders headers) {
        Rql rql = ThingCommands.conditionOf(condition, headers);
        if (!ThingCommands.mayAsk(rql, enforcer, headers)) {
            throw ThingConditionFailedException.newBuilderForInsufficientLiveChannelPermission(headers)
                    .build();
        }
        return rql.overThings().test(state.thing());
    }
}
