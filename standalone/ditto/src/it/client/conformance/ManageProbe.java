import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.eclipse.ditto.base.model.exceptions.DittoRuntimeException;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.client.DittoClient;
import org.eclipse.ditto.client.changes.Change;
import org.eclipse.ditto.client.options.Options;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonFieldSelector;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.policies.model.Label;
import org.eclipse.ditto.policies.model.Policy;
import org.eclipse.ditto.policies.model.PolicyId;
import org.eclipse.ditto.things.model.Feature;
import org.eclipse.ditto.things.model.Thing;
import org.eclipse.ditto.things.model.ThingId;
import org.eclipse.ditto.things.model.ThingTooLargeException;
import org.eclipse.ditto.things.model.ThingsModelFactory;
import org.eclipse.ditto.things.model.signals.commands.exceptions.FeatureNotAccessibleException;
import org.eclipse.ditto.things.model.signals.commands.exceptions.ThingConditionFailedException;
import org.eclipse.ditto.things.model.signals.commands.exceptions.ThingConditionInvalidException;

/** Things, attributes, features, policies and searches through the real client. */
final class ManageProbe {
    private static final int MAX_THING = 100 * 1024;

    private final Stage stage;

    ManageProbe(Stage stage) {
        this.stage = stage;
    }

    private static String id() {
        return UUID.randomUUID().toString();
    }

    /** A thing of alice's, watched by bob. */
    private final class Scene {
        final DittoClient alice = stage.client("alice");
        final DittoClient bob = stage.client("bob");
        final ThingId id = stage.fresh();
        final BlockingQueue<String> seen = Stage.queue();

        Scene watched() throws Exception {
            bob.twin().forId(id).registerForThingChanges(id(), this::see);
            Stage.await(bob.twin().startConsumption());
            return this;
        }

        void see(Change change) {
            seen.add(change.getAction() + " " + change.getPath() + " "
                    + change.getValue().map(Object::toString).orElse("-"));
        }

        void create(Thing thing) throws Exception {
            Stage.await(alice.twin().create(thing, stage.policy(id, "alice", "bob")));
        }

        void expect(String... all) throws Exception {
            Stage.equal(List.of(all), Stage.take(seen, all.length));
        }

        Thing now() throws Exception {
            return Stage.await(alice.twin().forId(id).retrieve());
        }
    }

    private static JsonObject json(String text) {
        return JsonObject.of(text);
    }

    private static Feature feature(String id, String properties) {
        return Feature.newBuilder()
                .properties(ThingsModelFactory.newFeatureProperties(json(properties)))
                .withId(id)
                .build();
    }

