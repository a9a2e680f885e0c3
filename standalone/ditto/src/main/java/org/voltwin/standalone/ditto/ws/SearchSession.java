package org.voltwin.standalone.ditto.ws;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.ditto.base.model.exceptions.DittoRuntimeException;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.signals.Signal;
import org.eclipse.ditto.json.JsonFieldSelector;
import org.eclipse.ditto.protocol.Adaptable;
import org.eclipse.ditto.thingsearch.model.SearchResult;
import org.eclipse.ditto.thingsearch.model.signals.commands.exceptions.SubscriptionNotFoundException;
import org.eclipse.ditto.thingsearch.model.signals.commands.exceptions.SubscriptionProtocolErrorException;
import org.eclipse.ditto.thingsearch.model.signals.commands.exceptions.SubscriptionTimeoutException;
import org.eclipse.ditto.thingsearch.model.signals.commands.subscription.CancelSubscription;
import org.eclipse.ditto.thingsearch.model.signals.commands.subscription.CreateSubscription;
import org.eclipse.ditto.thingsearch.model.signals.commands.subscription.RequestFromSubscription;
import org.eclipse.ditto.thingsearch.model.signals.events.SubscriptionComplete;
import org.eclipse.ditto.thingsearch.model.signals.events.SubscriptionCreated;
import org.eclipse.ditto.thingsearch.model.signals.events.SubscriptionFailed;
import org.eclipse.ditto.thingsearch.model.signals.events.SubscriptionHasNextPage;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.api.Errors;
import org.voltwin.standalone.ditto.search.ThingSearch;
import org.voltwin.standalone.ditto.signal.Signals;
import org.voltwin.standalone.ditto.twin.CommandGate;
import org.voltwin.standalone.ditto.twin.NotSupportedException;

/** The search protocol of one session: subscribe, request pages, cancel (reactive streams over envelopes). */
final class SearchSession {
    private static final int MAX_SUBSCRIPTIONS = 50;

    /** Opens the search part of a session. */
    @FunctionalInterface
    interface Factory {
        SearchSession open(Consumer<Adaptable> sink);
    }

    /** A search that is under way; {@code cursor} is where its next page starts. */
    private record Running(
            ThingSearch.Query query,
            @Nullable String options,
            @Nullable String cursor) {
        ThingSearch.Query next() {
            String option = cursor == null
                    ? options
                    : (options == null || options.isBlank() ? "" : options + ",") + "cursor(" + cursor + ")";
            return new ThingSearch.Query(query.filter(), query.namespaces(), option, query.fields(), query.headers());
        }
    }

    private final Map<String, Running> running = new HashMap<>();
    private final ThingSearch search;
    private final CommandGate gate;
    private final Executor loop;
    private final Executor workers;
    private final Consumer<Adaptable> sink;

    SearchSession(ThingSearch search, CommandGate gate, Executor loop, Executor workers, Consumer<Adaptable> sink) {
        this.search = search;
        this.gate = gate;
        this.loop = loop;
        this.workers = workers;
        this.sink = sink;
    }

    void handle(Adaptable adaptable) {
        Signal<?> signal = Signals.fromAdaptable(adaptable);
        switch (signal) {
            case CreateSubscription create -> create(create);
            case RequestFromSubscription request ->
                request(request.getSubscriptionId(), request.getDemand(), request.getDittoHeaders());
            case CancelSubscription cancel -> running.remove(cancel.getSubscriptionId());
            default ->
                throw NotSupportedException.of("The command '" + signal.getType() + "'", signal.getDittoHeaders());
        }
    }

    private void create(CreateSubscription create) {
        DittoHeaders headers = create.getDittoHeaders();
        if (running.size() >= MAX_SUBSCRIPTIONS) {
            throw org.eclipse.ditto.base.model.exceptions.TooManyRequestsException.newBuilder()
                    .dittoHeaders(headers)
                    .build();
        }
        String id = UUID.randomUUID().toString();
        JsonFieldSelector fields = create.getSelectedFields().orElse(null);
        String options = create.getOptions().orElse(null);
        var query = new ThingSearch.Query(
                create.getFilter().orElse(null),
                create.getNamespaces().orElse(java.util.Set.of()),
                options,
                fields,
                headers);
        awaitDemand(id, new Running(query, options, null));
        emit(SubscriptionCreated.of(id, Envelopes.answerHeaders(headers)));
    }

    /** From now on somebody may ask for a page, but not for ever. */
    private void awaitDemand(String id, Running next) {
        running.put(id, next);
        CompletableFuture.delayedExecutor(search.settings().idleTimeout().toMillis(), TimeUnit.MILLISECONDS, loop)
                .execute(() -> {
                    if (running.remove(id, next)) {
                        fail(
                                id,
                                SubscriptionTimeoutException.of(id, next.query().headers()));
                    }
                });
    }

    private void fail(String id, DittoRuntimeException error) {
        running.remove(id);
        emit(SubscriptionFailed.of(id, error, Envelopes.answerHeaders(error.getDittoHeaders())));
    }

    private void request(String id, long demand, DittoHeaders headers) {
        Running now = running.get(id);
        if (now == null) {
            fail(id, SubscriptionNotFoundException.of(id, headers));
            return;
        }
        if (demand <= 0) {
            fail(
                    id,
                    SubscriptionProtocolErrorException.newBuilder()
                            .message("The demand must be positive.")
                            .dittoHeaders(headers)
                            .build());
            return;
        }
        CompletableFuture.supplyAsync(() -> search.page(now.next()), workers)
                .thenCompose(result -> gate.settled().thenApply(done -> result))
                .whenCompleteAsync(
                        (result, failure) -> {
                            if (!running.containsKey(id)) {
                                return;
                            }
                            if (failure != null) {
                                fail(id, Errors.of(failure, headers).setDittoHeaders(headers));
                            } else {
                                page(id, now, result, demand, headers);
                            }
                        },
                        loop);
    }

    private void page(String id, Running now, SearchResult result, long demand, DittoHeaders headers) {
        if (!result.getItems().isEmpty()) {
            emit(SubscriptionHasNextPage.of(id, result.getItems(), Envelopes.answerHeaders(headers)));
        }
        String cursor = result.getCursor().orElse(null);
        if (cursor == null) {
            running.remove(id);
            emit(SubscriptionComplete.of(id, Envelopes.answerHeaders(headers)));
            return;
        }
        awaitDemand(id, new Running(now.query(), now.options(), cursor));
        if (demand > 1) {
            request(id, demand - 1, headers);
        }
    }

    private void emit(Signal<?> event) {
        sink.accept(Signals.adapter().toAdaptable(event));
    }
}
