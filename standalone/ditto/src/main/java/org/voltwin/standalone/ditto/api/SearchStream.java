package org.voltwin.standalone.ditto.api;

import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.eclipse.ditto.things.model.ThingId;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.config.SearchSettings;
import org.voltwin.standalone.ditto.search.ThingSearch;
import org.voltwin.standalone.ditto.twin.CommandGate;

/**
 * A search's matches as server-sent events, each with its thing's id as the event's id, then the stream's end. A reader
 * that names the last id it got goes on behind it. A page is searched when the one before it has gone out.
 */
final class SearchStream {
    private final ThingSearch search;
    private final CommandGate gate;
    private final Executor loop;
    private final Executor workers;

    SearchStream(ThingSearch search, CommandGate gate, Executor loop, Executor workers) {
        this.search = search;
        this.gate = gate;
        this.loop = loop;
        this.workers = workers;
    }

    void handle(Exchange exchange, ThingSearch.Query query) {
        String last = exchange.http().request().getHeader("Last-Event-ID");
        CompletableFuture.supplyAsync(() -> page(query, cursorBehind(last, query)), workers)
                .thenCompose(page -> gate.settled().thenApply(done -> page))
                .whenCompleteAsync(
                        (page, failure) -> {
                            if (failure != null) {
                                exchange.fail(failure);
                            } else {
                                send(EventStreamRoutes.open(exchange), query, page);
                            }
                        },
                        loop);
    }

    private @Nullable String cursorBehind(@Nullable String last, ThingSearch.Query query) {
        return last == null || last.isBlank() ? null : search.cursorBehind(ThingId.of(last.strip()), query);
    }

    private ThingSearch.Page page(ThingSearch.Query query, @Nullable String cursor) {
        SearchSettings settings = search.settings();
        int size = settings.throttled() ? Math.min(settings.limit(), settings.maxPageSize()) : settings.maxPageSize();
        var option = new StringBuilder("size(" + size + ")");
        String given = query.option();
        if (given != null && !given.isBlank()) {
            option.insert(0, given + ",");
        }
        if (cursor != null) {
            option.append(",cursor(").append(cursor).append(")");
        }
        return search.hits(new ThingSearch.Query(
                query.filter(), query.namespaces(), option.toString(), query.fields(), query.headers()));
    }

    private void send(HttpServerResponse response, ThingSearch.Query query, ThingSearch.Page page) {
        if (response.closed()) {
            return;
        }
        for (ThingSearch.Hit hit : page.hits()) {
            response.write("id:" + hit.thingId() + "\ndata:" + hit.shown() + "\n\n");
        }
        String cursor = page.cursor();
        if (cursor == null) {
            response.end();
        } else if (response.writeQueueFull()) {
            response.drainHandler(drained -> next(response, query, cursor));
        } else {
            next(response, query, cursor);
        }
    }

    private Executor later() {
        SearchSettings settings = search.settings();
        return settings.throttled()
                ? CompletableFuture.delayedExecutor(settings.interval().toMillis(), TimeUnit.MILLISECONDS, workers)
                : workers;
    }

    private void next(HttpServerResponse response, ThingSearch.Query query, String cursor) {
        CompletableFuture.supplyAsync(() -> page(query, cursor), later())
                .thenCompose(page -> gate.settled().thenApply(done -> page))
                .whenCompleteAsync(
                        (page, failure) -> {
                            if (failure != null) {
                                response.end();
                            } else {
                                send(response, query, page);
                            }
                        },
                        loop);
    }
}
