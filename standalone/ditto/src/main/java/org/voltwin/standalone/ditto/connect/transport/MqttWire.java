package org.voltwin.standalone.ditto.connect.transport;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** A client of one version of MQTT. */
interface MqttWire {
    /** @param acknowledge tells the broker that it need not deliver the message again */
    record Arrival(
            String topic, int qos, boolean retain, Map<String, String> headers, byte[] payload, Runnable acknowledge) {}

    record Subscription(String filter, int qos) {}

    CompletionStage<Void> connect();

    CompletionStage<Void> subscribe(List<Subscription> subscriptions);

    /** Completes when the broker has it, for QoS 0 when it is sent. */
    CompletionStage<Void> publish(String topic, int qos, boolean retain, ExternalMessage message);

    void disconnect();
}
