/**
 * The placeholders of connections, for Ditto's own expression resolver. Entry type: {@link org.voltwin.standalone.ditto.connect.placeholder.Expressions}. Must not know brokers.
 */
@NullMarked
package org.voltwin.standalone.ditto.connect.placeholder;

import org.jspecify.annotations.NullMarked;
