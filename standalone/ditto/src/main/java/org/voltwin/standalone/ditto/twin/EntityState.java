package org.voltwin.standalone.ditto.twin;

import java.util.Optional;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.policies.model.PoliciesModelFactory;
import org.eclipse.ditto.policies.model.Policy;
import org.eclipse.ditto.policies.model.PolicyId;
import org.eclipse.ditto.things.model.Thing;
import org.eclipse.ditto.things.model.ThingId;
import org.eclipse.ditto.things.model.ThingsModelFactory;
import org.jspecify.annotations.Nullable;

/** Current state of a thing or a policy; immutable. */
public sealed interface EntityState {
    /** Everything, the special fields ({@code _revision}, {@code _created}, {@code _modified}) included. */
    JsonObject json();

    EntityKind kind();

    default long revision() {
        return json().getValue("_revision").map(JsonValue::asLong).orElse(0L);
    }

    /** The value a command with this resource path is about. */
    default Optional<JsonValue> valueAt(JsonPointer resourcePath) {
        return resourcePath.isEmpty() ? Optional.of(json()) : json().getValue(EntityPath.of(kind(), resourcePath));
    }

    /** A thing. */
    record ThingState(ThingId id, Thing thing, JsonObject json) implements EntityState {
        static ThingState of(JsonObject json) {
            Thing thing = ThingsModelFactory.newThing(json);
            JsonObject complete =
                    json.setValue("_namespace", thing.getNamespace().orElse(""));
            return new ThingState(thing.getEntityId().orElseThrow(), thing, complete);
        }

        public @Nullable PolicyId policyId() {
            return thing.getPolicyId().orElse(null);
        }

        @Override
        public EntityKind kind() {
            return EntityKind.THING;
        }
    }

    /** A policy; only its JSON is kept, the model is made when somebody asks. */
    record PolicyState(PolicyId id, JsonObject json) implements EntityState {
        static PolicyState of(JsonObject json) {
            return new PolicyState(
                    PolicyId.of(json.getValue("policyId").orElseThrow().asString()), json);
        }

        public Policy policy() {
            return PoliciesModelFactory.newPolicy(json);
        }

        @Override
        public EntityKind kind() {
            return EntityKind.POLICY;
        }
    }
}
