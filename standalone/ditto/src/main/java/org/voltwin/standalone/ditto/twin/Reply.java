package org.voltwin.standalone.ditto.twin;

import org.eclipse.ditto.base.model.common.HttpStatus;
import org.eclipse.ditto.base.model.headers.entitytag.EntityTag;
import org.eclipse.ditto.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** The answer to a command that was accepted; what is refused is a {@code DittoRuntimeException}. */
public record Reply(
        HttpStatus status,
        @Nullable JsonValue value,
        @Nullable EntityTag entityTag) {
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
