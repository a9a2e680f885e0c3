package org.voltwin.standalone.edge.hono;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a device says by the topic it publishes to. */
sealed interface DeviceTopic {

    /** {@code telemetry} or {@code t}, with {@code /<tenant>/<device>} when a gateway speaks for a device. */
    record Telemetry(@Nullable String tenant, @Nullable String device, Map<String, String> properties)
            implements DeviceTopic {}

    /** {@code event} or {@code e}, likewise. */
    record Event(@Nullable String tenant, @Nullable String device, Map<String, String> properties)
            implements DeviceTopic {}

    /** {@code command/<tenant>/<device>/res/<request>/<status>}, where tenant and device may be empty. */
    record Answer(
            @Nullable String tenant,
            @Nullable String device,
            String request,
            int status,
            Map<String, String> properties)
            implements DeviceTopic {}

    /** Not one of Hono's topics. */
    record Unknown(String cause) implements DeviceTopic {}

    /** Reads a topic; properties may follow as {@code /?content-type=application%2Fjson}. */
    static DeviceTopic parse(String topic) {
        int query = topic.indexOf("/?");
        String path = query < 0 ? topic : topic.substring(0, query);
        Map<String, String> properties = query < 0 ? Map.of() : properties(topic.substring(query + 2));
        List<String> parts = List.of(path.split("/", -1));
        return switch (parts.getFirst()) {
            case "telemetry", "t" ->
                address(parts)
                        .<DeviceTopic>map(a -> new Telemetry(a.tenant, a.device, properties))
                        .orElseGet(() -> wrongLength(path));
            case "event", "e" ->
                address(parts)
                        .<DeviceTopic>map(a -> new Event(a.tenant, a.device, properties))
                        .orElseGet(() -> wrongLength(path));
            case "command", "c" -> answer(path, parts, properties);
            default -> new Unknown("'" + path + "' does not begin with telemetry, event or command");
        };
    }

    /** Tenant and device of a topic. */
    record Address(@Nullable String tenant, @Nullable String device) {}

    private static Optional<Address> address(List<String> parts) {
        return switch (parts.size()) {
            case 1 -> Optional.of(new Address(null, null));
            case 3 -> Optional.of(new Address(orNull(parts.get(1)), orNull(parts.get(2))));
            default -> Optional.empty();
        };
    }

    private static DeviceTopic answer(String path, List<String> parts, Map<String, String> properties) {
        boolean known =
                parts.size() == 6 && (parts.get(3).equals("res") || parts.get(3).equals("s"));
        if (!known || !parts.get(5).matches("[2-5]\\d\\d")) {
            return new Unknown("'" + path + "' is not command/<tenant>/<device>/res/<request-id>/<status 200..599>");
        }
        return new Answer(
                orNull(parts.get(1)), orNull(parts.get(2)), parts.get(4), Integer.parseInt(parts.get(5)), properties);
    }

    private static DeviceTopic wrongLength(String path) {
        return new Unknown("'" + path + "' has neither no address nor /<tenant>/<device>");
    }

    private static Map<String, String> properties(String query) {
        Map<String, List<String>> decoded = new QueryStringDecoder(query, false).parameters();
        return decoded.entrySet().stream()
                .collect(java.util.stream.Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().getFirst()));
    }

    private static @Nullable String orNull(String part) {
        return part.isEmpty() ? null : part;
    }
}
