package org.voltwin.standalone.ditto.conformance;

import java.util.UUID;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.json.JsonSchemaVersion;
import org.eclipse.ditto.policies.model.Policy;
import org.eclipse.ditto.things.model.Thing;
import org.eclipse.ditto.things.model.ThingId;
import org.eclipse.ditto.things.model.signals.commands.modify.CreateThing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Two WebSockets of two users, each of whom declared a label. */
abstract class TwoSockets {
    final SharedDitto ditto = SharedDitto.get();
    final String ownLabel = "first:custom-" + UUID.randomUUID();
    final String otherLabel = "second:custom-" + UUID.randomUUID();
    final ThingId thingId = StreamsPolicies.freshThing();
    StreamsSocket first;
    StreamsSocket second;

    @BeforeEach
    void open() {
        first = StreamsSocket.open(ditto.running(), ditto.token("first"), "declared-acks", "[\"" + ownLabel + "\"]");
        second =
                StreamsSocket.open(ditto.running(), ditto.token("second"), "declared-acks", "[\"" + otherLabel + "\"]");
    }

    @AfterEach
    void close() {
        first.close();
        second.close();
    }

    static DittoHeaders headers() {
        return DittoHeaders.newBuilder()
                .schemaVersion(JsonSchemaVersion.V_2)
                .randomCorrelationId()
                .build();
    }

    final Thing thing() {
        return Thing.newBuilder().setId(thingId).build();
    }

    final CreateThing create(Thing thing, Policy policy) {
        return CreateThing.of(thing, policy.toJson(), headers());
    }

    final Policy both() {
        return StreamsPolicies.all("first", "second");
    }
}
