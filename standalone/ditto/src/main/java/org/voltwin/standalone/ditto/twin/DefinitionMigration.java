package org.voltwin.standalone.ditto.twin;

import java.util.Map;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.policies.model.ResourceKey;
import org.eclipse.ditto.policies.model.enforcers.Enforcer;
import org.eclipse.ditto.things.model.Thing;
import org.eclipse.ditto.things.model.signals.commands.modify.MergeThing;
import org.eclipse.ditto.things.model.signals.commands.modify.MigrateThingDefinition;

/** Moving a thing to another definition is a merge of the new definition and of what the caller brings with it. */
final class DefinitionMigration {
    private DefinitionMigration() {}

    /** The merge, without the parts whose condition does not hold for the thing as it is. */
    static MergeThing merge(MigrateThingDefinition command, Thing thing, Enforcer enforcer) {
        JsonObject patch =
                JsonObject.newBuilder().set("definition", command.getThingDefinitionUrl()).build().toBuilder()
                        .setAll(command.getMigrationPayload())
                        .build();
        for (Map.Entry<ResourceKey, String> condition :
                command.getPatchConditions().entrySet()) {
            if (!PatchConditions.holds(condition.getValue(), thing, enforcer, command.getDittoHeaders())) {
                patch = patch.remove(condition.getKey().getResourcePath());
            }
        }
        return MergeThing.of(command.getEntityId(), JsonPointer.empty(), patch, command.getDittoHeaders());
    }

    /** What Ditto answers: the patch, and whether it was applied. */
    static JsonObject answer(MergeThing merge, boolean dryRun) {
        return JsonObject.newBuilder()
                .set("thingId", merge.getEntityId().toString())
                .set("patch", merge.getValue())
                .set("mergeStatus", dryRun ? "DRY_RUN" : "APPLIED")
                .build();
    }
}
