/**
 * The only place that talks to Hono: telemetry, events and commands of benches over Kafka.
 *
 * <p>Entry type: {@link org.voltwin.twin.hono.HonoLink}. Must not know: runs, the store.
 */
@NullMarked
package org.voltwin.twin.hono;

import org.jspecify.annotations.NullMarked;
