package org.voltwin.standalone.ditto.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.json.JsonSchemaVersion;
import org.eclipse.ditto.base.model.signals.Signal;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.policies.model.Policy;
import org.eclipse.ditto.things.model.ThingId;
import org.eclipse.ditto.things.model.ThingsModelFactory;
import org.eclipse.ditto.things.model.signals.commands.modify.CreateThing;
import org.eclipse.ditto.things.model.signals.commands.modify.CreateThingResponse;
import org.eclipse.ditto.things.model.signals.commands.modify.DeleteAttribute;
import org.eclipse.ditto.things.model.signals.commands.modify.MergeThing;
import org.eclipse.ditto.things.model.signals.commands.modify.ModifyAttribute;
import org.eclipse.ditto.things.model.signals.commands.modify.ModifyAttributes;
import org.eclipse.ditto.things.model.signals.commands.modify.ModifyFeatureProperty;
import org.eclipse.ditto.things.model.signals.commands.modify.ModifyThing;
import org.eclipse.ditto.things.model.signals.events.AttributeModified;
import org.eclipse.ditto.things.model.signals.events.AttributesModified;
import org.eclipse.ditto.things.model.signals.events.FeaturePropertyModified;
import org.eclipse.ditto.things.model.signals.events.ThingEvent;
import org.eclipse.ditto.things.model.signals.events.ThingMerged;
import org.eclipse.ditto.things.model.signals.events.ThingModified;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What of the changes of a thing comes to somebody who may read some of it: exactly that, and no other event. */
class StreamsPartialViewsIT {
    private static final JsonPointer SPECIAL = JsonPointer.of("something/special");

    private final SharedDitto ditto = SharedDitto.get();
    private final ThingId thingId = StreamsPolicies.freshThing();
    private StreamsSocket owner;
    private StreamsSocket partial;

    @BeforeEach
    void open() {
        owner = StreamsSocket.open(ditto.running(), ditto.token("first"));
        partial = StreamsSocket.open(ditto.running(), ditto.token("second"));
    }

    @AfterEach
    void close() {
        owner.close();
        partial.close();
    }

    private static DittoHeaders headers() {
        return DittoHeaders.newBuilder()
                .schemaVersion(JsonSchemaVersion.V_2)
                .randomCorrelationId()
                .build();
    }

    private JsonObject thing(String something, String more) {
        return JsonObject.of("""
                {"thingId":"%1$s","policyId":"%1$s",
                 "attributes":{"something":%2$s,"other":"o"},
                 "features":{"public":{"properties":{"value":"p"}},"private":{"properties":{"value":"s"}}%3$s}}""".formatted(thingId, something, more));
    }

    /** Ends what is watched for: everybody may see that this attribute goes. */
    private Policy policy(String... granted) {
        var builder = StreamsPolicies.of("owner", "first")
                .forLabel("partial")
                .setSubject(StreamsPolicies.subject("second"))
                .setGrantedPermissions("thing", "/attributes/end", "READ");
        for (String resource : granted) {
            builder = builder.setGrantedPermissions("thing", resource, "READ");
        }
        return builder.build();
    }

    private void create(JsonObject thing, Policy policy) throws Exception {
        owner.ask(
                CreateThing.of(ThingsModelFactory.newThing(thing), policy.toJson(), headers()),
                CreateThingResponse.class);
        partial.control("START-SEND-EVENTS", "filter", "eq(thingId,\"" + thingId + "\")");
    }

    private List<ThingEvent<?>> events() throws Exception {
        owner.ask(ModifyAttribute.of(thingId, JsonPointer.of("end"), JsonValue.of(true), headers()), Signal.class);
        owner.ask(DeleteAttribute.of(thingId, JsonPointer.of("end"), headers()), Signal.class);
        var events = new ArrayList<ThingEvent<?>>();
        for (ThingEvent<?> event = partial.next(ThingEvent.class);
                !event.getType().equals("things.events:attributeDeleted");
                event = partial.next(ThingEvent.class)) {
            if (!event.getResourcePath().toString().equals("/attributes/end")) {
                events.add(event);
            }
        }
        return events;
    }

