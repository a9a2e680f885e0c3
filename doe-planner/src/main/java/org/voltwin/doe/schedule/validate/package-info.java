/**
 * Independent checks of plans; shares no code with the engines.
 *
 * <p>Entry type: {@link org.voltwin.doe.schedule.validate.ShopRules}. Must not know: engines, searches, solvers.
 */
@NullMarked
package org.voltwin.doe.schedule.validate;

import org.jspecify.annotations.NullMarked;
