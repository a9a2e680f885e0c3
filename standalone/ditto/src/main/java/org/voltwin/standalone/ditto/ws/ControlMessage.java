package org.voltwin.standalone.ditto.ws;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A text frame that is no envelope: subscriptions and the renewal of a token. */
record ControlMessage(Kind kind, Map<String, String> parameters) {
    /** The control messages of Ditto's WebSocket binding. */
    enum Kind {
        START_SEND_EVENTS,
        STOP_SEND_EVENTS,
        START_SEND_MESSAGES,
        STOP_SEND_MESSAGES,
        START_SEND_LIVE_COMMANDS,
        STOP_SEND_LIVE_COMMANDS,
        START_SEND_LIVE_EVENTS,
        STOP_SEND_LIVE_EVENTS,
        START_SEND_POLICY_ANNOUNCEMENTS,
        STOP_SEND_POLICY_ANNOUNCEMENTS,
        JWT_TOKEN;

        String text() {
            return name().replace('_', '-');
        }
    }

    static Optional<ControlMessage> parse(String frame) {
        String[] parts = frame.split("\\?", 2);
        for (Kind kind : Kind.values()) {
            if (kind.text().equals(parts[0].strip())) {
                return Optional.of(new ControlMessage(kind, parts.length > 1 ? parameters(parts[1]) : Map.of()));
            }
        }
        return Optional.empty();
    }

    private static Map<String, String> parameters(String text) {
        var parameters = new HashMap<String, String>();
        for (String pair : text.split("&")) {
            String[] parts = pair.split("=", 2);
            parameters.put(decode(parts[0]), parts.length > 1 ? decode(parts[1]) : "");
        }
        return parameters;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    String acknowledgement() {
        return kind.text() + ":ACK";
    }
}
