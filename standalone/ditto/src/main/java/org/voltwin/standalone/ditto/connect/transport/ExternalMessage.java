package org.voltwin.standalone.ditto.connect.transport;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message as a broker carries it.
 *
 * @param headers names in lower case
 * @param payload not to be changed
 * @param text whether the payload is UTF-8 text
 */
public record ExternalMessage(Map<String, String> headers, byte[] payload, boolean text) {
    /** Header that says what the payload is. */
    public static final String CONTENT_TYPE = "content-type";

    public static ExternalMessage ofText(Map<String, String> headers, String text) {
        return new ExternalMessage(headers, text.getBytes(StandardCharsets.UTF_8), true);
    }

    public String asText() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    public Optional<String> contentType() {
        return Optional.ofNullable(header(CONTENT_TYPE));
    }

    public @Nullable String header(String name) {
        return headers.get(name);
    }

    /** With these headers over those it has. */
    public ExternalMessage with(Map<String, String> more) {
        var all = new HashMap<>(headers);
        more.forEach((name, value) -> all.put(name.toLowerCase(Locale.ROOT), value));
        return new ExternalMessage(Map.copyOf(all), payload, text);
    }
}
