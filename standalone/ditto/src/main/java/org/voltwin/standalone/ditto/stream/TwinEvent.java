package org.voltwin.standalone.ditto.stream;

import org.eclipse.ditto.protocol.Adaptable;
import org.eclipse.ditto.things.model.Thing;

/**
 * A change of a thing as one subscriber may see it.
 *
 * @param envelope the event in the Ditto Protocol, with extra fields if the subscriber asked for some
 * @param thing what the event says, as a partial thing, extra fields included
 */
public record TwinEvent(Adaptable envelope, Thing thing) {}
