/**
 * Puts the rooms and their adapters together in one process.
 *
 * <p>Entry type: {@link org.voltwin.app.rooms.RoomsMain}. Must not know: business rules.
 */
@NullMarked
package org.voltwin.app.rooms;

import org.jspecify.annotations.NullMarked;
