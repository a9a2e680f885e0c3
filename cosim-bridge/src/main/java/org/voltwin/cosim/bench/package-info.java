/**
 * Virtual benches: orders executed by workers, rows published on the laboratory's broker.
 *
 * <p>Entry type: {@link org.voltwin.cosim.bench.VirtualBenchPool}. Must not know: FMI, the models exchange.
 */
@NullMarked
package org.voltwin.cosim.bench;

import org.jspecify.annotations.NullMarked;
