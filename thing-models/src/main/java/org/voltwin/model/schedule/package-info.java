/**
 * Bench schedules: problems and plans.
 *
 * <p>Entry type: {@link org.voltwin.model.schedule.ScheduleProblem}. Must not know: solvers.
 */
@NullMarked
package org.voltwin.model.schedule;

import org.jspecify.annotations.NullMarked;
