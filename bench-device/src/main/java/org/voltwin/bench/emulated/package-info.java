/**
 * A physical bench for laboratories that have none at hand: a Hono device that takes orders and sends samples, with a
 * source of rows in place of a cell.
 *
 * <p>Entry type: {@link org.voltwin.bench.emulated.PhysicalBenchDevice}. Must not know: how the source makes its rows.
 */
@NullMarked
package org.voltwin.bench.emulated;

import org.jspecify.annotations.NullMarked;
