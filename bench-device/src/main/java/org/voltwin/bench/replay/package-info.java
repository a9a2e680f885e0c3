/**
 * A measurement file as a physical bench: a Hono device that sends what the file holds.
 *
 * <p>Entry type: {@link org.voltwin.bench.replay.Replay}. Must not know: where the samples are stored.
 */
@NullMarked
package org.voltwin.bench.replay;

import org.jspecify.annotations.NullMarked;
