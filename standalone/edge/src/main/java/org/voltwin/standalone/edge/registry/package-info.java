/**
 * The device registry: tenants, devices and credentials in one durable file, offered to Hono's adapters through Hono's
 * client interfaces and to administrators through Hono's Device Registry Management API.
 *
 * <p>Entry type: {@link org.voltwin.standalone.edge.registry.Registry}. It must not know MQTT, Kafka or the broker.
 */
@NullMarked
package org.voltwin.standalone.edge.registry;

import org.jspecify.annotations.NullMarked;
