/**
 * Takes samples from Hono and the LIMS broker, checks and converts them, and hands them to the store.
 *
 * <p>Entry type: {@link org.voltwin.twin.collector.Collector}. Must not know: Kafka, MQTT, HTTP.
 */
@NullMarked
package org.voltwin.twin.collector;

import org.jspecify.annotations.NullMarked;
