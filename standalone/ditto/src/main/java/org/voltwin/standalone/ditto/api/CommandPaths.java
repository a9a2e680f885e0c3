package org.voltwin.standalone.ditto.api;

import io.vertx.core.http.HttpMethod;
import java.util.Arrays;
import java.util.List;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.signals.Signal;
import org.eclipse.ditto.json.JsonFieldSelector;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.policies.model.PolicyId;
import org.eclipse.ditto.policies.model.signals.commands.exceptions.PolicyIdNotExplicitlySettableException;
import org.eclipse.ditto.things.model.ThingId;
import org.eclipse.ditto.things.model.signals.commands.exceptions.ThingIdNotDeletableException;
import org.eclipse.ditto.things.model.signals.commands.exceptions.ThingIdNotExplicitlySettableException;
import org.eclipse.ditto.things.model.signals.commands.exceptions.ThingMergeInvalidException;
import org.eclipse.ditto.things.model.signals.commands.modify.MigrateThingDefinition;
import org.eclipse.ditto.things.model.signals.commands.query.RetrieveThings;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.signal.Signals;
import org.voltwin.standalone.ditto.signal.Signals.Verb;

/** Method and path of {@code /things} and {@code /policies} to commands. */
final class CommandPaths {
    private static final int POLICY_KEY_SEGMENT = 5;

    private final String defaultNamespace;

    CommandPaths(String defaultNamespace) {
        this.defaultNamespace = defaultNamespace;
    }

    /** {@code /things...}; GET of all visible things is a search and not handled here. */
    Signal<?> thingCommand(Exchange exchange) {
        DittoHeaders headers = exchange.headers();
        HttpMethod method = exchange.method();
        if (exchange.segments().size() == 1) {
            if (exchange.is(HttpMethod.POST)) {
                return create(exchange);
            }
            if (exchange.is(HttpMethod.GET)) {
                return retrieveSeveral(exchange);
            }
            throw PathException.methodNotAllowed(method.name(), headers);
        }
        ThingId id = ThingId.of(exchange.segments().get(1));
        if (exchange.segments().size() == 3 && exchange.segments().getLast().equals("migrateDefinition")) {
            return migrate(exchange, id);
        }
        Verb verb = verb(method, headers);
        JsonPointer path = exchange.pointerFrom(2);
        JsonValue value = hasValue(verb) ? exchange.json() : null;
        if (path.isEmpty() && value != null) {
            requireMergeable(verb, value, headers);
            value = withId(value, id, headers);
        }
        return Signals.thing(verb, id, path, value, fields(exchange, verb), headers);
    }

    private static Signal<?> migrate(Exchange exchange, ThingId id) {
        if (!exchange.is(HttpMethod.POST)) {
            throw PathException.methodNotAllowed(exchange.method().name(), exchange.headers());
        }
        JsonValue body = exchange.json();
        requireObject(body, exchange.headers());
        DittoHeaders headers = exchange.headers().toBuilder()
                .dryRun("true".equals(exchange.parameter("dry-run")))
                .build();
        return MigrateThingDefinition.fromJson(body.asObject().setValue("thingId", id.toString()), headers);
    }

    private Signal<?> create(Exchange exchange) {
        JsonValue body = exchange.hasBody() ? exchange.json() : JsonObject.empty();
        requireObject(body, exchange.headers());
        if (body.asObject().contains("thingId")) {
            throw ThingIdNotExplicitlySettableException.forPostMethod()
                    .dittoHeaders(exchange.headers())
                    .build();
        }
        String namespace = exchange.parameter("namespace");
        ThingId id = ThingId.of(
                namespace == null ? defaultNamespace : namespace,
                java.util.UUID.randomUUID().toString());
        JsonObject thing = body.asObject().setValue("thingId", id.toString());
        return Signals.thing(Verb.CREATE, id, JsonPointer.empty(), thing, null, exchange.headers());
    }

    private static Signal<?> retrieveSeveral(Exchange exchange) {
        List<ThingId> ids = Arrays.stream(
                        String.valueOf(exchange.parameter("ids")).split(","))
                .map(String::strip)
                .map(ThingId::of)
                .toList();
        return RetrieveThings.getBuilder(ids)
                .selectedFields(exchange.fields())
                .dittoHeaders(exchange.headers())
                .build();
    }

