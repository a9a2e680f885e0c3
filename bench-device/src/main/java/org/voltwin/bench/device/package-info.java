/**
 * A device of Eclipse Hono: MQTT with acknowledged messages, and its registration.
 *
 * <p>Entry types: {@link org.voltwin.bench.device.HonoDevice}, {@link org.voltwin.bench.device.DeviceRegistry}. Must not
 * know: what the messages are about.
 */
@NullMarked
package org.voltwin.bench.device;

import org.jspecify.annotations.NullMarked;
