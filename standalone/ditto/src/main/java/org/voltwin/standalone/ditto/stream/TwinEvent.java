package org.voltwin.standalone.ditto.stream;

import java.util.function.Supplier;
import org.eclipse.ditto.protocol.Adaptable;
import org.eclipse.ditto.things.model.Thing;

/** A change of a thing as one subscriber may see it. */
public final class TwinEvent {
    private final Adaptable envelope;
    private final Supplier<Thing> thing;

    TwinEvent(Adaptable envelope, Supplier<Thing> thing) {
        this.envelope = envelope;
        this.thing = thing;
    }

    /** The event in the Ditto Protocol, with extra fields if the subscriber asked for some. */
    public Adaptable envelope() {
        return envelope;
    }

    /** What the event says, as a partial thing, extra fields included; made when somebody asks. */
    public Thing thing() {
        return thing.get();
    }
}
