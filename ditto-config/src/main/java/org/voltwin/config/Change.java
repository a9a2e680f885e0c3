package org.voltwin.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.voltwin.model.json.Json;

/**
 * One difference between what is declared and what Ditto has.
 *
 * @param path below {@code /api/2}: {@code /things/org.voltwin:bench-virtual-01/attributes/speed}
 * @param before what Ditto has, null when nothing is there
 * @param after what is declared
 */
public record Change(String path, @Nullable JsonNode before, JsonNode after) {
    private static final Pattern PASSWORD = Pattern.compile("(://[^:/@\"]*:)[^@\"]+@");

    /** One line: {@code ~ /things/.../speed: 300 -> 600}, or {@code + ...} for something new. */
    public String inOneLine() {
        return before == null
                ? "+ " + path
                : "~ " + path + ": " + withoutPasswords(before) + " -> " + withoutPasswords(after);
    }

    /** Without passwords. */
    @Override
    public String toString() {
        return "Change[" + inOneLine() + "]";
    }

    /** Passwords in addresses are shown as Ditto shows them. */
    static JsonNode withoutPasswords(JsonNode node) {
        String text = node.toString();
        String masked = PASSWORD.matcher(text).replaceAll("$1*****@");
        return masked.equals(text)
                ? node
                : Json.read(masked.getBytes(StandardCharsets.UTF_8), JsonNode.class)
                        .orThrow();
    }
}
