/**
 * FMU archives and their model descriptions, hostile until checked; nothing in here runs native code.
 *
 * <p>Entry type: {@link org.voltwin.cosim.fmu.FmuArchive}. Must not know: connections, workers, the message bus.
 */
@NullMarked
package org.voltwin.cosim.fmu;

import org.jspecify.annotations.NullMarked;
