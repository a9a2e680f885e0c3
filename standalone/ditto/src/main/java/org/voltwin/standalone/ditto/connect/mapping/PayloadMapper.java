package org.voltwin.standalone.ditto.connect.mapping;

import java.util.List;
import org.eclipse.ditto.protocol.Adaptable;
import org.voltwin.standalone.ditto.connect.transport.ExternalMessage;

/** Makes envelopes of the Ditto Protocol of what a broker carries, and the other way round. */
interface PayloadMapper {
    /**
     * @return none to drop the message
     * @throws RuntimeException when the message is not what the mapper expects
     */
    List<Adaptable> incoming(ExternalMessage message);

    /** As {@link #incoming}. */
    List<ExternalMessage> outgoing(Adaptable adaptable);
}
