/**
 * The command line and the place where everything is put together.
 *
 * <p>Entry type: {@link org.voltwin.app.Main}. Must not know: business rules; they live in the rooms.
 */
@NullMarked
package org.voltwin.app;

import org.jspecify.annotations.NullMarked;
