package org.voltwin.bench.emulated;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.bench.device.CommandHandler.Answer;
import org.voltwin.bench.device.DeviceMessage;
import org.voltwin.bench.device.HonoDevice;
import org.voltwin.bench.emulated.BenchEvent.Kind;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.json.Json;
import org.voltwin.model.port.BenchOrder;
import org.voltwin.model.port.PhysicalBenches;
import org.voltwin.model.schema.MessageSchema;
import org.voltwin.model.schema.Schemas;

/**
 * A bench with one channel behind Hono. Takes {@code start-run} and {@code cancel-run}; sends samples about the unit
 * under test with the run's uuid as stream, and events about the run. An order that was accepted survives the process:
 * started again, the bench goes on with it, and its rows have the same sequence numbers as before.
 */
public final class PhysicalBenchDevice implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PhysicalBenchDevice.class);
    private static final long JOURNAL_EVERY_NANOS = 5_000_000_000L;

    private final PhysicalBenchConfig config;
    private final CellSource source;
    private final Clock clock;
    private final Schemas schemas;
    private final HonoDevice device;
    private final OrderJournal journal;
    private @Nullable OrderExecution current;
    private @Nullable Thread worker;
    private boolean closed;

    /**
     * Opens the journal; does not connect yet.
     *
     * @param vertx for the MQTT client; stays the caller's
     * @throws IOException when the journal cannot be read
     */
    public PhysicalBenchDevice(Vertx vertx, PhysicalBenchConfig config, CellSource source, Schemas schemas, Clock clock)
            throws IOException {
        this.config = config;
        this.source = source;
        this.clock = clock;
        this.schemas = schemas;
        this.journal = OrderJournal.open(config.folder());
        this.device = new HonoDevice(vertx, config.hono(), config.bench(), config.password(), config.device());
        device.onCommand(this::command);
    }

    /**
     * Connects and goes on with what was at work. Refused as {@link HonoDevice#connect} is; after {@code
     * device.unreachable} it keeps trying all the same.
     */
    public Outcome<Boolean> start(Duration within) {
        synchronized (this) {
            journal.open().stream().findFirst().ifPresent(this::execute);
        }
        return device.connect(within);
    }

    public boolean isConnected() {
        return device.isConnected();
    }

    /** The run at work. */
    public synchronized Optional<UUID> running() {
        return Optional.ofNullable(current).map(execution -> execution.order().run());
    }

    private Answer command(String subject, byte[] payload) {
        try {
            return switch (subject) {
                case PhysicalBenches.START -> startRun(payload);
                case PhysicalBenches.CANCEL -> cancelRun(payload);
                default ->
                    answer(
                            400,
                            Failure.permanent(
                                    "bench.unknown_command",
                                    "The bench knows no command '" + subject + "'.",
                                    "Send start-run or cancel-run."));
            };
        } catch (RuntimeException e) {
            LOG.error("command failed subject={}", subject, e);
            return answer(
                    500,
                    Failure.passing(
                            "bench.internal_error",
                            "The bench could not execute the command.",
                            "See the bench's log."));
        }
    }

    private Answer startRun(byte[] payload) {
        return switch (schemas.read(MessageSchema.BENCH_ORDER, payload, BenchOrder.class)) {
            case Outcome.Ok<BenchOrder>(BenchOrder order) -> accept(order);
            case Outcome.Refused<BenchOrder>(Failure failure) -> answer(400, failure);
        };
    }

    private synchronized Answer accept(BenchOrder order) {
        if (!order.bench().equals(config.bench())) {
            return answer(
                    400,
                    Failure.permanent(
                            "bench.wrong_bench",
                            "The order is for " + order.bench() + ", but this is " + config.bench() + ".",
                            "Send it to its own bench."));
        }
        Optional<OrderJournal.Entry> known = journal.entry(order.run());
        if (known.isPresent()) {
            OrderJournal.EndEntry end = known.get().end();
            if (end != null) {
                tell(order.run(), end);
            }
            return accepted();
        }
        OrderExecution busy = current;
        if (busy != null) {
            return answer(
                    409,
                    Failure.passing(
                            "bench.busy",
                            "The bench " + config.bench() + " is at work on run "
                                    + busy.order().run() + ".",
                            "Send the order again when that run has ended."));
        }
        Optional<Failure> refusal = source.refusal(order);
        if (refusal.isPresent()) {
            return answer(400, refusal.get());
        }
        OrderJournal.Entry entry = new OrderJournal.Entry(order, 0, null);
        journal.keep(entry);
        execute(entry);
        return accepted();
    }

    private synchronized Answer cancelRun(byte[] payload) {
        return switch (schemas.read(MessageSchema.BENCH_CANCEL, payload, JsonNode.class)) {
            case Outcome.Ok<JsonNode>(JsonNode content) -> {
                UUID run = UUID.fromString(content.path("run").asText());
                OrderExecution busy = current;
                if (busy != null && busy.order().run().equals(run)) {
                    busy.stop();
                }
                yield new Answer(200, "{}".getBytes(UTF_8));
            }
            case Outcome.Refused<JsonNode>(Failure failure) -> answer(400, failure);
        };
    }

    /** Called with this object's lock. */
    private void execute(OrderJournal.Entry entry) {
        if (closed) {
            return;
        }
        OrderExecution execution = new OrderExecution(
                entry.order(),
                source,
                device,
                config.bench().name(),
                entry.acknowledgedRows(),
                new JournalledRows(entry.order()));
        current = execution;
        worker = Thread.ofVirtual().name("run-" + entry.order().run()).start(() -> execute(execution));
    }

    private void execute(OrderExecution execution) {
        BenchOrder order = execution.order();
        LOG.info("run begins run={} speed={}", order.run(), order.speed());
        OrderJournal.EndEntry end;
        try {
            event(order.run(), new OrderJournal.EndEntry(Kind.STARTED.id(), 0, null, null));
            end = switch (execution.run()) {
                case OrderExecution.End.Finished finished ->
                    new OrderJournal.EndEntry(Kind.FINISHED.id(), finished.rows(), finished.summary(), null);
                case OrderExecution.End.Failed failed ->
                    new OrderJournal.EndEntry(Kind.FAILED.id(), failed.rows(), null, failed.failure());
                case OrderExecution.End.Cancelled cancelled ->
                    new OrderJournal.EndEntry(Kind.CANCELLED.id(), cancelled.rows(), null, null);
            };
        } catch (InterruptedException e) {
            LOG.info("run is left for the next start run={}", order.run());
            return;
        } catch (RuntimeException e) {
            LOG.error("run failed run={}", order.run(), e);
            end = new OrderJournal.EndEntry(Kind.FAILED.id(), execution.rows(), null, failureOf(e));
        }
        synchronized (this) {
            if (closed) {
                return;
            }
            journal.keep(new OrderJournal.Entry(order, end.rows(), end));
            current = null;
            worker = null;
        }
        LOG.info("run ended run={} event={} rows={}", order.run(), end.event(), end.rows());
        tell(order.run(), end);
    }

    private static Failure failureOf(RuntimeException e) {
        return e instanceof RefusedException refused
                ? refused.failure()
                : Failure.permanent(
                        "bench.internal_error", "The bench could not execute the order.", "See the bench's log.");
    }

    /** The event may wait for the line; nobody waits for it. */
    private void tell(UUID run, OrderJournal.EndEntry end) {
        Thread.ofVirtual().name("event-" + run).start(() -> {
            try {
                event(run, end);
            } catch (RefusedException e) {
                // Whoever waits for it sends the order again, and gets the event then.
                LOG.warn("event not sent run={} event={} reason={}", run, end.event(), e.getMessage());
            }
        });
    }

    private void event(UUID run, OrderJournal.EndEntry end) {
        BenchEvent event = new BenchEvent(
                config.bench(),
                run,
                Kind.valueOf(end.event().toUpperCase(java.util.Locale.ROOT)),
                end.rows(),
                end.summary(),
                end.failure(),
                clock.instant());
        device.send(DeviceMessage.event(BenchEvent.CONTENT_TYPE, Json.bytes(event)));
    }

    private static Answer accepted() {
        return new Answer(202, "{}".getBytes(UTF_8));
    }

    private static Answer answer(int status, Failure failure) {
        return new Answer(status, Json.bytes(failure));
    }

    /** Stops without ending the run at work: the next start goes on with it. */
    @Override
    public void close() throws IOException {
        Thread working;
        synchronized (this) {
            closed = true;
            working = worker;
        }
        if (working != null) {
            working.interrupt();
        }
        device.close();
        if (working != null) {
            try {
                working.join(Duration.ofSeconds(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        journal.close();
    }

    /** Notes once in a while how many rows are acknowledged: a restart passes them over. */
    private final class JournalledRows implements java.util.function.LongConsumer {
        private final BenchOrder order;
        private long notedAtNanos = System.nanoTime();

        JournalledRows(BenchOrder order) {
            this.order = order;
        }

        @Override
        public void accept(long upTo) {
            synchronized (PhysicalBenchDevice.this) {
                OrderExecution execution = current;
                long now = System.nanoTime();
                boolean atWork = execution != null && execution.order().run().equals(order.run());
                if (atWork && !closed && now - notedAtNanos > JOURNAL_EVERY_NANOS) {
                    notedAtNanos = now;
                    journal.keep(new OrderJournal.Entry(order, upTo, null));
                }
            }
        }
    }
}
