/**
 * What a battery laboratory has: units under test, use cases, benches and their working hours.
 *
 * <p>Entry type: {@link org.voltwin.model.lab.UnitUnderTest}. Must not know: Vert.x, Ditto classes, files, the wall clock.
 */
@NullMarked
package org.voltwin.model.lab;

import org.jspecify.annotations.NullMarked;
