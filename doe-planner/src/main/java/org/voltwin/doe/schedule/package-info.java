/**
 * Which test runs when, on which bench's channel.
 *
 * <p>Entry type: {@link org.voltwin.doe.schedule.BenchPlanner}. {@link org.voltwin.doe.schedule.ScheduleRules} checks
 * every plan before it leaves and shares no code with the planner. Must not know: files, HTTP, the wall clock, where
 * benches are stored.
 */
@NullMarked
package org.voltwin.doe.schedule;

import org.jspecify.annotations.NullMarked;
