package org.voltwin.standalone.ditto.ws;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.eclipse.ditto.base.model.entity.id.EntityId;
import org.eclipse.ditto.base.model.exceptions.TooManyRequestsException;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.signals.Signal;
import org.eclipse.ditto.base.model.signals.commands.exceptions.StreamingSubscriptionNotFoundException;
import org.eclipse.ditto.base.model.signals.commands.streaming.CancelStreamingSubscription;
import org.eclipse.ditto.base.model.signals.commands.streaming.RequestFromStreamingSubscription;
import org.eclipse.ditto.base.model.signals.commands.streaming.SubscribeForPersistedEvents;
import org.eclipse.ditto.base.model.signals.events.streaming.StreamingSubscriptionComplete;
import org.eclipse.ditto.base.model.signals.events.streaming.StreamingSubscriptionCreated;
import org.eclipse.ditto.base.model.signals.events.streaming.StreamingSubscriptionFailed;
import org.eclipse.ditto.base.model.signals.events.streaming.StreamingSubscriptionHasNext;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.policies.model.PolicyId;
import org.eclipse.ditto.protocol.Adaptable;
import org.eclipse.ditto.things.model.ThingId;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.api.Errors;
import org.voltwin.standalone.ditto.signal.Signals;
import org.voltwin.standalone.ditto.stream.EventSelection;
import org.voltwin.standalone.ditto.stream.PastEvents;
import org.voltwin.standalone.ditto.stream.TwinEvent;
import org.voltwin.standalone.ditto.twin.NotSupportedException;

/** Persisted events for one session: subscribe, request so many, cancel. Everything happens on the loop. */
final class PastSession {
    private static final int MAX_SUBSCRIPTIONS = 50;

    /** One subscription; what it is about is read with the first request. */
    private static final class Running {
        private final SubscribeForPersistedEvents asked;
        private @Nullable Iterator<Adaptable> rest;
        private long demand;
        private boolean reading;

        private Running(SubscribeForPersistedEvents asked) {
            this.asked = asked;
        }
    }

    private final Map<String, Running> running = new HashMap<>();
    private final PastEvents past;
    private final Consumer<Adaptable> sink;

    PastSession(PastEvents past, Consumer<Adaptable> sink) {
        this.past = past;
        this.sink = sink;
    }

    void handle(Adaptable adaptable) {
        Signal<?> signal = Signals.fromAdaptable(adaptable);
        switch (signal) {
            case SubscribeForPersistedEvents subscribe -> subscribe(subscribe);
            case RequestFromStreamingSubscription request -> request(request);
            case CancelStreamingSubscription cancel -> running.remove(cancel.getSubscriptionId());
            default ->
                throw NotSupportedException.of("The command '" + signal.getType() + "'", signal.getDittoHeaders());
        }
    }

    private void subscribe(SubscribeForPersistedEvents asked) {
        if (running.size() >= MAX_SUBSCRIPTIONS) {
            throw TooManyRequestsException.newBuilder()
                    .dittoHeaders(asked.getDittoHeaders())
                    .build();
        }
        String id = UUID.randomUUID().toString();
        running.put(id, new Running(asked));
        emit(StreamingSubscriptionCreated.of(id, asked.getEntityId(), answer(asked.getDittoHeaders())));
    }

    private void request(RequestFromStreamingSubscription request) {
        String id = request.getSubscriptionId();
        Running now = running.get(id);
        DittoHeaders headers = request.getDittoHeaders();
        if (now == null) {
            fail(id, request.getEntityId(), StreamingSubscriptionNotFoundException.of(id, headers), headers);
            return;
        }
        now.demand += Math.max(0, request.getDemand());
        if (now.rest != null) {
            deliver(id, now);
        } else if (!now.reading) {
            now.reading = true;
            read(id, now, headers);
        }
    }

    private void read(String id, Running now, DittoHeaders headers) {
        try {
            events(now.asked, headers).whenComplete((events, failure) -> {
                if (!running.containsKey(id)) {
                    return;
                }
                if (failure != null) {
                    fail(id, now.asked.getEntityId(), failure, headers);
                } else {
                    now.rest = events.iterator();
                    deliver(id, now);
                }
            });
        } catch (RuntimeException e) {
            fail(id, now.asked.getEntityId(), e, headers);
        }
    }

    private CompletionStage<List<Adaptable>> events(SubscribeForPersistedEvents asked, DittoHeaders headers) {
        var range = new PastEvents.Range(
                asked.getFromHistoricalRevision(),
                asked.getToHistoricalRevision(),
                asked.getFromHistoricalTimestamp().orElse(null),
                asked.getToHistoricalTimestamp().orElse(null));
        var caller = headers.getAuthorizationContext();
        return switch (asked.getEntityId()) {
            case ThingId thing ->
                past.ofThing(
                                thing,
                                range,
                                EventSelection.parse(
                                        null, null, asked.getFilter().orElse(null), null, headers),
                                caller,
                                headers)
                        .thenApply(events ->
                                events.stream().map(TwinEvent::envelope).toList());
            case PolicyId policy -> past.ofPolicy(policy, range, caller, headers);
            default -> throw NotSupportedException.of("The history of '" + asked.getEntityType() + "'", headers);
        };
    }

    private void deliver(String id, Running now) {
        Iterator<Adaptable> rest = now.rest;
        if (rest == null) {
            return;
        }
        EntityId entity = now.asked.getEntityId();
        DittoHeaders headers = answer(now.asked.getDittoHeaders());
        while (now.demand > 0 && rest.hasNext()) {
            now.demand--;
            emit(StreamingSubscriptionHasNext.of(id, entity, JsonObject.of(Envelopes.write(rest.next())), headers));
        }
        if (!rest.hasNext()) {
            running.remove(id);
            emit(StreamingSubscriptionComplete.of(id, entity, headers));
        }
    }

    private void fail(String id, EntityId entity, Throwable failure, DittoHeaders headers) {
        running.remove(id);
        emit(StreamingSubscriptionFailed.of(id, entity, Errors.of(failure, headers), answer(headers)));
    }

    private static DittoHeaders answer(DittoHeaders headers) {
        return Envelopes.answerHeaders(headers);
    }

    private void emit(Signal<?> event) {
        sink.accept(Signals.adapter().toAdaptable(event));
    }
}
