/**
 * State of things and policies: what commands change, as pure functions, and the one gate all commands pass. Entry type: {@link org.voltwin.standalone.ditto.twin.CommandGate}. Must not know HTTP or WebSocket.
 */
@NullMarked
package org.voltwin.standalone.ditto.twin;

import org.jspecify.annotations.NullMarked;
