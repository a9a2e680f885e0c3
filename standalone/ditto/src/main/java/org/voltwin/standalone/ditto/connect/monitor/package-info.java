/**
 * Counts and log of one connection. Entry type: {@link org.voltwin.standalone.ditto.connect.monitor.Monitor}. Must not know what is counted.
 */
@NullMarked
package org.voltwin.standalone.ditto.connect.monitor;

import org.jspecify.annotations.NullMarked;
