/**
 * The laboratory's rich problem: channels in chambers, technicians' shifts, whole plots, power, due dates, replanning.
 *
 * <p>Entry type: {@link org.voltwin.doe.schedule.lab.LabPlanner}. Must not know: files, HTTP, the wall clock.
 */
@NullMarked
package org.voltwin.doe.schedule.lab;

import org.jspecify.annotations.NullMarked;
