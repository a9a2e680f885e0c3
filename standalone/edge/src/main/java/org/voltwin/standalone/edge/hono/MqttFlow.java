package org.voltwin.standalone.edge.hono;

import io.vertx.core.net.NetSocket;
import io.vertx.mqtt.MqttEndpoint;
import java.lang.reflect.Field;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops and resumes reading from a device's socket.
 *
 * <p>Vert.x' MQTT server has no public way to do so, so this looks up its socket; a test guards the field's name. Without
 * it a device that publishes faster than Kafka takes would fill the heap.
 */
final class MqttFlow {

    private static final Logger LOG = LoggerFactory.getLogger(MqttFlow.class);

    private final NetSocket socket;
    private boolean paused;

    private MqttFlow(NetSocket socket) {
        this.socket = socket;
    }

    static MqttFlow of(MqttEndpoint endpoint) {
        try {
            Field field = endpoint.getClass().getDeclaredField("conn");
            field.setAccessible(true);
            return new MqttFlow((NetSocket) field.get(endpoint));
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new IllegalStateException("this version of vertx-mqtt keeps its socket elsewhere", e);
        }
    }

    void pause() {
        if (!paused) {
            LOG.debug("reading paused remote={}", socket.remoteAddress());
            paused = true;
            socket.pause();
        }
    }

    void resume() {
        if (paused) {
            paused = false;
            socket.resume();
        }
    }
}