    @Test
    void wholesAreCutAndOtherPartsAreSilent() throws Exception {
        create(
                thing("{\"special\":\"s\",\"other\":\"o\",\"hidden\":\"h\"}", ""),
                policy("/attributes/something/special", "/features/public"));
        owner.ask(ModifyAttribute.of(thingId, SPECIAL, JsonValue.of("s1"), headers()), Signal.class);
        owner.ask(
                ModifyAttribute.of(thingId, JsonPointer.of("something/other"), JsonValue.of("o1"), headers()),
                Signal.class);
        owner.ask(ModifyAttribute.of(thingId, JsonPointer.of("other"), JsonValue.of("o1"), headers()), Signal.class);
        owner.ask(
                MergeThing.of(
                        thingId,
                        JsonPointer.of("attributes/something"),
                        JsonObject.of("{\"special\":\"s2\",\"other\":\"o2\",\"newChild\":\"n\"}"),
                        headers()),
                Signal.class);
        owner.ask(
                ModifyAttributes.of(
                        thingId,
                        ThingsModelFactory.newAttributes(
                                "{\"something\":{\"special\":\"s3\",\"other\":\"o3\"},\"newAttr\":\"n\"}"),
                        headers()),
                Signal.class);
        owner.ask(
                ModifyThing.of(
                        thingId,
                        ThingsModelFactory.newThing(thing(
                                "{\"special\":\"s4\",\"other\":\"o4\"}", ",\"newFeature\":{\"properties\":{\"v\":1}}")),
                        null,
                        headers()),
                Signal.class);
        owner.ask(
                MergeThing.of(
                        thingId,
                        JsonPointer.empty(),
                        JsonObject.of("{\"attributes\":{\"something\":{\"special\":\"s5\",\"other\":\"o5\"},"
                                + "\"newAttr\":1},\"features\":{\"public\":{\"properties\":{\"value\":\"p5\"}},"
                                + "\"newFeature\":{\"properties\":{\"v\":2}}}}"),
                        headers()),
                Signal.class);
        owner.ask(
                ModifyFeatureProperty.of(thingId, "public", JsonPointer.of("value"), JsonValue.of("p6"), headers()),
                Signal.class);
        owner.ask(
                ModifyFeatureProperty.of(thingId, "private", JsonPointer.of("value"), JsonValue.of("s6"), headers()),
                Signal.class);

        List<ThingEvent<?>> events = events();

        assertThat(events).hasSize(6);
        assertThat(events.get(0)).isInstanceOfSatisfying(AttributeModified.class, event -> {
            assertThat((Object) event.getAttributePointer()).isEqualTo(SPECIAL);
            assertThat(event.getAttributeValue()).isEqualTo(JsonValue.of("s1"));
        });
        assertThat(events.get(1))
                .isInstanceOfSatisfying(
                        ThingMerged.class,
                        event -> assertThat(event.getValue()).isEqualTo(JsonObject.of("{\"special\":\"s2\"}")));
        assertThat(events.get(2))
                .isInstanceOfSatisfying(
                        AttributesModified.class,
                        event -> assertThat(event.getModifiedAttributes().toJsonString())
                                .isEqualTo("{\"something\":{\"special\":\"s3\"}}"));
        assertThat(events.get(3)).isInstanceOfSatisfying(ThingModified.class, event -> {
            JsonObject seen = event.getThing().toJson();
            assertThat(seen.getValue("attributes").map(JsonValue::toString))
                    .contains("{\"something\":{\"special\":\"s4\"}}");
            assertThat(seen.getValue("features").map(JsonValue::toString))
                    .contains("{\"public\":{\"properties\":{\"value\":\"p\"}}}");
        });
        assertThat(events.get(4))
                .isInstanceOfSatisfying(
                        ThingMerged.class,
                        event -> assertThat(event.getValue())
                                .isEqualTo(JsonObject.of("{\"attributes\":{\"something\":{\"special\":\"s5\"}},"
                                        + "\"features\":{\"public\":{\"properties\":{\"value\":\"p5\"}}}}")));
        assertThat(events.get(5))
                .isInstanceOfSatisfying(
                        FeaturePropertyModified.class,
                        event -> assertThat(event.getFeatureId()).isEqualTo("public"));
    }

    @Test
    void revokedPartsBelowAreCut() throws Exception {
        var policy = StreamsPolicies.of("owner", "first")
                .forLabel("partial")
                .setSubject(StreamsPolicies.subject("second"))
                .setGrantedPermissions("thing", "/attributes/end", "READ")
                .setGrantedPermissions("thing", "/attributes/something/special", "READ")
                .setRevokedPermissions("thing", "/attributes/something/special/hidden", "READ")
                .build();
        create(thing("{\"special\":{\"value\":\"v\",\"hidden\":\"h\",\"visible\":\"x\"}}", ""), policy);
        for (String name : List.of("value", "hidden", "visible")) {
            owner.ask(
                    ModifyAttribute.of(
                            thingId, JsonPointer.of("something/special/" + name), JsonValue.of("new"), headers()),
                    Signal.class);
        }
        owner.ask(
                ModifyAttribute.of(
                        thingId, SPECIAL, JsonObject.of("{\"value\":1,\"hidden\":2,\"visible\":3}"), headers()),
                Signal.class);

        assertThat(events())
                .extracting(event -> event.getResourcePath() + " " + ((AttributeModified) event).getAttributeValue())
                .containsExactly(
                        "/attributes/something/special/value \"new\"",
                        "/attributes/something/special/visible \"new\"",
                        "/attributes/something/special {\"value\":1,\"visible\":3}");
    }
}
