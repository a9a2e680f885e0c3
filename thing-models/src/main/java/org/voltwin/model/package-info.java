/**
 * Voltwin's vocabulary: the words the rooms share and nothing that does I/O.
 *
 * <p>Entry type: {@link org.voltwin.model.TwinId}. Must not know: Vert.x, Ditto classes, files, the wall clock.
 */
@NullMarked
package org.voltwin.model;

import org.jspecify.annotations.NullMarked;
