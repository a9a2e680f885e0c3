/**
 * The life cycle of a test run as sealed records that have only its legal moves.
 *
 * <p>Entry type: {@link org.voltwin.model.run.RunState}. Must not know: who performs a stage, how a run is stored.
 */
@NullMarked
package org.voltwin.model.run;

import org.jspecify.annotations.NullMarked;
