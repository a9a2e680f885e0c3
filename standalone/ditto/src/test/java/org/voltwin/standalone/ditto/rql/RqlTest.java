package org.voltwin.standalone.ditto.rql;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.protocol.TopicPath;
import org.eclipse.ditto.things.model.Thing;
import org.eclipse.ditto.things.model.ThingId;
import org.eclipse.ditto.things.model.ThingsModelFactory;
import org.eclipse.ditto.things.model.signals.events.ThingDeleted;
import org.junit.jupiter.api.Test;

class RqlTest {
    private static final ThingId ID = ThingId.of("org.test:t");

    private static boolean matches(String filter, String thing) {
        Thing subject = ThingsModelFactory.newThing(thing);
        return Rql.overEvents(filter, DittoHeaders.empty())
                .matches(
                        subject,
                        TopicPath.newBuilder(ID)
                                .things()
                                .twin()
                                .events()
                                .modified()
                                .build(),
                        ThingDeleted.of(ID, 1L, null, DittoHeaders.empty(), null));
    }

    @Test
    void nothingIsMoreThanNull() {
        assertThat(matches("gt(attributes/x,null)", "{\"thingId\":\"org.test:t\",\"attributes\":{\"x\":1}}"))
                .isFalse();
    }

    @Test
    void anyFeatureMayMatchAnEvent() {
        String thing = """
                {"thingId":"org.test:t","features":{"a":{"properties":{"u":1}},"b":{"properties":{"u":5}}}}""";
        assertThat(matches("and(gt(features/*/properties/u,4),eq(topic:action,'modified'))", thing))
                .isTrue();
        assertThat(matches("gt(features/*/properties/u,6)", thing)).isFalse();
    }
}
