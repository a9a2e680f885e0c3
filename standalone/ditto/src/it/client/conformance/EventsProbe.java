import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.ditto.client.DittoClient;
import org.eclipse.ditto.client.changes.Change;
import org.eclipse.ditto.client.changes.ChangeAction;
import org.eclipse.ditto.client.options.Options;
import org.eclipse.ditto.json.JsonFieldSelector;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.things.model.Feature;
import org.eclipse.ditto.things.model.FeatureProperties;
import org.eclipse.ditto.things.model.Features;
import org.eclipse.ditto.things.model.Thing;
import org.eclipse.ditto.things.model.ThingId;
import org.eclipse.ditto.things.model.ThingsModelFactory;
import org.eclipse.ditto.things.model.signals.commands.exceptions.ThingNotAccessibleException;

/** Changes as the real client hands them on: which registrations are called, with which action, path and value. */
final class EventsProbe {
    private final Stage stage;

    EventsProbe(Stage stage) {
        this.stage = stage;
    }

    private static String shown(Change change) {
        return change.getAction() + " " + change.getPath() + " " + change.getValue().map(Object::toString).orElse("-");
    }

    private static String id() {
        return UUID.randomUUID().toString();
    }

    /** A thing of alice's that bob sees too, and what bob's registrations saw. */
    private final class Scene {
        final DittoClient alice = stage.client("alice");
        final DittoClient bob = stage.client("bob");
        final ThingId id = stage.fresh();
        final BlockingQueue<String> seen = Stage.queue();

        void create(Thing thing) throws Exception {
            Stage.await(alice.twin().create(thing, stage.policy(id, "alice", "bob")));
        }

        void watch() throws Exception {
            Stage.await(bob.twin().startConsumption());
        }

        void see(Change change) {
            seen.add(shown(change));
        }

        void expect(String... all) throws Exception {
            Stage.equal(List.of(all), Stage.take(seen, all.length));
        }
    }

    private static Thing rich(ThingId id) {
        return Stage.thing(id)
                .setAttributes(ThingsModelFactory.newAttributes(JsonObject.of("{\"abc\":\"def\",\"foo\":false}")))
                .setFeature(feature("one", "{\"one\":1,\"two\":2}"))
                .setFeature(feature("two", "{\"complex\":{\"bum\":\"lux\"}}"));
    }

    private static Feature feature(String id, String properties) {
        return Feature.newBuilder()
                .properties(ThingsModelFactory.newFeatureProperties(JsonObject.of(properties)))
                .withId(id)
                .build();
    }

