package org.voltwin.standalone.ditto.api;

import io.vertx.core.http.HttpMethod;
import java.util.Optional;
import java.util.Set;
import org.eclipse.ditto.base.model.auth.AuthorizationContext;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonField;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.policies.model.PoliciesModelFactory;
import org.eclipse.ditto.policies.model.PolicyId;
import org.eclipse.ditto.policies.model.ResourceKey;
import org.eclipse.ditto.policies.model.enforcers.Enforcer;
import org.eclipse.ditto.things.model.ThingId;
import org.voltwin.standalone.ditto.policy.Access;
import org.voltwin.standalone.ditto.twin.Twins;

/**
 * POST {@code /checkPermissions}: for each label a resource, an entity and permissions; answers which of them the
 * caller has. An entity that does not exist gives false, not an error, so nobody learns from it what exists.
 */
public final class PermissionCheck {
    private static final Set<String> RESOURCE_TYPES = Set.of("thing", "policy", "message");

    private final Twins twins;
    private final Access access;

    public PermissionCheck(Twins twins, Access access) {
        this.twins = twins;
        this.access = access;
    }

    void handle(Exchange exchange) {
        if (!exchange.is(HttpMethod.POST)) {
            throw PathException.methodNotAllowed(exchange.method().name(), exchange.headers());
        }
        JsonValue body = exchange.json();
        if (!body.isObject() || body.isNull()) {
            throw PathException.badRequest("The body must be a JSON object.", null, exchange.headers());
        }
        exchange.sendJson(200, answers(body.asObject(), exchange.caller().context(), exchange.headers()));
    }

    /**
     * For each label whether the caller has the permissions.
     *
     * @throws org.eclipse.ditto.base.model.exceptions.DittoRuntimeException 400 when a question is not valid
     */
    public JsonObject answers(JsonObject questions, AuthorizationContext caller, DittoHeaders headers) {
        var answers = JsonFactory.newObjectBuilder();
        for (JsonField question : questions) {
            answers.set(question.getKey(), JsonValue.of(holds(question, caller, headers)));
        }
        return answers.build();
    }

    private boolean holds(JsonField question, AuthorizationContext caller, DittoHeaders headers) {
        JsonObject asked = Optional.of(question.getValue())
                .filter(value -> value.isObject() && !value.isNull())
                .map(JsonValue::asObject)
                .orElseThrow(() -> invalid(question, headers));
        ResourceKey resource = ResourceKey.newInstance(text(asked, "resource", question, headers));
        if (!RESOURCE_TYPES.contains(resource.getResourceType())) {
            throw invalid(question, headers);
        }
        String entityId = text(asked, "entityId", question, headers);
        var names = asked
                .getValue("hasPermissions")
                .filter(JsonValue::isArray)
                .map(JsonValue::asArray)
                .filter(array -> !array.isEmpty())
                .orElseThrow(() -> invalid(question, headers))
                .stream()
                .map(JsonValue::formatAsString)
                .toList();
        return enforcerOf(resource, entityId)
                .filter(enforcer -> enforcer.hasUnrestrictedPermissions(
                        resource, caller, PoliciesModelFactory.newPermissions(names)))
                .isPresent();
    }

    private Optional<Enforcer> enforcerOf(ResourceKey resource, String entityId) {
        return resource.getResourceType().equals("policy")
                ? Optional.of(access.enforcer(PolicyId.of(entityId)))
                : Optional.ofNullable(twins.thing(ThingId.of(entityId)))
                        .map(thing -> access.enforcer(thing.id(), thing.policyId()));
    }

    private static String text(JsonObject asked, String name, JsonField question, DittoHeaders headers) {
        return asked.getValue(name)
                .filter(JsonValue::isString)
                .map(JsonValue::asString)
                .orElseThrow(() -> invalid(question, headers));
    }

    private static PathException invalid(JsonField question, DittoHeaders headers) {
        return PathException.badRequest(
                "The permission check '" + question.getKeyName() + "' is not valid.",
                "It needs 'resource' (thing:, policy: or message:), 'entityId' and a non-empty array 'hasPermissions'.",
                headers);
    }
}
