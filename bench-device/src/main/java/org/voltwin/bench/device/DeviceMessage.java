package org.voltwin.bench.device;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/** A message of a device, sent with QoS 1. Content types go as Hono's property bag in the topic. */
public record DeviceMessage(String topic, byte[] payload) {
    public static DeviceMessage telemetry(String contentType, byte[] payload) {
        return new DeviceMessage("telemetry" + bag(contentType), payload);
    }

    public static DeviceMessage event(String contentType, byte[] payload) {
        return new DeviceMessage("event" + bag(contentType), payload);
    }

    static DeviceMessage response(String request, int status, byte[] payload) {
        return new DeviceMessage("command///res/" + request + "/" + status, payload);
    }

    private static String bag(String contentType) {
        return "/?content-type=" + URLEncoder.encode(contentType, UTF_8);
    }
}
