/**
 * Samples of a bench, physical or virtual, and the documents' result message.
 *
 * <p>Entry type: {@link org.voltwin.model.telemetry.SampleBatch}. Must not know: MQTT, Kafka, MongoDB.
 */
@NullMarked
package org.voltwin.model.telemetry;

import org.jspecify.annotations.NullMarked;
