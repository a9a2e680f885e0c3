package org.voltwin.standalone.ditto.wot;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.ditto.base.model.auth.AuthorizationContext;
import org.eclipse.ditto.json.JsonArray;
import org.eclipse.ditto.json.JsonCollectors;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonKey;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.policies.model.enforcers.Enforcer;
import org.eclipse.ditto.things.model.ThingId;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.config.WotSettings;
import org.voltwin.standalone.ditto.policy.Access;
import org.voltwin.standalone.ditto.twin.EntityState.ThingState;
import org.voltwin.standalone.ditto.twin.Twins;

/**
 * Thing Descriptions (W3C, version 1.1) of things and features from the models of their definitions, with the forms of
 * Ditto's HTTP API. Each caller gets what the policy lets it use. Call on the loop.
 */
public final class ThingDescriptions {
    private static final JsonKey PROPERTIES = JsonKey.of("properties");
    private static final String JSON = "application/json";
    private static final String EVENT_STREAM = "text/event-stream";

    /** What is described, and who asks. */
    private record Subject(
            ThingState thing, @Nullable String featureId, Enforcer enforcer, AuthorizationContext caller) {
        JsonPointer place() {
            return featureId == null
                    ? JsonPointer.empty()
                    : JsonPointer.of("features").addLeaf(JsonKey.of(featureId));
        }

        /** Behind the thing's id. */
        String path() {
            return featureId == null ? "" : place().toString();
        }

        /** The name of what holds the values. */
        String values() {
            return featureId == null ? "attributes" : "properties";
        }
    }

    private final WotModels models;
    private final Twins twins;
    private final Access access;
    private final WotSettings settings;

    public ThingDescriptions(WotModels models, Twins twins, Access access, WotSettings settings) {
        this.models = models;
        this.twins = twins;
        this.access = access;
        this.settings = settings;
    }

    /**
     * The description as a caller may see it; empty when the definition is no model that can be had.
     *
     * @param featureId null for the thing itself
     */
    public CompletionStage<Optional<JsonObject>> of(
            ThingId id, @Nullable String featureId, AuthorizationContext caller) {
        ThingState state = twins.thing(id);
        if (state == null) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        var subject = new Subject(state, featureId, access.enforcer(state.id(), state.policyId()), caller);
        return models.model(definition(subject)).thenApply(model -> model.map(known -> describe(subject, known)));
    }

    private static Optional<String> definition(Subject subject) {
        JsonObject thing = subject.thing().json();
        Optional<JsonValue> value = subject.featureId() == null
                ? thing.getValue("definition")
                : thing.getValue(subject.place().addLeaf(JsonKey.of("definition")))
                        .filter(JsonValue::isArray)
                        .flatMap(array -> array.asArray().get(0));
        return value.filter(JsonValue::isString).map(JsonValue::asString);
    }

    private JsonObject describe(Subject subject, ThingModel model) {
        JsonObject source = model.json();
        var description = JsonFactory.newObjectBuilder();
        description.set(
                "@context",
                source.getValue("@context").orElseGet(() -> JsonValue.of("https://www.w3.org/2022/wot/td/v1.1")));
        types(source).ifPresent(types -> description.set("@type", types));
        String id = subject.thing().id().toString();
        String path = "/api/2/things/" + id + subject.path();
        description.set("id", "urn:" + id + subject.path());
        source.stream().filter(field -> !isOfTheModel(field.getKeyName())).forEach(description::set);
        if (!source.contains("title")) {
            description.set("title", id);
        }
        description.set("base", settings.basePrefix() + path + "/");
        description.set("links", links(subject, model));
        settings.descriptionTemplate().forEach(description::set);
        description.set(PROPERTIES, properties(subject, model));
        description.set("actions", affordances(subject, source, "actions", "invokeaction", "inbox"));
        description.set("events", affordances(subject, source, "events", "subscribeevent", "outbox"));
        return description.build();
    }

    private static boolean isOfTheModel(String key) {
        return key.startsWith("tm:")
                || List.of("@context", "@type", "id", "base", "links", "properties", "actions", "events", "forms")
                        .contains(key);
    }

