/**
 * Experiment designs and bench plans: problems in, plans out.
 *
 * <p>Entry types: {@link org.voltwin.doe.design.Designs}, {@link org.voltwin.doe.schedule.BenchPlanner}. Must not know:
 * files, HTTP, MQTT, Ditto, the wall clock.
 */
@NullMarked
package org.voltwin.doe;

import org.jspecify.annotations.NullMarked;
