/**
 * The state lane: the samples of a thing, reduced to what its twin shows.
 *
 * <p>Entry type: {@link org.voltwin.twin.updater.TwinUpdater}. Must not know: how samples are stored, HTTP.
 */
@NullMarked
package org.voltwin.twin.updater;

import org.jspecify.annotations.NullMarked;