    void things() {
        stage.check("ManageThings.create, selected fields, delete, invalid ids", () -> {
            var scene = new Scene();
            Stage.equal(scene.id, Stage.await(scene.alice.twin().create(scene.id, stage.policy(scene.id, "alice")))
                    .getEntityId().orElseThrow());
            Thing selected = Stage.await(scene.alice.twin().forId(scene.id)
                    .retrieve(JsonFactory.newFieldSelector("thingId,_created,_modified,_revision",
                            org.eclipse.ditto.json.JsonParseOptions.newBuilder().build())));
            Stage.holds(selected.getRevision().isPresent() && selected.getCreated().isPresent()
                    && selected.getModified().isPresent() && selected.getPolicyEntityId().isEmpty(), "selected " + selected);
            Stage.await(scene.alice.twin().delete(scene.id));
            try {
                Stage.await(scene.alice.twin().create(json("{\"thingId\":\"invalid\"}")));
                throw new AssertionError("an invalid id was taken");
            } catch (org.eclipse.ditto.things.model.ThingIdInvalidException e) {
                Stage.holds(e.getMessage().contains("invalid"), "says what is wrong");
            }
        });
        stage.check("ManageThings.update, merge, merge of nothing", () -> {
            var scene = new Scene().watched();
            scene.create(Stage.thing(scene.id));
            Stage.take(scene.seen);
            Stage.await(scene.alice.twin().update(Stage.thing(scene.id).setAttribute("a", "bar")));
            Stage.holds(Stage.take(scene.seen).startsWith("UPDATED /"), "updated");
            Stage.await(scene.alice.twin().merge(scene.id, Stage.thing(scene.id).setAttribute("a", "biz")));
            Stage.holds(Stage.take(scene.seen).startsWith("MERGED /"), "merged");
            Stage.equal("biz", scene.now().getAttributes().orElseThrow().getValue("a").orElseThrow().asString());
            Thing nothing = Thing.newBuilder().setId(scene.id)
                    .setAttributes(ThingsModelFactory.nullAttributes())
                    .setFeatures(ThingsModelFactory.nullFeatures())
                    .build();
            Stage.await(scene.alice.twin().merge(scene.id, nothing));
            Stage.holds(scene.now().getAttributes().isEmpty() && scene.now().getFeatures().isEmpty(), "nothing left");
        });
        stage.check("ManageThings.update and merge of what does not exist, exists options", () -> {
            var twin = stage.client("alice").twin();
            Thing thing = Thing.newBuilder().setId(stage.fresh()).build();
            Stage.failure(twin.update(thing.setAttribute("a", "b")));
            Stage.failure(twin.merge(thing.getEntityId().orElseThrow(), thing.setAttribute("a", "b")));
            Stage.failure(twin.put(thing, Options.Modify.exists(true)));
            Stage.await(twin.create(thing));
            Stage.failure(twin.put(thing.setAttribute("a", "b"), Options.Modify.exists(false)));
        });
        stage.check("ManageThings.put creates or overwrites", () -> {
            var scene = new Scene().watched();
            Thing thing = Thing.newBuilder().setId(scene.id).build();
            Stage.holds(Stage.await(scene.alice.twin().put(thing, stage.policy(scene.id, "alice", "bob"))).isPresent(),
                    "created");
            Stage.holds(Stage.await(scene.alice.twin().put(thing.setAttribute("a", "b"))).isEmpty(), "overwritten");
            Stage.take(scene.seen, 2);
        });
        stage.check("ManageThings.too large", () -> {
            var scene = new Scene();
            Stage.holds(Stage.failure(scene.alice.twin().create(Thing.newBuilder().setId(scene.id)
                    .setAttribute(JsonPointer.of("a"), JsonValue.of("a".repeat(MAX_THING))).build())) instanceof ThingTooLargeException, "create");
            Thing large = Thing.newBuilder().setId(scene.id).setAttribute(JsonPointer.of("a"), JsonValue.of("a".repeat(MAX_THING - 400))).build();
            Stage.await(scene.alice.twin().create(large));
            var handle = scene.alice.twin().forId(scene.id);
            JsonObject more = json("{\"a\":\"" + "a".repeat(400) + "\"}");
            Stage.holds(Stage.failure(handle.putAttribute("b", more)) instanceof ThingTooLargeException, "attribute");
            Stage.holds(Stage.failure(handle.mergeAttribute("b", more)) instanceof ThingTooLargeException, "merge");
            Feature feature = feature("f", more.toString());
            Stage.holds(Stage.failure(handle.putFeature(feature)) instanceof ThingTooLargeException, "feature");
            Stage.holds(Stage.failure(handle.mergeFeature(feature)) instanceof ThingTooLargeException, "merge feature");
        });
        stage.check("ManageThings.copied policies", () -> {
            var scene = new Scene();
            scene.create(Stage.thing(scene.id));
            Policy original = Stage.await(scene.alice.policies().retrieve(PolicyId.of(scene.id)));
            Thing copy = Stage.await(scene.alice.twin().create(Thing.newBuilder().setId(stage.fresh()).build(),
                    Options.Modify.copyPolicyFromThing(scene.id)));
            Stage.equal(original.getEntriesSet(),
                    Stage.await(scene.alice.policies().retrieve(copy.getPolicyEntityId().orElseThrow())).getEntriesSet());
            Thing other = Stage.await(scene.alice.twin().create(Thing.newBuilder().setId(stage.fresh()).build(),
                    Options.headers(DittoHeaders.newBuilder().allowPolicyLockout(true).build()),
                    Options.Modify.copyPolicy(PolicyId.of(scene.id))));
            Stage.equal(original.getEntriesSet(),
                    Stage.await(scene.alice.policies().retrieve(other.getPolicyEntityId().orElseThrow())).getEntriesSet());
        });
        stage.check("ManageThings.conditions", () -> {
            var scene = new Scene();
            Thing thing = Stage.thing(scene.id).setAttribute("location", "IMB");
            scene.create(thing);
            scene.watched();
            Stage.await(scene.alice.twin().update(thing, Options.condition("eq(attributes/location,\"IMB\")")));
            Stage.take(scene.seen);
            Stage.holds(Stage.failure(scene.alice.twin().update(thing,
                    Options.condition("eq(attributes/location,\"L\")"))) instanceof ThingConditionFailedException, "no");
            Stage.holds(Stage.failure(scene.alice.twin().update(thing,
                    Options.condition("eq(attributes/location,\"IMB\""))) instanceof ThingConditionInvalidException,
                    "invalid");
        });
    }

