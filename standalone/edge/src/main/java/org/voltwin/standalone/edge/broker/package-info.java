/**
 * The LIMS broker: HiveMQ Community Edition embedded, with TLS, users and topic permissions.
 *
 * <p>Entry type: {@link org.voltwin.standalone.edge.broker.LimsBroker}. It must not know Hono or what messages mean.
 */
@NullMarked
package org.voltwin.standalone.edge.broker;

import org.jspecify.annotations.NullMarked;
