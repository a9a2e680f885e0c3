package org.voltwin.standalone.ditto.connect.link;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.connect.transport.Transport;

/**
 * What became of a signal on its way out.
 *
 * @param problem why it is not with the broker; null when it is
 * @param response what was answered to it; null where the protocol has no answers
 */
record Published(@Nullable String problem, Transport.@Nullable Response response) {
    static final Published DONE = new Published(null, null);

    static Published failed(String problem) {
        return new Published(problem, null);
    }

    /** Of several messages made from one signal: a problem of any is one of all. */
    static Published all(Collection<Published> parts) {
        return parts.stream()
                .filter(part -> part.problem() != null)
                .findFirst()
                .or(() -> parts.stream().filter(part -> part.response() != null).findFirst())
                .orElse(DONE);
    }
}
