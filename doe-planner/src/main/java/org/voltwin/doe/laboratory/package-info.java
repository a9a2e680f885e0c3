/**
 * The pipeline's bench plan on the rich laboratory: benches, chambers and staff as the platform knows them become a
 * {@link org.voltwin.doe.schedule.lab.LabProblem}, and its plan becomes places again.
 *
 * <p>Entry type: {@link org.voltwin.doe.laboratory.LaboratoryPlanner}. Must not know: twins, files, how a plan is
 * searched for.
 */
@NullMarked
package org.voltwin.doe.laboratory;

import org.jspecify.annotations.NullMarked;
