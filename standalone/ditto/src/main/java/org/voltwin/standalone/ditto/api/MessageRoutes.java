package org.voltwin.standalone.ditto.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.headers.contenttype.ContentType;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.messages.model.MessagePayloadSizeTooLargeException;
import org.eclipse.ditto.protocol.Adaptable;
import org.eclipse.ditto.protocol.Payload;
import org.eclipse.ditto.protocol.ProtocolFactory;
import org.eclipse.ditto.protocol.TopicPath;
import org.eclipse.ditto.things.model.ThingId;
import org.voltwin.standalone.ditto.live.Channels;
import org.voltwin.standalone.ditto.live.LiveType;

/** {@code .../inbox|outbox/messages/SUBJECT} of a thing or a feature: sent live, answered by whoever received it. */
final class MessageRoutes {
    private final Channels channels;
    private final Duration maxTimeout;
    private final long maxBytes;

    MessageRoutes(Channels channels, Duration maxTimeout, long maxBytes) {
        this.channels = channels;
        this.maxTimeout = maxTimeout;
        this.maxBytes = maxBytes;
    }

    static boolean isMessagePath(List<String> segments) {
        return isBox(segments, 2) || (segments.size() > 4 && segments.get(2).equals("features") && isBox(segments, 4));
    }

    private static boolean isBox(List<String> segments, int index) {
        if (segments.size() <= index + 1) {
            return false;
        }
        String box = segments.get(index);
        String kind = segments.get(index + 1);
        return (box.equals("inbox") && (kind.equals("messages") || kind.equals("claim")))
                || (box.equals("outbox") && kind.equals("messages"));
    }

    void handle(Exchange exchange) {
        if (!exchange.is(HttpMethod.POST)) {
            throw PathException.methodNotAllowed(exchange.method().name(), exchange.headers());
        }
        exchange.requireTimeoutUpTo(maxTimeout);
        Adaptable message = messageOf(exchange);
        channels.live(LiveType.MESSAGES, message).whenComplete((answer, failure) -> {
            if (failure == null) {
                exchange.send(answer);
            } else {
                exchange.fail(failure);
            }
        });
    }

    private Adaptable messageOf(Exchange exchange) {
        ThingId id = ThingId.of(exchange.segments().get(1));
        JsonPointer path = exchange.pointerFrom(2);
        if (path.toString().endsWith("/inbox/claim")) {
            path = JsonPointer.of(path.toString().replace("/inbox/claim", "/inbox/messages/claim"));
        }
        List<String> segments = exchange.segments();
        int box = segments.get(2).equals("features") ? 4 : 2;
        String subject = segments.get(box + 1).equals("claim")
                ? "claim"
                : String.join("/", segments.subList(Math.min(box + 2, segments.size()), segments.size()));
        if (subject.isEmpty()) {
            throw PathException.badRequest("The message has no subject.", null, exchange.headers());
        }
        TopicPath topic = TopicPath.newBuilder(id)
                .things()
                .live()
                .messages()
                .subject(subject)
                .build();
        Buffer body = exchange.http().body().buffer();
        if (body != null && body.length() > maxBytes) {
            throw MessagePayloadSizeTooLargeException.newBuilder(body.length(), maxBytes)
                    .dittoHeaders(exchange.headers())
                    .build();
        }
        var payload = Payload.newBuilder(path);
        if (body != null && body.length() > 0) {
            payload.withValue(encode(body, exchange.headers()));
        }
        DittoHeaders headers = exchange.headers().toBuilder()
                .channel("live")
                .putHeader(
                        "ditto-originator",
                        exchange.caller()
                                .context()
                                .getFirstAuthorizationSubject()
                                .orElseThrow()
                                .getId())
                .build();
        return ProtocolFactory.newAdaptableBuilder(topic)
                .withHeaders(headers)
                .withPayload(payload.build())
                .build();
    }

    private static JsonValue encode(Buffer body, DittoHeaders headers) {
        Optional<ContentType> type = headers.getDittoContentType();
        if (type.isPresent() && type.get().isJson()) {
            return JsonFactory.readFrom(body.toString());
        }
        if (type.isEmpty() || type.get().isText()) {
            return JsonValue.of(body.toString());
        }
        return JsonValue.of(Base64.getEncoder().encodeToString(body.getBytes()));
    }
}
