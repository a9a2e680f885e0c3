/**
 * Change events on their way to subscribers: filter, extra fields, partial views. Entry type: {@link org.voltwin.standalone.ditto.stream.EventHub}. Must not know HTTP or how WebSocket frames look.
 */
@NullMarked
package org.voltwin.standalone.ditto.stream;

import org.jspecify.annotations.NullMarked;
