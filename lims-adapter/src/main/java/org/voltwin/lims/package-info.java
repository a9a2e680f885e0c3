/**
 * The laboratory information management system: requests, catalogue, delivery into the pool, pipeline.
 *
 * <p>Entry type: {@link org.voltwin.lims.LimsRoom}. Must not know: Ditto classes, FMI, solvers, web servers.
 */
@NullMarked
package org.voltwin.lims;

import org.jspecify.annotations.NullMarked;