    void routing() {
        stage.check("EventRouting.thingCreated, multipleHandlers", () -> {
            var scene = new Scene();
            for (int i = 0; i < 7; i++) {
                if (i % 2 == 0) {
                    scene.bob.twin().registerForThingChanges(id(), scene::see);
                } else {
                    scene.bob.twin().forId(scene.id).registerForThingChanges(id(), scene::see);
                }
            }
            scene.watch();
            Thing thing = Stage.thing(scene.id)
                    .setPolicyId(org.eclipse.ditto.policies.model.PolicyId.of(scene.id));
            scene.create(thing);
            for (int i = 0; i < 7; i++) {
                scene.expect("CREATED / " + thing.toJsonString());
            }
            Stage.equal(thing, Stage.await(scene.alice.twin().forId(scene.id).retrieve()));
        });
        stage.check("EventRouting.thingDeleted", () -> {
            var scene = new Scene();
            scene.create(Stage.thing(scene.id));
            scene.bob.twin().forId(scene.id).registerForThingChanges(id(), scene::see);
            scene.watch();
            Stage.await(scene.alice.twin().delete(scene.id));
            scene.expect("DELETED / -");
            Stage.holds(
                    Stage.failure(scene.alice.twin().forId(scene.id).retrieve())
                            instanceof ThingNotAccessibleException,
                    "the thing is gone");
        });
        stage.check("EventRouting.upwards: attributes, one attribute, feature, property", () -> {
            var scene = new Scene();
            scene.create(rich(scene.id));
            scene.bob.twin().forId(scene.id).registerForThingChanges(id(), scene::see);
            var features = Stage.queue();
            scene.bob.twin().registerForFeaturesChanges(id(), change -> features.add(shown(change)));
            scene.bob.twin().forId(scene.id).registerForFeaturesChanges(id(), change -> features.add(shown(change)));
            var two = Stage.queue();
            scene.bob.twin().registerForFeatureChanges(id(), "two", change -> two.add(shown(change)));
            scene.watch();
            var handle = scene.alice.twin().forId(scene.id);
            Stage.await(handle.setAttributes(JsonObject.of("{\"foo\":\"bar\",\"misc\":1}")));
            scene.expect("UPDATED /attributes {\"attributes\":{\"foo\":\"bar\",\"misc\":1}}");
            Stage.await(handle.putAttribute(JsonPointer.of("new"), JsonObject.of("{\"complex\":{\"simple\":42}}")));
            scene.expect("CREATED /attributes/new {\"attributes\":{\"new\":{\"complex\":{\"simple\":42}}}}");
            Stage.await(handle.forFeature("one").putProperty(JsonPointer.of("foo"), "bar"));
            scene.expect("CREATED /features/one/properties/foo"
                    + " {\"features\":{\"one\":{\"properties\":{\"foo\":\"bar\"}}}}");
            for (int i = 0; i < 2; i++) {
                Stage.equal(
                        "CREATED /one/properties/foo {\"one\":{\"properties\":{\"foo\":\"bar\"}}}",
                        Stage.take(features));
            }
            Stage.await(handle.forFeature("two").putProperty(JsonPointer.of("complex/bum"), "bar"));
            Stage.equal("UPDATED /properties/complex/bum {\"properties\":{\"complex\":{\"bum\":\"bar\"}}}", Stage.take(two));
            Stage.take(scene.seen);
            Stage.await(handle.deleteFeature("one"));
            scene.expect("DELETED /features/one -");
        });
        stage.check("EventRouting.downwards: attribute of a thing, of attributes, nested property of a feature", () -> {
            var scene = new Scene();
            scene.bob.twin().forId(scene.id).registerForAttributesChanges(id(), scene::see);
            var abc = Stage.queue();
            scene.bob.twin().forId(scene.id).registerForAttributeChanges(id(), JsonPointer.of("abc"), change ->
                    abc.add(shown(change) + change.isFull()));
            var bum = Stage.queue();
            scene.bob.twin().forFeature(scene.id, "two")
                    .registerForPropertyChanges(id(), JsonPointer.of("complex/bum"), change ->
                            bum.add(shown(change) + change.isFull()));
            scene.watch();
            scene.create(rich(scene.id));
            scene.expect("CREATED / {\"abc\":\"def\",\"foo\":false}");
            Stage.equal("CREATED / \"def\"true", Stage.take(abc));
            Stage.equal("CREATED / \"lux\"true", Stage.take(bum));
            Stage.await(scene.alice.twin().forId(scene.id).setAttributes(JsonObject.of("{\"abc\":\"bumlux\"}")));
            Stage.equal("UPDATED / \"bumlux\"true", Stage.take(abc));
            Stage.await(scene.alice.twin().forId(scene.id)
                    .putFeature(feature("two", "{\"complex\":{\"bum\":\"lux\"}}")));
            Stage.equal("UPDATED / \"lux\"true", Stage.take(bum));
        });
    }

