/**
 * Ditto signals from topic, path and value, through Ditto's own protocol adapter. Entry type: {@link org.voltwin.standalone.ditto.signal.Signals}. Must not know HTTP, WebSocket or state.
 */
@NullMarked
package org.voltwin.standalone.ditto.signal;

import org.jspecify.annotations.NullMarked;
