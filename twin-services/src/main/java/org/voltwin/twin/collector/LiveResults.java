package org.voltwin.twin.collector;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.model.json.Json;
import org.voltwin.model.lab.BenchKind;
import org.voltwin.model.port.MessageBus;
import org.voltwin.model.quantity.Unit;
import org.voltwin.model.run.RunState;
import org.voltwin.model.run.TestRequest;
import org.voltwin.model.telemetry.Column;
import org.voltwin.model.telemetry.ResultMessage;
import org.voltwin.model.telemetry.Variables;
import org.voltwin.twin.store.InsideRows;
import org.voltwin.twin.store.StreamInfo;

/**
 * Says on {@code LIMS/metrics/<bench>/physical_metrics} what a physical bench measured, in the message that virtual
 * benches use, so that whoever subscribes {@code LIMS/metrics/#} sees both kinds (requirement LI-11). Rows are said
 * after they are stored, and again when their telemetry comes again: the sequence number tells. This is a live feed:
 * the store is the record, and rows that a broker out of reach could not take are only counted and logged.
 */
public final class LiveResults implements Collector.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(LiveResults.class);
    /** Messages of at most 200 rows on their way to the broker, beyond which rows are left out. */
    static final int MOST_UNDERWAY = 64;

    private final MessageBus bus;
    private final Bookings bookings;
    private final Semaphore underway = new Semaphore(MOST_UNDERWAY);
    private final AtomicLong leftOut = new AtomicLong();

    public LiveResults(MessageBus bus, Bookings bookings) {
        this.bus = bus;
        this.bookings = bookings;
    }

    @Override
    public void stored(InsideRows rows, StreamInfo stream) {
        UUID uuid = rows.run();
        if (uuid == null || rows.rows().isEmpty()) {
            return;
        }
        Optional<RunState.Scheduled> physical = bookings.run(uuid)
                .flatMap(state -> state.find(RunState.Scheduled.class))
                .filter(state -> state.booking().kind() == BenchKind.PHYSICAL);
        if (physical.isPresent()) {
            publish(rows, physical.get());
        }
    }

    private void publish(InsideRows rows, RunState.Scheduled run) {
        if (!underway.tryAcquire()) {
            long first = leftOut.getAndAdd(rows.rows().size());
            if (first == 0) {
                LOG.warn("The broker takes no results: rows are left out of the live feed, and kept in the store");
            }
            return;
        }
        String topic = "LIMS/metrics/" + run.booking().bench().name() + "/physical_metrics";
        bus.publish(topic, Json.bytes(message(rows, run.request())), false).whenComplete((done, error) -> {
            underway.release();
            if (error != null) {
                LOG.warn("Results on {} were not published: {}", topic, error.toString());
            }
            long missed = leftOut.getAndSet(0);
            if (missed > 0) {
                LOG.warn("The live feed goes on; {} rows were left out of it", missed);
            }
        });
    }

    /** A value that is missing or was kept aside is the documents' mark of an invalid signal. */
    private static ResultMessage message(InsideRows rows, TestRequest request) {
        List<Column> columns = rows.columns();
        int time = columns.stream().map(Column::name).toList().indexOf(Variables.TIME);
        List<ResultMessage.Variable> variables = new ArrayList<>();
        for (int c = 0; c < columns.size(); c++) {
            if (c != time) {
                variables.add(variable(columns.get(c), c, time, rows.rows()));
            }
        }
        return new ResultMessage(
                request.testName(),
                request.unit().level().testType(),
                request.uuid(),
                request.unit().code(),
                BenchKind.PHYSICAL.label(),
                request.useCase().label(),
                rows.first(),
                rows.totalRows(),
                variables);
    }

    private static ResultMessage.Variable variable(Column column, int index, int time, List<double[]> rows) {
        Unit wire = Variables.wireUnit(column.name()).orElse(column.unit());
        return new ResultMessage.Variable(
                column.name(),
                column.direction().label(),
                wire.symbol(),
                rows.stream()
                        .map(row -> new ResultMessage.TimedValue(
                                time < 0 || Double.isNaN(row[time]) ? Variables.INVALID : row[time],
                                Double.isNaN(row[index]) ? Variables.INVALID : wire.fromInside(row[index])))
                        .toList());
    }
}