    /** Changes made over HTTP by the same user, as in RegisterForEventsIT. */
    void registration() {
        stage.check("RegisterForEvents.thing, attribute, attributes, features", () -> {
            var alice = stage.client("alice");
            ThingId id = stage.fresh();
            var things = Stage.queue();
            var attribute = Stage.queue();
            var attributes = Stage.queue();
            var features = Stage.queue();
            alice.twin().forId(id).registerForThingChanges(id(), change -> things.add(change.getAction().toString()));
            alice.twin().forId(id).registerForAttributeChanges(id(), JsonPointer.of("a"), change ->
                    attribute.add(change.getAction() + " " + change.getPath() + " "
                            + change.getValue().map(Object::toString).orElse("-")));
            alice.twin().forId(id).registerForAttributesChanges(id(), change -> attributes.add(shown(change)));
            alice.twin().forId(id).registerForFeaturesChanges(id(), change -> features.add(shown(change)));
            alice.twin().forId(id).registerForFeatureChanges(id(), "feature1", change -> features.add("1"));
            alice.twin().forId(id).registerForFeatureChanges(id(), "feature2", change -> features.add("2"));
            Stage.await(alice.twin().startConsumption());
            String path = "/things/" + id;
            stage.expect(201, "alice", "PUT", path, "{}");
            Stage.equal("CREATED", Stage.take(things));
            stage.expect(201, "alice", "PUT", path + "/attributes", "{\"a\":true}");
            Stage.equal("CREATED / {\"a\":true}", Stage.take(attributes));
            Stage.equal("CREATED / true", Stage.take(attribute));
            stage.expect(204, "alice", "PUT", path + "/attributes/a", "\"some\"");
            Stage.equal("UPDATED /a \"some\"", Stage.take(attribute));
            stage.expect(204, "alice", "DELETE", path + "/attributes/a", null);
            Stage.equal("DELETED /a -", Stage.take(attribute));
            stage.expect(204, "alice", "DELETE", path + "/attributes", null);
            Stage.equal(
                    List.of("UPDATED /a \"some\"", "DELETED /a -", "DELETED / -"), Stage.take(attributes, 3));
            stage.expect(201, "alice", "PUT", path + "/features", "{\"feature1\":{\"properties\":{}},\"feature2\":{}}");
            var three = new java.util.TreeSet<>(Stage.take(features, 3));
            Stage.equal(
                    new java.util.TreeSet<>(List.of(
                            "1", "2", "CREATED / {\"feature1\":{\"properties\":{}},\"feature2\":{}}")),
                    three);
            stage.expect(204, "alice", "DELETE", path + "/features", null);
            Stage.equal("DELETED / -", Stage.take(features));
            stage.expect(204, "alice", "DELETE", path, null);
            things.removeIf(action -> !action.equals("DELETED"));
        });
        stage.check("RegisterForEvents.featuresModifiedWithEnrichedAttributes", () -> {
            var alice = stage.client("alice");
            ThingId id = stage.fresh();
            var extra = Stage.queue();
            alice.twin().forId(id).registerForThingChanges(id(), change -> {
                if (change.getPath().toString().startsWith("/features")) {
                    extra.add(change.getExtra().map(JsonObject::toString).orElse("-"));
                }
            });
            Stage.await(alice.twin().startConsumption(Options.Consumption.extraFields(JsonFieldSelector.newInstance(
                    "attributes", "/features/{{feature:id | fn:lower() }}/properties/test"))));
            String path = "/things/" + id;
            stage.expect(201, "alice", "PUT", path, "{\"attributes\":{\"hello\":\"World\"}}");
            stage.expect(
                    201,
                    "alice",
                    "PUT",
                    path + "/features",
                    "{\"feature1\":{\"properties\":{\"test\":\"foo\"}},\"feature2\":{\"properties\":{\"test\":\"bar\"}}}");
            Stage.equal(
                    JsonObject.of("{\"attributes\":{\"hello\":\"World\"},\"features\":{\"feature1\":"
                            + "{\"properties\":{\"test\":\"foo\"}},\"feature2\":{\"properties\":{\"test\":\"bar\"}}}}"),
                    JsonObject.of(Stage.take(extra)));
            stage.expect(204, "alice", "PATCH", path + "/features/feature1/properties/test", "\"bum\"");
            Stage.equal(
                    JsonObject.of("{\"attributes\":{\"hello\":\"World\"},\"features\":{\"feature1\":"
                            + "{\"properties\":{\"test\":\"bum\"}}}}"),
                    JsonObject.of(Stage.take(extra)));
        });
        stage.check("RegisterForEvents.thingDeletedWithEnrichedAttributes", () -> {
            var alice = stage.client("alice");
            ThingId id = stage.fresh();
            var extra = Stage.queue();
            alice.twin().forId(id).registerForThingChanges(id(), change -> {
                if (change.getAction() == ChangeAction.DELETED && change.isFull()) {
                    extra.add(change.getExtra().map(JsonObject::toString).orElse("-"));
                }
            });
            stage.expect(201, "alice", "PUT", "/things/" + id, "{\"attributes\":{\"hello\":\"World\"}}");
            Stage.await(alice.twin().startConsumption(
                    Options.Consumption.extraFields(JsonFieldSelector.newInstance("attributes"))));
            stage.expect(204, "alice", "DELETE", "/things/" + id, null);
            Stage.equal("{\"attributes\":{\"hello\":\"World\"}}", Stage.take(extra));
        });
    }

