package org.voltwin.standalone.ditto.connect.transport;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonValue;

/** Shared access signatures of Azure IoT Hub and Azure Service Bus: Ditto's {@code az-sasl}. */
final class AzureAccessSignature {
    private static final Duration USUAL_LIFETIME = Duration.ofDays(7);
    private static final Pattern LIFETIME = Pattern.compile("(\\d{1,9})(ms|s|m)");

    private final String keyName;
    private final byte[] key;
    private final String endpoint;
    private final Duration lifetime;

    private AzureAccessSignature(String keyName, byte[] key, String endpoint, Duration lifetime) {
        this.keyName = keyName;
        this.key = key;
        this.endpoint = endpoint;
        this.lifetime = lifetime;
    }

    /** @param host for who names no endpoint */
    static AzureAccessSignature of(JsonObject parameters, String host) {
        return new AzureAccessSignature(
                Hmac.parameter(parameters, "sharedKeyName"),
                Hmac.key(parameters, "sharedKey"),
                parameters.getValue("endpoint").map(JsonValue::asString).orElse(host),
                parameters
                        .getValue("ttl")
                        .map(value -> lifetime(value.asString()))
                        .orElse(USUAL_LIFETIME));
    }

    private static Duration lifetime(String text) {
        Matcher matcher = LIFETIME.matcher(text.strip());
        if (!matcher.matches()) {
            throw InvalidDefinition.because("The parameter 'ttl' of the credentials is a number and one of ms, s, m.");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            default -> Duration.ofMinutes(number);
        };
    }

    Map<String, String> headers(Instant now) {
        String resource = Hmac.percentEncoded(endpoint);
        long expiry = now.plus(lifetime).getEpochSecond();
        String signature = Base64.getEncoder().encodeToString(Hmac.sha256(key, resource + "\n" + expiry));
        return Map.of(
                "authorization",
                "SharedAccessSignature sr=" + resource + "&sig=" + Hmac.percentEncoded(signature) + "&se=" + expiry
                        + "&skn=" + keyName);
    }
}
