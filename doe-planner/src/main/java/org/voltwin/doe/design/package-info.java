/**
 * Which runs an experiment makes.
 *
 * <p>Entry type: {@link org.voltwin.doe.design.Designs}. Must not know: files, schedules, benches.
 */
@NullMarked
package org.voltwin.doe.design;

import org.jspecify.annotations.NullMarked;
