package org.voltwin.standalone.ditto.twin;

import java.util.Optional;
import org.eclipse.ditto.json.JsonCollectors;
import org.eclipse.ditto.json.JsonField;
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
    /** Where each kind keeps its revision. */
    JsonPointer REVISION = JsonPointer.of("_revision");

    /** Everything, the special fields ({@code _revision}, {@code _created}, {@code _modified}) included. */
    JsonObject json();

    EntityKind kind();

    default long revision() {
        return json().getValue(REVISION).map(JsonValue::asLong).orElse(0L);
    }

    /** Of JSON that was checked when it was accepted. */
    static EntityState ofStored(EntityKind kind, JsonObject json) {
        return switch (kind) {
            case THING -> ThingState.ofStored(json);
            case POLICY -> PolicyState.of(json);
        };
    }

    /** The value a command with this resource path is about. */
    default Optional<JsonValue> valueAt(JsonPointer resourcePath) {
        return JsonPlaces.valueAt(json(), EntityPath.of(kind(), resourcePath));
    }

    /** A thing; Ditto's model of it is made when somebody asks. */
    final class ThingState implements EntityState {
        private static final JsonPointer THING_ID = JsonPointer.of("thingId");
        private static final JsonPointer POLICY_ID = JsonPointer.of("policyId");
        private static final JsonPointer NAMESPACE = JsonPointer.of("_namespace");

        /** A feature or an attribute is valid or not whatever else the thing has. */
        private static final int LEVELS_BY_THEMSELVES = 2;

        private final ThingId id;
        private final JsonObject json;
        private volatile @Nullable Thing thing;

        private ThingState(ThingId id, JsonObject json) {
            this.id = id;
            this.json = json;
        }

        /**
         * Checks that the JSON is a valid thing.
         *
         * @param changed where it differs from a valid one; empty for everywhere
         */
        static ThingState of(JsonObject json, JsonPointer changed) {
            boolean inside = changed.getLevelCount() >= LEVELS_BY_THEMSELVES;
            ThingsModelFactory.newThing(inside ? JsonPlaces.only(json, changed) : json);
            return ofStored(json);
        }

        /** Of JSON that was checked when it was accepted. */
        static ThingState ofStored(JsonObject json) {
            ThingId id = ThingId.of(json.getValue(THING_ID).orElseThrow().asString());
            JsonObject complete = json.getValue(NAMESPACE).isPresent()
                    ? json
                    : json.set(
                            JsonField.newInstance(NAMESPACE.getRoot().orElseThrow(), JsonValue.of(id.getNamespace())));
            return new ThingState(id, complete);
        }

        public ThingId id() {
            return id;
        }

        public Thing thing() {
            Thing known = thing;
            if (known == null) {
                known = ThingsModelFactory.newThing(json);
                thing = known;
            }
            return known;
        }

        public @Nullable PolicyId policyId() {
            return json.getValue(POLICY_ID)
                    .filter(JsonValue::isString)
                    .map(value -> PolicyId.of(value.asString()))
                    .orElse(null);
        }

        @Override
        public JsonObject json() {
            return json;
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

        /** Whether a subject may expire or is announced; cheap, and right when it says no. */
        public boolean mentionsExpiry() {
            String text = json.toString();
            return text.contains("\"expiry\"") || text.contains("\"announcement\"");
        }

        /** As the models know it: without what Ditto 3.9 added (ADR 23). */
        public Policy policy() {
            return PoliciesModelFactory.newPolicy(json);
        }

        /** As callers see it by default: without revision and timestamps. */
        JsonObject regular() {
            return json.stream()
                    .filter(field -> !field.getKeyName().startsWith("_"))
                    .collect(JsonCollectors.fieldsToObject());
        }

        @Override
        public EntityKind kind() {
            return EntityKind.POLICY;
        }
    }
}
