package org.voltwin.standalone.ditto.twin;

import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.ditto.base.model.auth.AuthorizationContext;
import org.eclipse.ditto.json.JsonCollectors;
import org.eclipse.ditto.json.JsonField;
import org.eclipse.ditto.json.JsonFieldSelector;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.policies.model.PolicyId;
import org.eclipse.ditto.policies.model.enforcers.Enforcer;
import org.eclipse.ditto.things.model.Thing;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.policy.Access;

/** Whole things as callers may see them. Safe to use from any thread. */
public final class ThingViews {
    private static final JsonPointer ROOT = JsonPointer.empty();
    private static final JsonPointer LIFECYCLE = Thing.JsonFields.LIFECYCLE.getPointer();
    private static final Predicate<JsonField> REGULAR =
            field -> !field.getKeyName().startsWith("_");

    private final Twins twins;
    private final Access access;

    public ThingViews(Twins twins, Access access) {
        this.twins = twins;
        this.access = access;
    }

    /** What a caller may see of a whole thing; empty when that is nothing. Special fields only when asked for. */
    public Optional<JsonValue> view(
            EntityState.ThingState state, AuthorizationContext caller, @Nullable JsonFieldSelector fields) {
        return view(state, access.enforcer(state.id(), state.policyId()), caller, fields);
    }

    /** As above, by another policy than the thing's own. */
    Optional<JsonValue> view(
            EntityState.ThingState state,
            Enforcer enforcer,
            AuthorizationContext caller,
            @Nullable JsonFieldSelector fields) {
        return Access.view(enforcer, Access.thing(ROOT), state.json(), caller)
                .map(JsonValue::asObject)
                .map(view -> view.setValue("thingId", state.id().toString()))
                .map(view -> fields == null
                        ? view.stream().filter(REGULAR).collect(JsonCollectors.fieldsToObject())
                        : FieldSelection.of(withPolicy(withLifecycle(view, fields), state, caller, fields), fields));
    }

    /** Every thing there is is active; Ditto says so when asked. */
    private static JsonObject withLifecycle(JsonObject view, JsonFieldSelector fields) {
        return fields.getPointers().contains(LIFECYCLE) ? view.setValue(LIFECYCLE, "ACTIVE") : view;
    }

    private JsonObject withPolicy(
            JsonObject view, EntityState.ThingState state, AuthorizationContext caller, JsonFieldSelector fields) {
        boolean wanted = fields.getPointers().stream()
                .anyMatch(pointer -> pointer.getRoot()
                        .map(key -> key.toString().equals("_policy"))
                        .orElse(false));
        PolicyId policyId = state.policyId();
        if (!wanted || policyId == null) {
            return view;
        }
        EntityState.PolicyState policy = twins.policy(policyId);
        if (policy == null) {
            return view;
        }
        return Access.view(access.enforcer(policyId), Access.policy(ROOT), policy.regular(), caller)
                .map(json -> view.setValue("_policy", json))
                .orElse(view);
    }
}
