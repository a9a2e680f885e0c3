package org.voltwin.standalone.ditto.ws;

import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.ditto.base.model.auth.AuthorizationContext;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.json.JsonKey;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.protocol.Adaptable;
import org.eclipse.ditto.protocol.ProtocolFactory;
import org.jspecify.annotations.Nullable;

/**
 * The envelopes of one session. A client sends the same headers again and again but for the correlation id: those that
 * were checked and translated once are kept. Not thread-safe.
 */
final class FrameReader {
    private static final int MAX_KNOWN = 16;
    private static final JsonKey TOPIC = JsonKey.of("topic");
    private static final JsonKey HEADERS = JsonKey.of("headers");
    private static final JsonKey CORRELATION_ID = JsonKey.of("correlation-id");

    private final String session;
    private final Map<JsonObject, DittoHeaders> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<JsonObject, DittoHeaders> eldest) {
            return size() > MAX_KNOWN;
        }
    };
    private @Nullable AuthorizationContext knownOf;

    /** @param session its id: what it does itself it is not told of */
    FrameReader(String session) {
        this.session = session;
    }

    /** @throws org.eclipse.ditto.base.model.exceptions.DittoRuntimeException when the text is no valid envelope */
    Adaptable read(String frame, AuthorizationContext sender) {
        JsonObject envelope = JsonObject.of(frame);
        JsonObject headers = object(envelope.getValue(HEADERS).orElse(null));
        String topic = text(envelope.getValue(TOPIC).orElse(null));
        String correlationId = text(headers.getValue(CORRELATION_ID).orElse(null));
        if (topic.isEmpty() || correlationId.isBlank()) {
            return Envelopes.read(envelope, sender, session);
        }
        if (!sender.equals(knownOf)) {
            known.clear();
            knownOf = sender;
        }
        JsonObject others = headers.remove(CORRELATION_ID);
        DittoHeaders translated = known.get(others);
        if (translated == null) {
            Adaptable first = Envelopes.read(envelope, sender, session);
            known.put(others, first.getDittoHeaders());
            return first;
        }
        return ProtocolFactory.newAdaptableBuilder(ProtocolFactory.newTopicPath(topic))
                .withPayload(ProtocolFactory.newPayload(envelope))
                .withHeaders(translated.toBuilder().correlationId(correlationId).build())
                .build();
    }

    private static JsonObject object(@Nullable JsonValue value) {
        return value != null && value.isObject() && !value.isNull() ? value.asObject() : JsonObject.empty();
    }

    private static String text(@Nullable JsonValue value) {
        return value != null && value.isString() ? value.asString() : "";
    }
}
