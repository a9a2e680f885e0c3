/**
 * WebSocket sessions that speak the Ditto Protocol. Entry type: {@link org.voltwin.standalone.ditto.ws.WebSocketApi}. Must not decide what a command does.
 */
@NullMarked
package org.voltwin.standalone.ditto.ws;

import org.jspecify.annotations.NullMarked;
