package org.voltwin.lims.request;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.lims.catalogue.Catalogue;
import org.voltwin.lims.catalogue.Procedures;
import org.voltwin.lims.database.LimsDatabase;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.http.Changes;
import org.voltwin.model.http.Endpoint;
import org.voltwin.model.port.MessageBus;

/** The request desk with its outbox and its ear on the bus. */
public final class Requests implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Requests.class);

    private final LimsDatabase database;
    private final MessageBus bus;
    private final OutboxPublisher publisher;
    private final StatusListener listener;
    private final RequestEndpoints endpoints;

    public Requests(LimsDatabase database, Catalogue catalogue, Procedures procedures, MessageBus bus, Clock clock) {
        this.database = database;
        this.bus = bus;
        this.publisher = new OutboxPublisher(database, bus, clock);
        Changes<UUID> changes = new Changes<>();
        this.listener = new StatusListener(database, clock, changes);
        RequestDesk desk = new RequestDesk(database, catalogue, procedures, clock, UUID::randomUUID, uuid -> {
            publisher.wakeUp();
            changes.tell(uuid);
        });
        this.endpoints = new RequestEndpoints(database, desk, changes);
    }

    public List<Endpoint> endpoints() {
        return endpoints.endpoints();
    }

    /** Subscribes, and starts to send what is in the outbox. Completes when the broker has the subscriptions. */
    public CompletionStage<Void> start() {
        publisher.start();
        return listener.subscribe(bus).whenComplete((done, error) -> {
            if (error != null) {
                Throwable cause =
                        error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
                LOG.error("The LIMS hears nothing from the broker: {}", cause.toString());
            }
        });
    }

    /** Whether there is a request for this run. */
    public boolean knows(UUID run) {
        return database.inTransaction(c -> RequestRegister.find(c, run)).isPresent();
    }

    /** Why the run came to an end, if it did: its failure, or that it ended otherwise. */
    public Optional<Failure> ended(UUID run) {
        return database.inTransaction(c -> RequestRegister.find(c, run))
                .filter(row -> row.stage().isEnd())
                .map(row -> row.failure() != null
                        ? row.failure()
                        : Failure.permanent(
                                "pool.run_over",
                                "Request " + row.number() + " is " + row.stage().id() + ".",
                                "File a new request for another run."));
    }

    @Override
    public void close() {
        publisher.close();
    }
}
