/**
 * FMI 2.0 and 3.0 for co-simulation through the JDK's Foreign Function &amp; Memory API. Only a worker process may load it.
 *
 * <p>Entry type: {@link org.voltwin.cosim.fmi.Instantiation}. Must not know: archives, connections, procedures, the message bus.
 */
@NullMarked
package org.voltwin.cosim.fmi;

import org.jspecify.annotations.NullMarked;
