package org.voltwin.standalone.ditto.api;

import io.vertx.core.http.HttpMethod;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonFieldSelector;
import org.eclipse.ditto.json.JsonValue;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.search.ThingSearch;
import org.voltwin.standalone.ditto.stream.EventSelection;
import org.voltwin.standalone.ditto.twin.CommandGate;
import org.voltwin.standalone.ditto.twin.NotSupportedException;

/** {@code /search/things}, {@code /search/things/count}, and {@code /things} without ids. */
final class SearchRoutes {
    private static final String OPTION = "option";

    private final ThingSearch search;
    private final CommandGate gate;
    private final SearchStream stream;
    private final Executor loop;
    private final Executor workers = Executors.newVirtualThreadPerTaskExecutor();

    SearchRoutes(ThingSearch search, CommandGate gate, Executor loop) {
        this.search = search;
        this.gate = gate;
        this.loop = loop;
        this.stream = new SearchStream(search, gate, loop, workers);
    }

    void handle(Exchange exchange) {
        String what = String.join("/", exchange.segments());
        Map<String, String> parameters = parameters(exchange);
        switch (what) {
            case "search/things" -> {
                if (EventStreamRoutes.wanted(exchange)) {
                    stream.handle(exchange, query(exchange, parameters));
                    return;
                }
                answer(exchange, parameters, query -> search.page(query).toJson());
            }
            case "search/things/count" -> answer(exchange, parameters, query -> JsonValue.of(search.count(query)));
            default -> {
                if (what.startsWith("search/")) {
                    throw NotSupportedException.of("The search '/" + what + "'", exchange.headers());
                }
                throw PathException.notFound("/api/2/" + what, exchange.headers());
            }
        }
    }

    /** GET of {@code /things}: everything the caller may see, as Ditto answers it since 3.0. */
    void allThings(Exchange exchange) {
        answer(exchange, parameters(exchange), query -> search.page(query).getItems());
    }

    private void answer(
            Exchange exchange, Map<String, String> parameters, Function<ThingSearch.Query, JsonValue> question) {
        ThingSearch.Query query = query(exchange, parameters);
        CompletionStage<JsonValue> found = CompletableFuture.supplyAsync(() -> question.apply(query), workers);
        // What was found may be newer than what is on the disk: wait for that before showing it.
        found.thenCompose(value -> gate.settled().thenApply(done -> value))
                .whenCompleteAsync(
                        (value, failure) -> {
                            if (failure == null) {
                                exchange.sendJson(200, value);
                            } else {
                                exchange.fail(failure);
                            }
                        },
                        loop);
    }

    private static ThingSearch.Query query(Exchange exchange, Map<String, String> parameters) {
        return new ThingSearch.Query(
                parameters.get("filter"),
                namespaces(parameters.get("namespaces")),
                parameters.get(OPTION),
                fields(parameters.get("fields")),
                exchange.headers());
    }

    /** Named and empty means none, not all. */
    private static Set<String> namespaces(@Nullable String text) {
        return text != null && text.isBlank() ? Set.of("") : EventSelection.split(text);
    }

    private static @Nullable JsonFieldSelector fields(@Nullable String fields) {
        return fields == null || fields.isBlank()
                ? null
                : JsonFactory.newFieldSelector(
                        fields,
                        JsonFactory.newParseOptionsBuilder()
                                .withoutUrlDecoding()
                                .build());
    }

    /** POST takes the parameters as a form, for filters too long for a URL. */
    private static Map<String, String> parameters(Exchange exchange) {
        var parameters = new HashMap<String, String>();
        exchange.parameters().forEach(parameters::put);
        if (parameters.containsKey(OPTION)) {
            parameters.put(OPTION, String.join(",", exchange.parameters().getAll(OPTION)));
        }
        if (exchange.is(HttpMethod.POST) && exchange.hasBody()) {
            for (String pair : exchange.http().body().asString().split("&")) {
                String[] parts = pair.split("=", 2);
                parameters.put(decode(parts[0]), parts.length > 1 ? decode(parts[1]) : "");
            }
        } else if (!exchange.is(HttpMethod.GET) && !exchange.is(HttpMethod.POST)) {
            throw PathException.methodNotAllowed(exchange.method().name(), exchange.headers());
        }
        return parameters;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
