package org.voltwin.standalone.ditto.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.signals.Signal;
import org.eclipse.ditto.base.model.signals.commands.streaming.RequestFromStreamingSubscription;
import org.eclipse.ditto.base.model.signals.commands.streaming.SubscribeForPersistedEvents;
import org.eclipse.ditto.base.model.signals.events.streaming.StreamingSubscriptionComplete;
import org.eclipse.ditto.base.model.signals.events.streaming.StreamingSubscriptionCreated;
import org.eclipse.ditto.base.model.signals.events.streaming.StreamingSubscriptionFailed;
import org.eclipse.ditto.base.model.signals.events.streaming.StreamingSubscriptionHasNext;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.protocol.ProtocolFactory;
import org.eclipse.ditto.protocol.adapter.DittoProtocolAdapter;
import org.eclipse.ditto.things.model.ThingId;
import org.eclipse.ditto.things.model.signals.commands.exceptions.ThingNotAccessibleException;
import org.eclipse.ditto.things.model.signals.events.AttributeModified;
import org.eclipse.ditto.things.model.signals.events.ThingCreated;
import org.eclipse.ditto.things.model.signals.events.ThingEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams of persisted events over the WebSocket: all, filtered, ranges, and whose they are. */
class StreamsPastEventsIT {
    private static final int UPDATES = 40;

    private final SharedDitto ditto = SharedDitto.get();
    private final ThingId thingId = StreamsPolicies.freshThing();
    private StreamsSocket socket;

    @BeforeEach
    void updates() {
        String path = "/api/2/things/" + thingId;
        var owner = ditto.as("first");
        assertThat(owner.put(path, "{\"attributes\":{\"counter\":0}}").status()).isEqualTo(201);
        for (int i = 1; i <= UPDATES; i++) {
            assertThat(owner.put(path + "/attributes/counter", String.valueOf(i))
                            .status())
                    .isEqualTo(204);
        }
        socket = StreamsSocket.open(ditto.running(), ditto.token("first"));
    }

    @AfterEach
    void close() {
        socket.close();
    }

    private static DittoHeaders headers() {
        return DittoHeaders.newBuilder()
                .correlationId(UUID.randomUUID().toString())
                .build();
    }

    private List<ThingEvent<?>> events(Long from, Long to, Instant since, Instant until, String filter)
            throws Exception {
        var subscribe = since == null
                ? SubscribeForPersistedEvents.of(
                        thingId, JsonPointer.empty(), from, to, since, until, filter, headers())
                : SubscribeForPersistedEvents.of(thingId, JsonPointer.empty(), since, until, filter, headers());
        Signal<?> answer = socket.send(subscribe).get(5, java.util.concurrent.TimeUnit.SECONDS);
        var id = ((StreamingSubscriptionCreated) answer).getSubscriptionId();
        socket.emit(RequestFromStreamingSubscription.of(
                thingId, JsonPointer.empty(), id, UPDATES + 1, DittoHeaders.empty()));
        var events = new ArrayList<ThingEvent<?>>();
        for (Signal<?> next = socket.next();
                !(next instanceof StreamingSubscriptionComplete complete);
                next = socket.next()) {
            assertThat(next).isInstanceOf(StreamingSubscriptionHasNext.class);
            JsonValue item = ((StreamingSubscriptionHasNext) next).getItem();
            events.add((ThingEvent<?>) DittoProtocolAdapter.newInstance()
                    .fromAdaptable(ProtocolFactory.jsonifiableAdaptableFromJson(item.asObject())));
        }
        return events;
    }

    private static List<Integer> counters(List<ThingEvent<?>> events) {
        return events.stream()
                .map(event -> ((AttributeModified) event).getAttributeValue().asInt())
                .toList();
    }

    @Test
    void everythingFromTheBeginning() throws Exception {
        List<ThingEvent<?>> events = events(0L, null, null, null, null);
        assertThat(events).hasSize(UPDATES + 1);
        assertThat(events.getFirst())
                .isInstanceOfSatisfying(
                        ThingCreated.class,
                        created -> assertThat(created.getThing()
                                        .getAttributes()
                                        .orElseThrow()
                                        .getValue("counter"))
                                .contains(JsonValue.of(0)));
        assertThat(counters(events.subList(1, events.size())))
                .isEqualTo(java.util.stream.IntStream.rangeClosed(1, UPDATES)
                        .boxed()
                        .toList());
        assertThat(events).extracting(ThingEvent::getRevision).isSorted();
    }

    @Test
    void filtered() throws Exception {
        assertThat(counters(events(0L, null, null, null, "ge(attributes/counter," + (UPDATES - 2) + ")")))
                .containsExactly(UPDATES - 2, UPDATES - 1, UPDATES);
    }

    @Test
    void aRangeOfRevisionsFiltered() throws Exception {
        assertThat(counters(events(5L, 9L, null, null, "ne(attributes/counter,6)")))
                .containsExactly(4, 5, 7, 8);
    }

    @Test
    void aRangeOfTime() throws Exception {
        Instant now = Instant.now();
        assertThat(events(null, null, now.minus(5, ChronoUnit.MINUTES), now, null))
                .hasSize(UPDATES + 1);
    }

    @Test
    void whoMayNotSeeTheThingIsToldItIsNotThere() throws Exception {
        try (var stranger = StreamsSocket.open(ditto.running(), ditto.token("stranger"))) {
            var created = stranger.ask(
                    SubscribeForPersistedEvents.of(thingId, JsonPointer.empty(), 0L, null, null, null, null, headers()),
                    StreamingSubscriptionCreated.class);
            stranger.emit(RequestFromStreamingSubscription.of(
                    thingId, JsonPointer.empty(), created.getSubscriptionId(), 1L, DittoHeaders.empty()));
            var failed = stranger.next(StreamingSubscriptionFailed.class);
            assertThat(failed.getEntityId().toString()).isEqualTo(thingId.toString());
            assertThat(failed.getError()).isInstanceOf(ThingNotAccessibleException.class);
        }
    }

    @Test
    void aSubscriptionBelongsToItsSession() throws Exception {
        var created = socket.ask(
                SubscribeForPersistedEvents.of(thingId, JsonPointer.empty(), 0L, null, null, null, null, headers()),
                StreamingSubscriptionCreated.class);
        try (var other = StreamsSocket.open(ditto.running(), ditto.token("first"))) {
            other.emit(RequestFromStreamingSubscription.of(
                    thingId, JsonPointer.empty(), created.getSubscriptionId(), 1L, DittoHeaders.empty()));
            assertThat(other.next(StreamingSubscriptionFailed.class).getError().getErrorCode())
                    .isEqualTo("streaming.subscription.not.found");
        }
    }
}
