/**
 * Fakes of the ports, for tests: in memory, deterministic.
 *
 * <p>Entry type: {@link org.voltwin.model.fake.FakeMessageBus}. Must not know: anything outside this module.
 */
@NullMarked
package org.voltwin.model.fake;

import org.jspecify.annotations.NullMarked;
