package org.voltwin.standalone.ditto.api;

import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.function.Function;
import org.eclipse.ditto.base.model.exceptions.DittoHeaderInvalidException;
import org.eclipse.ditto.json.JsonFieldSelector;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.things.model.ThingId;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.stream.EventSelection;
import org.voltwin.standalone.ditto.stream.PastEvents;
import org.voltwin.standalone.ditto.stream.TwinEvent;

/** The event stream of {@code /things/ID[/path]} with {@code from-historical-...}: what happened, and then its end. */
final class PastEventRoutes {
    private static final String FROM_REVISION = "from-historical-revision";
    private static final String TO_REVISION = "to-historical-revision";
    private static final String FROM_TIMESTAMP = "from-historical-timestamp";
    private static final String TO_TIMESTAMP = "to-historical-timestamp";

    private final PastEvents past;

    PastEventRoutes(PastEvents past) {
        this.past = past;
    }

    static boolean wanted(Exchange exchange) {
        return exchange.segments().size() > 1
                && List.of(FROM_REVISION, TO_REVISION, FROM_TIMESTAMP, TO_TIMESTAMP).stream()
                        .anyMatch(name -> value(exchange, name) != null);
    }

    /** Both a header and a parameter of its name will do. */
    private static @Nullable String value(Exchange exchange, String name) {
        String parameter = exchange.parameter(name);
        return parameter != null ? parameter : exchange.http().request().getHeader(name);
    }

    void handle(Exchange exchange) {
        var id = ThingId.of(exchange.segments().get(1));
        JsonPointer path = exchange.pointerFrom(2);
        JsonFieldSelector fields = exchange.fields();
        var range = new PastEvents.Range(
                parsed(exchange, FROM_REVISION, Long::valueOf, "a number"),
                parsed(exchange, TO_REVISION, Long::valueOf, "a number"),
                parsed(exchange, FROM_TIMESTAMP, Instant::parse, "a timestamp in ISO 8601"),
                parsed(exchange, TO_TIMESTAMP, Instant::parse, "a timestamp in ISO 8601"));
        EventSelection selection = EventSelection.parse(
                null, exchange.parameter("namespaces"), exchange.parameter("filter"), null, exchange.headers());
        past.ofThing(id, range, selection, exchange.caller().context(), exchange.headers())
                .whenComplete((events, failure) -> {
                    if (failure != null) {
                        exchange.fail(failure);
                    } else {
                        send(exchange, events, path, fields);
                    }
                });
    }

    private static void send(
            Exchange exchange, List<TwinEvent> events, JsonPointer path, @Nullable JsonFieldSelector fields) {
        HttpServerResponse response = EventStreamRoutes.open(exchange);
        for (TwinEvent event : events) {
            EventStreamRoutes.shown(event, path, fields).ifPresent(json -> response.write("data:" + json + "\n\n"));
        }
        response.end();
    }

    private static <T> @Nullable T parsed(Exchange exchange, String name, Function<String, T> parser, String what) {
        String value = value(exchange, name);
        try {
            return value == null ? null : parser.apply(value);
        } catch (NumberFormatException | DateTimeParseException e) {
            throw DittoHeaderInvalidException.newInvalidTypeBuilder(name, value, what)
                    .dittoHeaders(exchange.headers())
                    .build();
        }
    }
}