    private static Optional<JsonValue> types(JsonObject model) {
        JsonValue type = model.getValue("@type").orElse(null);
        if (type == null || !type.isArray()) {
            return Optional.empty();
        }
        JsonArray rest = type.asArray().stream()
                .filter(each -> !each.equals(JsonValue.of("tm:ThingModel")))
                .collect(JsonCollectors.valuesToArray());
        return rest.isEmpty() ? Optional.empty() : Optional.of(rest);
    }

    private static JsonArray links(Subject subject, ThingModel model) {
        var links = new ArrayList<JsonValue>();
        links.add(link("type", model.definitions().getFirst(), "application/tm+json"));
        if (subject.featureId() == null) {
            model.submodels().keySet().stream()
                    .filter(feature -> Access.mayReadPart(
                            subject.enforcer(), Access.thing(JsonPointer.of("/features/" + feature)), subject.caller()))
                    .sorted()
                    .forEach(feature -> links.add(link("item", "features/" + feature, "application/td+json")));
        } else {
            links.add(link("collection", "../..", "application/td+json"));
        }
        return links.stream().collect(JsonCollectors.valuesToArray());
    }

    private static JsonObject link(String relation, String href, String type) {
        return JsonObject.newBuilder()
                .set("rel", relation)
                .set("href", href)
                .set("type", type)
                .build();
    }

    private static JsonObject properties(Subject subject, ThingModel model) {
        var properties = JsonFactory.newObjectBuilder();
        for (var field : model.properties()) {
            if (!field.getValue().isObject()) {
                continue;
            }
            JsonObject schema = field.getValue().asObject();
            JsonPointer place = subject.place()
                    .addLeaf(JsonKey.of(subject.values()))
                    .append(Skeleton.place(field.getKeyName(), schema));
            var resource = Access.thing(place);
            boolean reads = Access.mayReadPart(subject.enforcer(), resource, subject.caller());
            boolean writes = Access.mayWrite(subject.enforcer(), resource, subject.caller())
                    && !schema.getValue("readOnly")
                            .filter(JsonValue.of(true)::equals)
                            .isPresent();
            if (!reads && !writes) {
                continue;
            }
            String href = subject.values() + Skeleton.place(field.getKeyName(), schema);
            var forms = JsonFactory.newArrayBuilder();
            if (reads) {
                forms.add(form("readproperty", href, "GET", JSON));
                forms.add(form("observeproperty", href, "GET", EVENT_STREAM).setValue("subprotocol", "sse"));
            }
            if (writes) {
                forms.add(form("writeproperty", href, "PUT", JSON));
            }
            properties.set(
                    field.getKey(),
                    schema.toBuilder().set("forms", forms.build()).build());
        }
        return properties.build();
    }

    private static JsonObject affordances(
            Subject subject, JsonObject model, String kind, String operation, String box) {
        var affordances = JsonFactory.newObjectBuilder();
        JsonObject all = model.getValue(kind)
                .filter(value -> value.isObject() && !value.isNull())
                .map(JsonValue::asObject)
                .orElseGet(JsonObject::empty);
        boolean action = kind.equals("actions");
        for (var field : all) {
            String href = box + "/messages/" + field.getKeyName();
            var resource = Access.message(subject.place().append(JsonPointer.of(href)));
            boolean permitted = action
                    ? Access.mayWrite(subject.enforcer(), resource, subject.caller())
                    : Access.mayRead(subject.enforcer(), resource, subject.caller());
            if (!permitted || !field.getValue().isObject()) {
                continue;
            }
            JsonObject form = action
                    ? form(operation, href, "POST", JSON)
                    : form(operation, href, "GET", EVENT_STREAM).setValue("subprotocol", "sse");
            affordances.set(
                    field.getKey(),
                    field.getValue().asObject().toBuilder()
                            .set("forms", JsonArray.of(form))
                            .build());
        }
        return affordances.build();
    }

    private static JsonObject form(String operation, String href, String method, String contentType) {
        return JsonObject.newBuilder()
                .set("op", operation)
                .set("href", href)
                .set("htv:methodName", method)
                .set("contentType", contentType)
                .build();
    }
}
