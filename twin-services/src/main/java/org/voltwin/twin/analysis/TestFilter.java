package org.voltwin.twin.analysis;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.http.Request;
import org.voltwin.model.run.RunState;
import org.voltwin.twin.runs.Run;

/**
 * The filters of the list of tests. Dates are the scheduled one, or the preferred one until there is a schedule.
 *
 * @param type cell, module or pack, with or without {@code -level}
 * @param from inclusive
 * @param to exclusive
 * @param bench physical, virtual, or the id or name of a bench
 */
record TestFilter(
        Optional<String> status,
        Optional<String> stage,
        Optional<String> type,
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<String> text,
        Optional<String> bench) {

    static TestFilter of(Request request) {
        return new TestFilter(
                lower(request, "status"),
                lower(request, "stage"),
                lower(request, "type"),
                instant(request, "from", 0),
                instant(request, "to", 1),
                lower(request, "text"),
                lower(request, "bench"));
    }

    private static Optional<String> lower(Request request, String name) {
        return request.query(name).map(value -> value.toLowerCase(Locale.ROOT));
    }

    /** An instant, or a day (UTC); the end of a day when {@code daysAdded} is 1. */
    static Optional<Instant> instant(Request request, String name, int daysAdded) {
        return request.query(name).map(value -> {
            try {
                return value.contains("T")
                        ? Instant.parse(value)
                        : LocalDate.parse(value)
                                .plusDays(daysAdded)
                                .atStartOfDay(ZoneOffset.UTC)
                                .toInstant();
            } catch (DateTimeParseException e) {
                throw new RefusedException(Failure.permanent(
                        "request.bad_date",
                        "The query parameter " + name + " is '" + value + "'.",
                        "Give a day such as 2026-11-23 or an instant such as 2026-11-23T10:00:00Z."));
            }
        });
    }

    boolean accepts(Run run, ObjectNode row) {
        return status.map(row.path("status").asText()::equals).orElse(true)
                && stage.map(row.path("stage").asText()::equals).orElse(true)
                && type.map(row.path("type").asText().toLowerCase(Locale.ROOT)::startsWith)
                        .orElse(true)
                && from.map(least -> !date(run).isBefore(least)).orElse(true)
                && to.map(end -> date(run).isBefore(end)).orElse(true)
                && text.map(wanted -> TestRows.mentions(row, wanted)).orElse(true)
                && bench.map(wanted -> onBench(row, wanted)).orElse(true);
    }

    private static boolean onBench(ObjectNode row, String wanted) {
        return row.path("bench").asText().equals(wanted)
                || row.path("benchId").asText().toLowerCase(Locale.ROOT).endsWith(wanted);
    }

    private static Instant date(Run run) {
        return run.state()
                .find(RunState.Scheduled.class)
                .map(scheduled -> scheduled.booking().start())
                .orElseGet(() -> Optional.ofNullable(run.state().request().preferredDate())
                        .orElse(run.state().request().submittedAt()));
    }
}
