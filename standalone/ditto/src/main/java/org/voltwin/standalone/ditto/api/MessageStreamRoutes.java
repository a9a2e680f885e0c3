package org.voltwin.standalone.ditto.api;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.ditto.json.JsonKey;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.protocol.Adaptable;
import org.voltwin.standalone.ditto.live.LiveRouter;
import org.voltwin.standalone.ditto.live.LiveType;
import org.voltwin.standalone.ditto.stream.EventSelection;

/**
 * Server-sent events of {@code /things/ID[/features/F][/inbox|/outbox]/messages[/SUBJECT]}: the event is the subject,
 * the data what the message carries, base64 unless it is JSON or text.
 */
final class MessageStreamRoutes {
    private static final String MESSAGES = "messages";

    private final Vertx vertx;
    private final LiveRouter router;
    private final Duration heartbeat;

    MessageStreamRoutes(Vertx vertx, LiveRouter router, Duration heartbeat) {
        this.vertx = vertx;
        this.router = router;
        this.heartbeat = heartbeat;
    }

    static boolean wanted(Exchange exchange) {
        List<String> segments = exchange.segments();
        return EventStreamRoutes.wanted(exchange)
                && segments.size() > 2
                && (MessageRoutes.isMessagePath(segments) || boxIndex(segments, 2) < 0);
    }

    /** Where the box stands in a path to messages; -1 when none is named, so both are meant. */
    private static int boxIndex(List<String> segments, int from) {
        int index = segments.get(from).equals("features") ? from + 2 : from;
        return segments.size() > index && segments.get(index).equals(MESSAGES) ? -1 : index;
    }

    void handle(Exchange exchange) {
        List<String> wanted = exchange.segments().subList(2, exchange.segments().size());
        EventSelection selection = EventSelection.parse(
                exchange.segments().get(1),
                null,
                exchange.parameter("filter"),
                exchange.parameter("extraFields"),
                exchange.headers());
        HttpServerResponse response = EventStreamRoutes.open(exchange);
        Runnable unsubscribe = router.subscribe(
                LiveType.MESSAGES,
                selection,
                () -> exchange.caller().context(),
                "sse-" + java.util.UUID.randomUUID(),
                message -> {
                    if (concerns(message, wanted)) {
                        EventStreamRoutes.write(response, frame(message));
                    }
                });
        EventStreamRoutes.keepOpen(vertx, heartbeat, exchange, response, unsubscribe);
    }

    private static boolean concerns(Adaptable message, List<String> wanted) {
        JsonPointer path = JsonPointer.of(message.getPayload().getPath().toString());
        var keys = new ArrayList<String>();
        for (JsonKey key : path) {
            keys.add(key.toString());
        }
        if (boxIndex(wanted, 0) < 0) {
            int box = boxIndex(keys, 0);
            if (box >= 0 && box < keys.size()) {
                keys.remove(box);
            }
        }
        return keys.size() >= wanted.size() && keys.subList(0, wanted.size()).equals(wanted);
    }

    private static String frame(Adaptable message) {
        String subject = message.getTopicPath().getSubject().orElse("").replaceAll("\\R", " ");
        String data = message.getPayload()
                .getValue()
                .map(value -> value.isString() ? value.asString() : value.toString())
                .orElse("");
        return data.lines().map(line -> "data:" + line + "\n").collect(Collectors.joining("", "", ""))
                + (data.isEmpty() ? "data:\n" : "")
                + "event:" + subject + "\n\n";
    }
}
