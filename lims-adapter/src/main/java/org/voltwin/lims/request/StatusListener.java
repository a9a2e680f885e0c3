package org.voltwin.lims.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.lims.database.LimsDatabase;
import org.voltwin.model.TwinId;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.http.Changes;
import org.voltwin.model.json.Json;
import org.voltwin.model.port.MessageBus;
import org.voltwin.model.run.RunStage;

/** Keeps the rows as the twin says. A message may come twice, late, or in another order. */
final class StatusListener {
    private static final Logger LOG = LoggerFactory.getLogger(StatusListener.class);

    private final LimsDatabase database;
    private final Clock clock;
    private final Changes<UUID> changes;

    /** @param changes told of every request that has moved */
    StatusListener(LimsDatabase database, Clock clock, Changes<UUID> changes) {
        this.database = database;
        this.changes = changes;
        this.clock = clock;
    }

    CompletionStage<Void> subscribe(MessageBus bus) {
        CompletionStage<Void> answers = bus.subscribe("lims-ack", "LIMS/requests/ack/+", this::takeAnswer);
        CompletionStage<Void> statuses = bus.subscribe("lims-status", "LIMS/status/+", this::takeStatus);
        return answers.thenCombine(statuses, (first, second) -> first);
    }

    private CompletionStage<Void> takeAnswer(String topic, byte[] payload) {
        return onItsOwnThread(() -> answer(topic, payload));
    }

    private CompletionStage<Void> takeStatus(String topic, byte[] payload) {
        return onItsOwnThread(() -> status(topic, payload));
    }

    private static CompletionStage<Void> onItsOwnThread(Runnable work) {
        return CompletableFuture.runAsync(
                work, task -> Thread.ofVirtual().name("lims-status").start(task));
    }

    /** {@code LIMS/requests/ack/<uuid>}. */
    void answer(String topic, byte[] payload) {
        Outcome<JsonNode> read = Json.read(payload, JsonNode.class);
        Optional<UUID> uuid = uuid(topic);
        if (uuid.isEmpty() || !(read instanceof Outcome.Ok<JsonNode>(JsonNode message))) {
            LOG.warn("An answer on {} was not taken: it is not JSON about a request", topic);
            return;
        }
        Instant now = now();
        database.inTransaction(c -> {
            Optional<RequestRow> row = RequestRegister.lock(c, uuid.get());
            if (row.isEmpty()) {
                return false;
            }
            Outbox.settle(c, uuid.get(), Outbox.REQUESTS, now);
            if (message.path("accepted").asBoolean(false)) {
                String thing =
                        message.path("thing").asText(TwinId.ofRun(uuid.get()).value());
                RequestRegister.acknowledged(c, uuid.get(), thing, now);
            } else {
                Failure failure = Json.convert(message.path("failure"), Failure.class) instanceof Outcome.Ok<Failure> ok
                        ? ok.value()
                        : Failure.permanent(
                                "request.refused", "The twin refused the request.", "Look at the twin's log.");
                RequestRegister.apply(
                        c,
                        row.get(),
                        new StatusUpdate(
                                uuid.get(), RunStage.FAILED, now, 0, failure.cause(), failure, null, null, null, null),
                        now);
            }
            return true;
        });
        changes.tell(uuid.get());
    }

    /** {@code LIMS/status/<uuid>}. */
    void status(String topic, byte[] payload) {
        switch (Json.read(payload, StatusUpdate.class)) {
            case Outcome.Refused<StatusUpdate>(Failure failure) ->
                LOG.warn("A status on {} was not taken: {}", topic, failure.inOneLine());
            case Outcome.Ok<StatusUpdate>(StatusUpdate update) -> apply(update);
        }
    }

    private void apply(StatusUpdate update) {
        Instant now = now();
        database.inTransaction(c -> {
            Optional<RequestRow> row = RequestRegister.lock(c, update.uuid());
            if (row.isEmpty()) {
                return false;
            }
            // A status proves that the twin has the request.
            Outbox.settle(c, update.uuid(), Outbox.REQUESTS, now);
            RequestRegister.acknowledged(
                    c, update.uuid(), TwinId.ofRun(update.uuid()).value(), now);
            if (update.stage().isEnd()) {
                Outbox.settle(c, update.uuid(), Outbox.CANCELLATIONS, now);
            }
            return RequestRegister.apply(c, row.get(), update, now);
        });
        changes.tell(update.uuid());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static Optional<UUID> uuid(String topic) {
        try {
            return Optional.of(UUID.fromString(topic.substring(topic.lastIndexOf('/') + 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