    void attributes() {
        stage.check("ManageAttributes.actions and values", () -> {
            var scene = new Scene();
            scene.create(Stage.thing(scene.id));
            scene.bob.twin().forId(scene.id).registerForAttributesChanges(id(), scene::see);
            Stage.await(scene.bob.twin().startConsumption());
            var handle = scene.alice.twin().forId(scene.id);
            Stage.await(handle.putAttribute("s", "add"));
            Stage.await(handle.putAttribute("s", "update"));
            Stage.await(handle.mergeAttribute("s", "merge"));
            Stage.await(handle.deleteAttribute("s"));
            Stage.await(handle.putAttribute("i", 42));
            Stage.await(handle.putAttribute("d", 2d));
            Stage.await(handle.putAttribute("b", true));
            Stage.await(handle.putAttribute("l", 2L));
            Stage.await(handle.putAttribute("n", JsonFactory.nullLiteral()));
            Stage.await(handle.mergeAttribute("n", JsonFactory.nullLiteral()));
            scene.expect(
                    "CREATED /s \"add\"",
                    "UPDATED /s \"update\"",
                    "MERGED /attributes/s \"merge\"",
                    "DELETED /s -",
                    "CREATED /i 42",
                    "CREATED /d 2.0",
                    "CREATED /b true",
                    "CREATED /l 2",
                    "CREATED /n null",
                    "MERGED /attributes/n null");
        });
        stage.check("ManageAttributes.all", () -> {
            var scene = new Scene();
            scene.create(Stage.thing(scene.id));
            scene.bob.twin().forId(scene.id).registerForAttributesChanges(id(), scene::see);
            Stage.await(scene.bob.twin().startConsumption());
            var handle = scene.alice.twin().forId(scene.id);
            Stage.await(handle.setAttributes(json("{\"intPath\":30,\"stringPath\":\"s\",\"doublePath\":2.2}")));
            Stage.await(handle.setAttributes(JsonFactory.nullObject()));
            scene.expect("UPDATED / {\"intPath\":30,\"stringPath\":\"s\",\"doublePath\":2.2}", "UPDATED / null");
            Stage.await(handle.setAttributes(json("{\"a\":1}")));
            Stage.take(scene.seen);
            Stage.await(handle.deleteAttributes());
            scene.expect("DELETED / -");
            Stage.holds(scene.now().getAttributes().isEmpty(), "deleted");
        });
        stage.check("ManageAttributes.merge of null", () -> {
            var scene = new Scene();
            scene.create(Thing.newBuilder().setId(scene.id).setAttribute(JsonPointer.of("n"), JsonValue.of(42)).build());
            scene.bob.twin().forId(scene.id).registerForAttributesChanges(id(), scene::see);
            Stage.await(scene.bob.twin().startConsumption());
            Stage.await(scene.alice.twin().forId(scene.id).mergeAttribute("n", JsonFactory.nullLiteral()));
            scene.expect("MERGED /attributes/n null");
            Stage.holds(scene.now().getAttributes().filter(a -> a.isEmpty()).isPresent(), "empty attributes remain");
        });
    }

