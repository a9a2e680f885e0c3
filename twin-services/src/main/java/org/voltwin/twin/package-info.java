/**
 * Services around twins: the room as one thing that app starts and stops.
 *
 * <p>Entry type: {@link org.voltwin.twin.TwinRoom}. Must not know: the other rooms, standalone processes.
 */
@NullMarked
package org.voltwin.twin;

import org.jspecify.annotations.NullMarked;
