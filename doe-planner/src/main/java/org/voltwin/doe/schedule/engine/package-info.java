/**
 * What every scheduling engine shares: limits, the record of a search (incumbents, bounds, where each came from) and CP-SAT.
 *
 * <p>Entry type: {@link org.voltwin.doe.schedule.engine.Progress}. Must not know: any one kind of problem, files, HTTP.
 */
@NullMarked
package org.voltwin.doe.schedule.engine;

import org.jspecify.annotations.NullMarked;
