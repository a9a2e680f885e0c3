/**
 * Delivery of a run's models into the laboratory's pool by SFTP.
 *
 * <p>Entry type: {@link org.voltwin.lims.delivery.DeliveryStage}. Must not know: where the pool is on disk.
 */
@NullMarked
package org.voltwin.lims.delivery;

import org.jspecify.annotations.NullMarked;
