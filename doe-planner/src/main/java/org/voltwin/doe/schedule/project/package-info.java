/**
 * Projects with renewable resources (RCPSP): serial generation and CP-SAT.
 *
 * <p>Entry type: {@link org.voltwin.doe.schedule.project.ProjectPlanner}. Must not know: laboratories, calendars, files.
 */
@NullMarked
package org.voltwin.doe.schedule.project;

import org.jspecify.annotations.NullMarked;
