/**
 * What one machine runs in place of Eclipse Hono and a LIMS broker: Hono's MQTT and HTTP adapters, command router and
 * device registry in front of a real Kafka, and an embedded HiveMQ, in one process.
 *
 * <p>Entry type: {@link org.voltwin.standalone.edge.Main}. It must not know the rooms or what messages mean.
 */
@NullMarked
package org.voltwin.standalone.edge;

import org.jspecify.annotations.NullMarked;
