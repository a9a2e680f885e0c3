/**
 * Speaks to brokers: MQTT 3.1.1 and 5, Kafka, and Hono on Kafka. Entry type: {@link org.voltwin.standalone.ditto.connect.transport.Transports}. Must not know what a message means.
 */
@NullMarked
package org.voltwin.standalone.ditto.connect.transport;

import org.jspecify.annotations.NullMarked;
