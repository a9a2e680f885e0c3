package org.voltwin.standalone.ditto.twin;

import java.util.Map;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.policies.model.enforcers.Enforcer;
import org.eclipse.ditto.things.model.Thing;
import org.eclipse.ditto.things.model.signals.commands.exceptions.ThingConditionFailedException;
import org.eclipse.ditto.things.model.signals.commands.modify.MergeThing;
import org.voltwin.standalone.ditto.rql.Rql;

/**
 * The header {@code merge-thing-patch-conditions}: a condition for each of some parts of a patch. A part whose
 * condition the thing does not fulfil is left out.
 */
final class PatchConditions {
    private PatchConditions() {}

    /** @throws ThingConditionFailedException 412 when a condition looks at what the caller may not read */
    static MergeThing apply(MergeThing merge, EntityState.ThingState before, Enforcer enforcer) {
        DittoHeaders headers = merge.getDittoHeaders();
        Map<JsonPointer, String> conditions =
                headers.getThingMergePatchConditions().orElse(Map.of());
        JsonValue patch = merge.getValue();
        for (Map.Entry<JsonPointer, String> condition : conditions.entrySet()) {
            boolean holds = holds(condition.getValue(), before.thing(), enforcer, headers);
            if (!holds && patch.isObject() && !patch.isNull()) {
                patch = patch.asObject().remove(condition.getKey());
            }
        }
        return patch.equals(merge.getValue())
                ? merge
                : MergeThing.of(merge.getEntityId(), merge.getPath(), patch, headers);
    }

    /** @throws ThingConditionFailedException 412 when a condition looks at what the caller may not read */
    static boolean holds(String condition, Thing thing, Enforcer enforcer, DittoHeaders headers) {
        Rql rql = ThingCommands.conditionOf(condition, headers);
        if (!ThingCommands.mayAsk(rql, enforcer, headers)) {
            throw ThingConditionFailedException.newBuilderForInsufficientPermission(headers)
                    .build();
        }
        return rql.overThings().test(thing);
    }
}
