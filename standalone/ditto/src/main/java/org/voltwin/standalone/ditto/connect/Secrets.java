package org.voltwin.standalone.ditto.connect;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonValue;

/** Passwords and keys of definitions are never read out; one that comes back masked keeps what it stands for. */
final class Secrets {
    private static final String MASK = "*****";
    private static final Pattern URI_PASSWORD = Pattern.compile("([a-z0-9+.-]+://[^:/@]*:)(.+)(@[^@]*)");
    private static final Set<String> KEYS =
            Set.of("key", "password", "privateKey", "clientSecret", "sharedKey", "secretKey", "accessKey");
    private static final String TOKEN_ENDPOINT = "credentials/tokenEndpoint";
    private static final Set<String> HOLDERS = Set.of("credentials", "sshTunnel");

    private Secrets() {}

    static JsonObject mask(JsonObject definition) {
        JsonObject masked = definition;
        String uri = textOf(definition, "uri");
        Matcher matcher = URI_PASSWORD.matcher(uri);
        if (matcher.matches()) {
            masked = masked.setValue("uri", matcher.group(1) + MASK + matcher.group(3));
        }
        for (String holder : HOLDERS) {
            JsonValue value = masked.getValue(holder).orElse(null);
            if (value != null && value.isObject()) {
                masked = masked.setValue(holder, maskKeys(value.asObject()));
            }
        }
        return masked;
    }

    private static JsonObject maskKeys(JsonObject object) {
        var masked = JsonFactory.newObjectBuilder();
        for (var field : object) {
            JsonValue value = field.getValue();
            if (value.isObject()) {
                masked.set(field.getKey(), maskKeys(value.asObject()));
            } else {
                boolean secret = KEYS.contains(field.getKeyName()) && value.isString();
                masked.set(field.getKey(), secret ? JsonValue.of(MASK) : value);
            }
        }
        return masked.build();
    }

    /**
     * Puts the stored secrets where the masks are, as long as they would still go to the same broker as the same user,
     * and to the same giver of tokens.
     */
    static JsonObject unmask(JsonObject sent, JsonObject stored) {
        JsonObject masked = mask(stored);
        boolean sameBroker = textOf(sent, "uri").equals(textOf(masked, "uri"))
                || textOf(sent, "uri").equals(textOf(stored, "uri"));
        boolean sameGiver = textOf(sent, TOKEN_ENDPOINT).equals(textOf(stored, TOKEN_ENDPOINT));
        return sameBroker && sameGiver ? restore(sent, masked, stored) : sent;
    }

    private static JsonObject restore(JsonObject sent, JsonObject masked, JsonObject stored) {
        var restored = JsonFactory.newObjectBuilder();
        for (var field : sent) {
            JsonValue value = field.getValue();
            JsonValue shown = masked.getValue(field.getKey()).orElse(null);
            JsonValue real = stored.getValue(field.getKey()).orElse(null);
            if (shown == null || real == null) {
                restored.set(field.getKey(), value);
            } else if (value.isObject() && real.isObject()) {
                restored.set(field.getKey(), restore(value.asObject(), shown.asObject(), real.asObject()));
            } else {
                restored.set(field.getKey(), value.equals(shown) ? real : value);
            }
        }
        return restored.build();
    }

    private static String textOf(JsonObject object, String name) {
        return object.getValue(name)
                .filter(JsonValue::isString)
                .map(JsonValue::asString)
                .orElse("");
    }
}
