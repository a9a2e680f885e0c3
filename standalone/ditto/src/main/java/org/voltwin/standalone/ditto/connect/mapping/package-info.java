/**
 * What a broker's message means, and what is sent for a signal. Entry type: {@link org.voltwin.standalone.ditto.connect.mapping.Mappers}. Must not know brokers, policies or state.
 */
@NullMarked
package org.voltwin.standalone.ditto.connect.mapping;

import org.jspecify.annotations.NullMarked;
