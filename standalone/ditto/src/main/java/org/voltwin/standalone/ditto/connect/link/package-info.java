/**
 * One open connection: from its broker to commands and from events to its broker. Entry type: {@link org.voltwin.standalone.ditto.connect.link.Link}. Must not know HTTP or how connections are stored.
 */
@NullMarked
package org.voltwin.standalone.ditto.connect.link;

import org.jspecify.annotations.NullMarked;
