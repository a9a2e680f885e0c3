package org.voltwin.standalone.ditto.twin;

import java.util.Map;
import org.eclipse.ditto.base.model.common.HttpStatus;
import org.eclipse.ditto.base.model.headers.entitytag.EntityTag;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a command that was accepted; what is refused is a {@code DittoRuntimeException}.
 *
 * @param headers more headers of the answer, under Ditto's names
 */
public record Reply(
        HttpStatus status,
        @Nullable JsonValue value,
        @Nullable EntityTag entityTag,
        Map<String, String> headers) {
    /** Without more headers. */
    public Reply(HttpStatus status, @Nullable JsonValue value, @Nullable EntityTag entityTag) {
        this(status, value, entityTag, Map.of());
    }

    Reply withHeader(String name, String text) {
        var more = new java.util.HashMap<>(headers);
        more.put(name, text);
        return new Reply(status, value, entityTag, Map.copyOf(more));
    }

    Reply withHistoricalHeaders(JsonObject kept) {
        return kept.isEmpty() ? this : withHeader("historical-headers", kept.toString());
    }

    static Reply ok(JsonValue value, @Nullable EntityTag entityTag) {
        return new Reply(HttpStatus.OK, value, entityTag);
    }

    static Reply created(JsonValue value, @Nullable EntityTag entityTag) {
        return new Reply(HttpStatus.CREATED, value, entityTag);
    }

    static Reply noContent(@Nullable EntityTag entityTag) {
        return new Reply(HttpStatus.NO_CONTENT, null, entityTag);
    }
}
