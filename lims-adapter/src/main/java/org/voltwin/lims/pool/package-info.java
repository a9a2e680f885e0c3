/**
 * What arrives in the pool and belongs to nobody: kept aside with the reason.
 *
 * <p>Entry type: {@link org.voltwin.lims.pool.PoolMonitor}. Must not know: SFTP, requests.
 */
@NullMarked
package org.voltwin.lims.pool;

import org.jspecify.annotations.NullMarked;