    void features() {
        stage.check("ManageFeatures.create, modify, merge, delete", () -> {
            var scene = new Scene();
            scene.create(Thing.newBuilder().setId(scene.id).build());
            scene.bob.twin().forId(scene.id).registerForFeatureChanges(id(), change ->
                    scene.seen.add(change.getAction() + " "
                            + (change.getFeature() == null ? "-" : change.getFeature().getId())));
            Stage.await(scene.bob.twin().startConsumption());
            var handle = scene.alice.twin().forId(scene.id);
            Stage.await(handle.setFeatures(ThingsModelFactory.newFeatures(feature("one", "{\"a\":1}"))));
            Stage.await(handle.putFeature(Feature.newBuilder().withId("empty").build()));
            Stage.await(handle.putFeature(feature("one", "{\"b\":2}")));
            Stage.await(handle.mergeFeature(feature("one", "{\"a\":1}")));
            Stage.equal(feature("one", "{\"b\":2,\"a\":1}"),
                    scene.now().getFeatures().orElseThrow().getFeature("one").orElseThrow());
            Stage.await(handle.deleteFeature("one"));
            Stage.await(handle.deleteFeatures());
            Stage.holds(scene.now().getFeatures().isEmpty(), "deleted");
            Stage.equal(List.of("CREATED one", "CREATED empty", "UPDATED one", "MERGED one", "DELETED -"),
                    Stage.take(scene.seen, 5));
        });
        stage.check("ManageFeatures.exists options", () -> {
            var scene = new Scene();
            scene.create(Thing.newBuilder().setId(scene.id).setFeature(feature("there", "{\"a\":1}")).build());
            var handle = scene.alice.twin().forId(scene.id);
            Stage.failure(handle.putFeature(feature("there", "{}"), Options.Modify.exists(false)));
            Stage.failure(handle.putFeature(feature("new", "{}"), Options.Modify.exists(true)));
            Stage.failure(handle.mergeFeature(feature("there", "{}"), Options.Modify.exists(false)));
            Stage.failure(handle.mergeFeature(feature("new", "{}"), Options.Modify.exists(true)));
            Stage.equal(1, scene.now().getFeatures().orElseThrow().getSize());
        });
        stage.check("ManageFeatureProperties", () -> {
            var scene = new Scene();
            scene.create(Thing.newBuilder().setId(scene.id).build());
            var feature = scene.alice.twin().forId(scene.id).forFeature("f");
            Throwable missing = Stage.failure(feature.putProperty("density", 42));
            Stage.equal(FeatureNotAccessibleException.ERROR_CODE, ((DittoRuntimeException) missing).getErrorCode());
            Stage.await(scene.alice.twin().forId(scene.id).putFeature(ThingsModelFactory.newFeature("f")));
            scene.bob.twin().forFeature(scene.id, "f").registerForPropertyChanges(id(), scene::see);
            var density = Stage.queue();
            scene.bob.twin().forFeature(scene.id, "f").registerForPropertyChanges(id(), JsonPointer.of("density"),
                    change -> density.add(change.getAction() + " " + change.getPath()));
            Stage.await(scene.bob.twin().startConsumption());
            Stage.await(feature.putProperty("density", 42));
            Stage.await(feature.mergeProperty("density", 41));
            Stage.equal(41, Stage.await(feature.retrieve()).getProperty("density").orElseThrow().asInt());
            Stage.await(feature.deleteProperty("density"));
            Stage.await(feature.setProperties(ThingsModelFactory.newFeatureProperties(json("{\"x\":1}"))));
            Stage.await(feature.mergeProperties(ThingsModelFactory.newFeatureProperties(json("{\"x\":2}"))));
            Stage.equal("{\"x\":2}", Stage.await(feature.retrieve()).getProperties().orElseThrow().toJsonString());
            Stage.await(feature.deleteProperties());
            Stage.holds(Stage.await(feature.retrieve()).getProperties().isEmpty(), "deleted");
            Stage.holds(Stage.take(scene.seen).startsWith("CREATED /density"), "created");
            Stage.equal(2, Stage.take(density, 2).size());
        });
    }