    void filters() {
        stage.check("FilterEvents.malformedFilterFails", () -> {
            var done = new CountDownLatch(1);
            stage.client("alice").twin()
                    .startConsumption(Options.Consumption.filter("le(attributes/foo,42"))
                    .whenComplete((nothing, failure) -> {
                        if (failure == null) {
                            done.countDown();
                        }
                    });
            Stage.holds(!done.await(1, TimeUnit.SECONDS), "a malformed filter was taken");
        });
        stage.check("FilterEvents.namespaces and filters", () -> {
            var alice = stage.client("alice");
            var seen = new LinkedBlockingQueue<String>();
            alice.twin().registerForThingChanges(id(), change ->
                    seen.add(change.getAction() + " " + change.getEntityId()));
            Stage.await(alice.twin().startConsumption(
                    Options.Consumption.namespaces("org.interesting"),
                    Options.Consumption.filter("exists(features/feature1)")));
            String wanted = "org.interesting:" + id();
            for (String id : List.of("org.another:" + id(), wanted)) {
                stage.expect(201, "alice", "PUT", "/things/" + id, "{}");
                stage.expect(201, "alice", "PUT", "/things/" + id + "/features", "{\"featureX\":{}}");
                stage.expect(204, "alice", "PUT", "/things/" + id + "/features", "{\"feature1\":{}}");
            }
            Stage.equal("UPDATED " + wanted, Stage.take(seen));
            Stage.holds(seen.isEmpty(), "nothing else: " + seen);
        });
        stage.check("FilterEvents.namespaces: created and deleted", () -> {
            var alice = stage.client("alice");
            var seen = new LinkedBlockingQueue<String>();
            alice.twin().registerForThingChanges(id(), change ->
                    seen.add(change.getAction() + " " + change.getEntityId()));
            Stage.await(alice.twin().startConsumption(Options.Consumption.namespaces("org.interesting")));
            String wanted = "org.interesting:" + id();
            for (String id : List.of("org.another:" + id(), wanted)) {
                stage.expect(201, "alice", "PUT", "/things/" + id, "{}");
                stage.expect(204, "alice", "DELETE", "/things/" + id, null);
            }
            Stage.equal(List.of("CREATED " + wanted, "DELETED " + wanted), Stage.take(seen, 2));
            Stage.holds(seen.isEmpty(), "nothing else: " + seen);
        });
        stage.check("FilterEvents.values, enriched values, actions", () -> {
            filtered("le(attributes/a,1)", null, List.of("CREATED 0", "UPDATED 1"));
            filtered("and(eq(attributes/location,\"kitchen\"),eq(attributes/a,42))", "attributes/location",
                    List.of("UPDATED 42", "MERGED 42"));
            filtered("and(eq(attributes/a,0),eq(topic:action,'created'))", null, List.of("CREATED 0"));
            filtered("in(topic:action,'modified','merged')", null,
                    List.of("UPDATED 1", "UPDATED 42", "MERGED 42"));
        });
    }

    private void filtered(String filter, String extra, List<String> expected) throws Exception {
        var alice = stage.client("alice");
        ThingId id = stage.fresh();
        var seen = Stage.queue();
        alice.twin().forId(id).registerForThingChanges(id(), change -> seen.add(change.getAction() + " "
                + change.getValue().flatMap(value -> value.asObject().getValue("attributes/a")).map(JsonValue::toString)
                        .orElse("-")));
        if (extra == null) {
            Stage.await(alice.twin().startConsumption(Options.Consumption.filter(filter)));
        } else {
            Stage.await(alice.twin().startConsumption(
                    Options.Consumption.extraFields(JsonFieldSelector.newInstance(extra)),
                    Options.Consumption.filter(filter)));
        }
        String path = "/things/" + id;
        stage.expect(201, "alice", "PUT", path, "{\"attributes\":{\"location\":\"kitchen\",\"a\":0}}");
        stage.expect(204, "alice", "PUT", path + "/attributes/a", "1");
        stage.expect(204, "alice", "PUT", path + "/attributes/a", "42");
        stage.expect(204, "alice", "PATCH", path + "/attributes/a", "42");
        stage.expect(204, "alice", "DELETE", path, null);
        Stage.equal(expected, Stage.take(seen, expected.size()));
        Stage.holds(seen.poll(200, TimeUnit.MILLISECONDS) == null, "nothing else: " + seen);
    }
}
