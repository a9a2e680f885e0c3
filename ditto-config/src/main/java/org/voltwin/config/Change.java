package org.voltwin.config;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * One difference between what is declared and what Ditto has.
 *
 * @param path below {@code /api/2}: {@code /things/org.voltwin:bench-virtual-01/attributes/speed}
 * @param before what Ditto has, null when nothing is there
 * @param after what is declared
 */
public record Change(String path, @Nullable JsonNode before, JsonNode after) {
    /** One line: {@code ~ /things/.../speed: 300 -> 600}, or {@code + ...} for something new. */
    public String inOneLine() {
        return before == null ? "+ " + path : "~ " + path + ": " + before + " -> " + after;
    }
}
