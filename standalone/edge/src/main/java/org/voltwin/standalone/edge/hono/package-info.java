/**
 * Hono's protocol adapters and command router, wired to Kafka within one process.
 *
 * <p>Entry type: {@link org.voltwin.standalone.edge.hono.HonoEdge}. It must not know how the registry stores devices,
 * nor the broker.
 */
@NullMarked
package org.voltwin.standalone.edge.hono;

import org.jspecify.annotations.NullMarked;
