/**
 * The request desk: filing, following and cancelling requests, and their messages with an outbox.
 *
 * <p>Entry type: {@link org.voltwin.lims.request.Requests}. Must not know: the broker's protocol, how a run is worked on.
 */
@NullMarked
package org.voltwin.lims.request;

import org.jspecify.annotations.NullMarked;