    void policies() {
        stage.check("Policies.create, retrieve, fields, update, put, delete", () -> {
            var policies = stage.client("alice").policies();
            Policy policy = stage.policy(stage.fresh(), "alice", "bob");
            PolicyId id = policy.getEntityId().orElseThrow();
            Stage.equal(policy, Stage.await(policies.create(policy)));
            Stage.equal(policy, Stage.await(policies.retrieve(id)));
            Stage.equal(Policy.newBuilder().setRevision(1).build(),
                    Stage.await(policies.retrieve(id, JsonFieldSelector.newInstance("_revision"))));
            Policy smaller = policy.toBuilder().remove(Label.of("r-bob")).build();
            Stage.await(policies.update(smaller));
            Stage.equal(smaller, Stage.await(policies.retrieve(id)));
            Policy created = stage.policy(stage.fresh(), "alice");
            Stage.equal(created, Stage.await(policies.put(created)).orElseThrow());
            Stage.holds(Stage.await(policies.put(policy)).isEmpty(), "overwritten");
            Stage.await(policies.delete(id));
            stage.expect(404, "alice", "GET", "/policies/" + id, null);
        });
    }

    void retrieval() {
        stage.check("RetrieveThings", () -> {
            var alice = stage.client("alice");
            List<ThingId> ids = List.of(stage.fresh(), stage.fresh(), stage.fresh());
            for (ThingId id : ids) {
                Stage.await(alice.twin().create(Thing.newBuilder().setId(id)
                        .setAttributes(ThingsModelFactory.newAttributes(json("{\"attr1\":\"test1\",\"attr2\":{}}")))
                        .setFeature(feature("first", "{\"property\":\"object\"}")).build(),
                        stage.policy(id, "alice", "bob")));
            }
            Stage.equal(ids, Stage.await(alice.twin().retrieve(ids)).stream()
                    .map(thing -> thing.getEntityId().orElseThrow()).collect(Collectors.toList()));
            var fields = JsonFieldSelector.newInstance("thingId", "attributes/attr1", "features");
            List<Thing> some = Stage.await(alice.twin().retrieve(fields, ids));
            Stage.equal(json("{\"attr1\":\"test1\"}"), JsonFactory.newObject(some.get(1).getAttributes().orElseThrow().toJsonString()));
            Stage.holds(some.get(1).getFeatures().isPresent(), "features");
            Thing one = Stage.await(alice.twin().forId(ids.get(1))
                    .retrieve(JsonFieldSelector.newInstance("attributes/attr1")));
            Stage.holds(one.getEntityId().isEmpty() && one.getAttributes().isPresent(), "attributes only " + one);
            Stage.equal(ids.get(0), Stage.await(stage.client("bob").twin().forId(ids.get(0)).retrieve())
                    .getEntityId().orElseThrow());
        });
        stage.check("SubscribeThings", () -> {
            var alice = stage.client("alice");
            String mark = "m" + id().replace("-", "");
            for (int i = 0; i < 3; i++) {
                stage.send("alice", "PUT", "/things/" + stage.fresh(), "application/json",
                        ("{\"attributes\":{\"" + (i < 2 ? mark : "other") + "\":" + i + "}}").getBytes(),
                        "requested-acks", "[\"search-persisted\"]");
            }
            String filter = "exists(attributes/" + mark + ")";
            Stage.equal(2L, alice.twin().search()
                    .stream(q -> q.filter(filter).options("size(3)").initialDemand(55).demand(22)).count());
            Stage.equal(2L, alice.twin().search().stream(q -> q.filter(filter).initialDemand(55).demand(22)).count());
            Stage.equal(2L, alice.twin().search().stream(q -> q.filter("or(" + filter + ")")).count());
            Stage.holds(alice.twin().search().stream(q -> q.filter(null)).count() >= 3, "everything");
            var pages = new LinkedBlockingQueue<Integer>();
            alice.twin().search().publisher(q -> q.filter(filter).options("size(3)")).subscribe(
                    new org.reactivestreams.Subscriber<List<Thing>>() {
                        @Override
                        public void onSubscribe(org.reactivestreams.Subscription subscription) {
                            subscription.request(1);
                        }

                        @Override
                        public void onNext(List<Thing> page) {
                            pages.add(page.size());
                        }

                        @Override
                        public void onError(Throwable failure) {
                            pages.add(-1);
                        }

                        @Override
                        public void onComplete() {
                            pages.add(0);
                        }
                    });
            Stage.equal(2, pages.poll(5, TimeUnit.SECONDS));
        });
    }
}
