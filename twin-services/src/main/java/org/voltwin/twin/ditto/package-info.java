/**
 * The only place that talks to Ditto: commands and search over HTTP, change events over WebSocket.
 *
 * <p>Entry type: {@link org.voltwin.twin.ditto.Twins}. Must not know: runs, samples.
 */
@NullMarked
package org.voltwin.twin.ditto;

import org.jspecify.annotations.NullMarked;
