/**
 * Findings on FMUs and on how they fit together, before anything runs.
 *
 * <p>Entry type: {@link org.voltwin.cosim.check.FolderInspector}. Must not know: workers, the message bus.
 */
@NullMarked
package org.voltwin.cosim.check;

import org.jspecify.annotations.NullMarked;
