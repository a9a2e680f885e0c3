/**
 * Acknowledgements: which session may give which, and who waits for some. Entry type: {@link org.voltwin.standalone.ditto.ack.Acks}. Must not know HTTP, WebSocket or state.
 */
@NullMarked
package org.voltwin.standalone.ditto.ack;

import org.jspecify.annotations.NullMarked;
