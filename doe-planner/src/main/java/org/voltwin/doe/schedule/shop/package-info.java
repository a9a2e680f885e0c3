/**
 * Flexible job shops: every operation on one of several machines, jobs in order; tabu search and CP-SAT.
 *
 * <p>Entry type: {@link org.voltwin.doe.schedule.shop.ShopPlanner}. Must not know: laboratories, calendars, files.
 */
@NullMarked
package org.voltwin.doe.schedule.shop;

import org.jspecify.annotations.NullMarked;
