package org.voltwin.standalone.ditto.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.eclipse.ditto.base.model.exceptions.TimeoutInvalidException;
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
import org.voltwin.standalone.ditto.live.LiveRouter;
import org.voltwin.standalone.ditto.live.LiveType;
import org.voltwin.standalone.ditto.signal.Signals;

/** {@code .../inbox|outbox/messages/SUBJECT} of a thing or a feature: sent live, answered by whoever received it. */
final class MessageRoutes {
    private final LiveRouter router;
    private final Duration defaultTimeout;
    private final Duration maxTimeout;
    private final long maxBytes;
    private final Executor loop;

    MessageRoutes(LiveRouter router, Duration defaultTimeout, Duration maxTimeout, long maxBytes, Executor loop) {
        this.router = router;
        this.defaultTimeout = defaultTimeout;
        this.maxTimeout = maxTimeout;
        this.maxBytes = maxBytes;
        this.loop = loop;
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
        Duration timeout = exchange.headers().getTimeout().orElse(defaultTimeout);
        if (timeout.compareTo(maxTimeout) > 0) {
            throw TimeoutInvalidException.newBuilder(timeout, maxTimeout)
                    .dittoHeaders(exchange.headers())
                    .build();
        }
        Adaptable message = messageOf(exchange);
        Signals.fromAdaptable(message);
        if (timeout.isZero() || !exchange.headers().isResponseRequired()) {
            router.tell(LiveType.MESSAGES, message);
            exchange.prepare(202, exchange.headers()).end();
            return;
        }
        router.ask(LiveType.MESSAGES, message, timeout)
                .whenCompleteAsync(
                        (answer, failure) -> {
                            if (failure == null) {
                                send(exchange, answer);
                            } else {
                                exchange.fail(failure);
                            }
                        },
                        loop);
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

    private static void send(Exchange exchange, Adaptable answer) {
        int status =
                answer.getPayload().getHttpStatus().map(code -> code.getCode()).orElse(200);
        HttpServerResponse response = exchange.prepare(status, exchange.headers());
        Optional<JsonValue> value = answer.getPayload().getValue();
        if (value.isEmpty()) {
            response.end();
            return;
        }
        String type = answer.getDittoHeaders().getContentType().orElse("application/json");
        response.putHeader("Content-Type", type);
        ContentType contentType = ContentType.of(type);
        JsonValue body = value.get();
        if (contentType.isJson() || !body.isString()) {
            response.end(body.toString());
        } else if (contentType.isText()) {
            response.end(body.asString());
        } else {
            response.end(decoded(body.asString()));
        }
    }

    private static Buffer decoded(String base64) {
        try {
            return Buffer.buffer(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            // Not base64 after all: hand it on as it came.
            return Buffer.buffer(base64);
        }
    }
}
