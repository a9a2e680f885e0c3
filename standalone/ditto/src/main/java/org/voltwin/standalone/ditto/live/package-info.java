/**
 * Live messages, commands and events between connected clients, and their correlated answers. Entry type: {@link org.voltwin.standalone.ditto.live.LiveRouter}. Must not know HTTP or the journal.
 */
@NullMarked
package org.voltwin.standalone.ditto.live;

import org.jspecify.annotations.NullMarked;
