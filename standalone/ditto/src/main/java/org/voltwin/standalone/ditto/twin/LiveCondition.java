package org.voltwin.standalone.ditto.twin;

import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.policies.model.enforcers.Enforcer;
import org.eclipse.ditto.things.model.signals.commands.exceptions.ThingConditionFailedException;
import org.voltwin.standalone.ditto.rql.Rql;

/** What a thing must be like to be sent something, or to be asked itself instead of its twin. */
public final class LiveCondition {
    private LiveCondition() {}

    /**
     * The header {@code live-channel-condition}.
     *
     * @throws ThingConditionFailedException 412 when the condition looks at what the sender may not read
     */
    public static boolean holds(
            String condition, EntityState.ThingState state, Enforcer enforcer, DittoHeaders headers) {
        Rql rql = ThingCommands.conditionOf(condition, headers);
        if (!ThingCommands.mayAsk(rql, enforcer, headers)) {
            throw ThingConditionFailedException.newBuilderForInsufficientLiveChannelPermission(headers)
                    .build();
        }
        return rql.overThings().test(state.thing());
    }

    /**
     * The header {@code condition} of what is sent to a thing itself.
     *
     * @throws ThingConditionFailedException 412 when the thing is not like that, or the sender may not know
     */
    public static void require(EntityState.ThingState state, Enforcer enforcer, DittoHeaders headers) {
        ThingCommands.requireCondition(state, enforcer, headers);
    }
}
