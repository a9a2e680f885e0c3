/**
 * The laboratory's broker over MQTT 5.
 *
 * <p>Entry type: {@link org.voltwin.lims.broker.MqttMessageBus}. Must not know: what the messages mean.
 */
@NullMarked
package org.voltwin.lims.broker;

import org.jspecify.annotations.NullMarked;
