package org.voltwin.standalone.ditto.connect.transport;

import java.util.function.Consumer;
import org.eclipse.ditto.connectivity.model.Source;

/**
 * A message that came in.
 *
 * @param address the source's address that it matched, as in the definition
 * @param actualAddress the topic it came on
 * @param settle to be told once what became of it
 */
public record Received(
        Source source, String address, String actualAddress, ExternalMessage message, Consumer<Verdict> settle) {
    /** What the broker may do with a message. */
    public enum Verdict {
        /** Forget it: its effect is durable, or it was refused for good. */
        DONE,
        /** Deliver it again: what failed may work next time. */
        AGAIN
    }
}
