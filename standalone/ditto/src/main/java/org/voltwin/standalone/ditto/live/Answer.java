package org.voltwin.standalone.ditto.live;

import java.util.Map;
import org.eclipse.ditto.base.model.signals.acks.Acknowledgements;
import org.eclipse.ditto.protocol.Adaptable;
import org.voltwin.standalone.ditto.twin.Reply;

/** What comes back for a command or message. */
public sealed interface Answer {
    /** Of the twin; {@code headers} say more when the live channel was considered. */
    record Twin(Reply reply, Map<String, String> headers) implements Answer {}

    /** Of somebody who received it live. */
    record Live(Adaptable envelope) implements Answer {}

    /** The acknowledgements that were requested. */
    record Acked(Acknowledgements acknowledgements) implements Answer {}

    /** None was wanted. */
    record Sent() implements Answer {}
}
