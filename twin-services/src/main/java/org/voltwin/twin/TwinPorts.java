package org.voltwin.twin;

import java.time.Clock;
import org.voltwin.model.port.MessageBus;
import org.voltwin.model.port.ModelLibrary;
import org.voltwin.model.port.VirtualBenches;

/** What the room needs of others. */
public record TwinPorts(MessageBus bus, ModelLibrary models, VirtualBenches virtualBenches, Clock clock) {}
