/**
 * The pipeline of D6.4 section 6: data processor, DoE runner, schedule optimiser.
 *
 * <p>Entry type: {@link org.voltwin.lims.pipeline.DataProcessorStage}. Must not know: how designs and plans are computed, SFTP.
 */
@NullMarked
package org.voltwin.lims.pipeline;

import org.jspecify.annotations.NullMarked;
