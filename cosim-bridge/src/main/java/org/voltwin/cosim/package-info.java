/**
 * Co-simulation: FMU checking, coupling and stepping, virtual benches, the models exchange.
 *
 * <p>Entry types: {@link org.voltwin.cosim.bench.VirtualBenchPool}, {@link org.voltwin.cosim.library.ModelsFolder},
 * {@link org.voltwin.cosim.check.FolderInspector}. Must not know: Ditto, the LIMS' tables.
 */
@NullMarked
package org.voltwin.cosim;

import org.jspecify.annotations.NullMarked;