    /** {@code /policies/ID...}. */
    Signal<?> policyCommand(Exchange exchange) {
        DittoHeaders headers = exchange.headers();
        List<String> segments = exchange.segments();
        if (segments.size() == 1) {
            if (exchange.is(HttpMethod.POST)) {
                return createPolicy(exchange);
            }
            throw PathException.methodNotAllowed(exchange.method().name(), headers);
        }
        PolicyId id = PolicyId.of(segments.get(1));
        Verb verb = verb(exchange.method(), headers);
        // The protocol takes all that follows resources/ or subjects/ as one key, so encoded slashes mean the same.
        JsonPointer path = segments.size() > POLICY_KEY_SEGMENT
                ? JsonPointer.of("/" + String.join("/", segments.subList(2, segments.size())))
                : exchange.pointerFrom(2);
        if (verb == Verb.MERGE) {
            throw PathException.methodNotAllowed("PATCH", headers);
        }
        JsonValue value = hasValue(verb) ? exchange.json() : null;
        if (path.isEmpty() && value != null) {
            requireObject(value, headers);
            boolean sameId = value.asObject()
                    .getValue("policyId")
                    .map(named -> named.isString() && named.asString().equals(id.toString()))
                    .orElse(true);
            if (!sameId) {
                throw PolicyIdNotExplicitlySettableException.newBuilder()
                        .dittoHeaders(headers)
                        .build();
            }
            value = value.asObject().setValue("policyId", id.toString());
        }
        return Signals.policy(verb, id, path, value, fields(exchange, verb), headers);
    }

    private Signal<?> createPolicy(Exchange exchange) {
        JsonValue body = exchange.json();
        requireObject(body, exchange.headers());
        if (body.asObject().contains("policyId")) {
            throw PolicyIdNotExplicitlySettableException.forPostMethod()
                    .dittoHeaders(exchange.headers())
                    .build();
        }
        PolicyId id = PolicyId.of(defaultNamespace, java.util.UUID.randomUUID().toString());
        return Signals.policy(
                Verb.CREATE,
                id,
                JsonPointer.empty(),
                body.asObject().setValue("policyId", id.toString()),
                null,
                exchange.headers());
    }

    private static Verb verb(HttpMethod method, DittoHeaders headers) {
        return switch (method.name()) {
            case "GET", "HEAD" -> Verb.RETRIEVE;
            case "PUT" -> Verb.MODIFY;
            case "PATCH" -> Verb.MERGE;
            case "DELETE" -> Verb.DELETE;
            default -> throw PathException.methodNotAllowed(method.name(), headers);
        };
    }

    private static boolean hasValue(Verb verb) {
        return verb == Verb.MODIFY || verb == Verb.MERGE;
    }

    private static @Nullable JsonFieldSelector fields(Exchange exchange, Verb verb) {
        return verb == Verb.RETRIEVE ? exchange.fields() : null;
    }

    private static void requireMergeable(Verb verb, JsonValue value, DittoHeaders headers) {
        if (verb != Verb.MERGE) {
            return;
        }
        if (value.isNull()) {
            throw ThingMergeInvalidException.newBuilder().dittoHeaders(headers).build();
        }
        boolean deletesId = value.isObject()
                && value.asObject()
                        .getValue("thingId")
                        .filter(JsonValue::isNull)
                        .isPresent();
        if (deletesId) {
            throw ThingIdNotDeletableException.newBuilder()
                    .dittoHeaders(headers)
                    .build();
        }
    }

    private static JsonValue withId(JsonValue value, ThingId id, DittoHeaders headers) {
        requireObject(value, headers);
        boolean sameId = value.asObject()
                .getValue("thingId")
                .map(named -> named.isString() && named.asString().equals(id.toString()))
                .orElse(true);
        if (!sameId) {
            throw ThingIdNotExplicitlySettableException.forPutOrPatchMethod()
                    .dittoHeaders(headers)
                    .build();
        }
        return value.asObject().setValue("thingId", id.toString());
    }

    private static void requireObject(JsonValue value, DittoHeaders headers) {
        if (!value.isObject() || value.isNull()) {
            throw PathException.badRequest("The body must be a JSON object.", null, headers);
        }
    }
}
