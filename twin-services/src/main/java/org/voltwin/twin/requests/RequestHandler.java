package org.voltwin.twin.requests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.model.TwinId;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.json.Json;
import org.voltwin.model.port.MessageBus;
import org.voltwin.model.run.RunState;
import org.voltwin.model.run.TestRequest;
import org.voltwin.twin.birth.BirthHandler;
import org.voltwin.twin.collector.Collector;
import org.voltwin.twin.collector.Lanes;
import org.voltwin.twin.runs.RunCancellation;
import org.voltwin.twin.runs.RunMoves;
import org.voltwin.twin.store.SampleStore;

/** Takes requests and cancellations from the LIMS broker (DT-12). A message is acknowledged when it was dealt with. */
public final class RequestHandler {
    /** Where requests come in. */
    public static final String REQUESTS = "LIMS/requests/test";

    /** Where cancellations come in. */
    public static final String CANCELLATIONS = "LIMS/requests/cancel";

    private static final Logger LOG = LoggerFactory.getLogger(RequestHandler.class);
    private static final String SOURCE = "lims broker";

    private final MessageBus bus;
    private final RunMoves moves;
    private final RunCancellation cancellation;
    private final BirthHandler birth;
    private final Collector rejections;
    private final SampleStore store;
    private final Lanes lanes;
    private final Clock clock;

    public RequestHandler(
            MessageBus bus,
            RunMoves moves,
            RunCancellation cancellation,
            BirthHandler birth,
            Collector rejections,
            SampleStore store,
            Lanes lanes,
            Clock clock) {
        this.bus = bus;
        this.moves = moves;
        this.cancellation = cancellation;
        this.birth = birth;
        this.rejections = rejections;
        this.store = store;
        this.lanes = lanes;
        this.clock = clock;
    }

    /** Begins to listen. */
    public void start() {
        listen("twin-requests", REQUESTS, this::takeRequest);
        listen("twin-cancellations", CANCELLATIONS, this::takeCancellation);
    }

    private void listen(String name, String topic, java.util.function.BiConsumer<String, byte[]> work) {
        CompletionStage<Void> subscribed =
                bus.subscribe(name, topic, (from, payload) -> lanes.submit(name, () -> work.accept(from, payload)));
        subscribed.whenComplete((done, error) -> {
            if (error != null) {
                LOG.error("Cannot listen to {}", topic, error);
            }
        });
    }

    void takeRequest(String topic, byte[] payload) {
        Outcome<JsonNode> message = Json.read(payload, JsonNode.class);
        Outcome<TestRequest> request = message.flatMap(RequestHandler::request).flatMap(RequestHandler::checked);
        switch (request) {
            case Outcome.Ok<TestRequest> ok -> {
                TestRequest wanted = ok.value();
                store.keepExchange("request-" + wanted.uuid(), clock.instant(), topic, Json.tree(wanted));
                birth.ensure(wanted.unit(), "request " + wanted.number());
                moves.create(wanted);
                acknowledge(wanted.uuid().toString(), Optional.empty());
            }
            case Outcome.Refused<TestRequest> refused -> {
                rejections.reject(SOURCE, topic, payload, refused.failure());
                acknowledge(uuid(message), Optional.of(refused.failure()));
            }
        }
    }

    private static Outcome<TestRequest> request(JsonNode message) {
        JsonNode request = message.path("voltwin_request");
        return request.isObject()
                ? Json.convert(request, TestRequest.class)
                : Outcome.refused(Failure.permanent(
                        "request.wrong_shape",
                        "The message has no field voltwin_request.",
                        "Send D6.4's message with the whole request in the field voltwin_request."));
    }

    /** What the lims-adapter should have seen to; a mistake here would otherwise show up stages later. */
    private static Outcome<TestRequest> checked(TestRequest request) {
        if (request.uuid() == null || request.unit() == null || request.submittedAt() == null) {
            return Outcome.refused(Failure.permanent(
                    "request.incomplete",
                    "The request lacks its uuid, its unit under test or the time it was submitted.",
                    "Fill all fields of voltwin_request."));
        }
        if (request.number() == null
                || request.number().isBlank()
                || request.testName() == null
                || request.benchKind() == null) {
            return Outcome.refused(Failure.permanent(
                    "request.incomplete",
                    "Request " + request.uuid() + " lacks its number, its test name or the kind of bench.",
                    "Fill all fields of voltwin_request."));
        }
        if (!request.unit().twin().kind().equals(request.unit().level().id())) {
            return Outcome.refused(Failure.permanent(
                    "request.wrong_unit",
                    "Unit " + request.unit().code() + " is a "
                            + request.unit().level().id() + " but its twin is "
                            + request.unit().twin() + ".",
                    "Name the twin of the unit under test, whose first word is its level."));
        }
        return Outcome.ok(request);
    }

    private static String uuid(Outcome<JsonNode> message) {
        return switch (message) {
            case Outcome.Ok<JsonNode> ok -> {
                String given = ok.value()
                        .path("voltwin_request")
                        .path("uuid")
                        .asText(ok.value().path("uuid").asText("unknown"));
                yield given.matches("[0-9A-Za-z-]{1,64}") ? given : "unknown";
            }
            case Outcome.Refused<JsonNode> refused -> "unknown";
        };
    }

    private void acknowledge(String uuid, Optional<Failure> failure) {
        ObjectNode answer = Json.mapper().createObjectNode();
        answer.put("uuid", uuid);
        answer.put("accepted", failure.isEmpty());
        if (failure.isEmpty()) {
            answer.put("thing", TwinId.NAMESPACE + ":run-" + uuid);
        }
        failure.ifPresent(why -> answer.set("failure", Json.tree(why)));
        String topic = "LIMS/requests/ack/" + uuid;
        await(bus.publish(topic, Json.bytes(answer), false));
        store.keepExchange("ack-" + uuid + "-" + failure.isEmpty(), clock.instant(), topic, answer);
    }

    /** The request must not be acknowledged before its answer is out. */
    private static void await(CompletionStage<Void> published) {
        published.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    void takeCancellation(String topic, byte[] payload) {
        Outcome<Cancellation> message = Json.read(payload, Cancellation.class);
        switch (message) {
            case Outcome.Ok<Cancellation> ok -> {
                Outcome<RunState> cancelled = ok.value().uuid() == null
                        ? Outcome.refused(Failure.permanent(
                                "message.wrong_shape", "The cancellation names no uuid.", "Name the run's uuid."))
                        : cancellation.cancel(
                                ok.value().uuid(), String.valueOf(ok.value().by()));
                if (cancelled instanceof Outcome.Refused<RunState> refused) {
                    rejections.reject(SOURCE, topic, payload, refused.failure());
                }
            }
            case Outcome.Refused<Cancellation> refused -> rejections.reject(SOURCE, topic, payload, refused.failure());
        }
    }
}
