package org.voltwin.lims.catalogue;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.lab.BenchKind;

/** Rules that a request's single values obey. */
public final class RequestRules {
    /** Clocks of browsers and servers differ; a form takes a moment to send. */
    public static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

    private static final Duration HORIZON = Duration.ofDays(3650);

    private RequestRules() {}

    /** A preferred date; refused with {@code request.bad_date} or {@code request.date_in_past}. */
    public static Outcome<Instant> date(String text, Instant now) {
        Instant date;
        try {
            date = OffsetDateTime.parse(text.strip()).toInstant();
        } catch (DateTimeParseException e) {
            return badDate(text);
        }
        if (date.isBefore(now.minus(CLOCK_SKEW))) {
            return Outcome.refused(Failure.permanent(
                    "request.date_in_past",
                    "The preferred date " + date + " has passed; it is " + now + ".",
                    "Choose a date from now on."));
        }
        if (date.isAfter(now.plus(HORIZON))) {
            return badDate(text);
        }
        return Outcome.ok(date);
    }

    private static Outcome<Instant> badDate(String text) {
        return Outcome.refused(Failure.permanent(
                "request.bad_date",
                "The preferred date '" + text + "' is not a time within the next ten years.",
                "Write it with a zone, such as 2026-11-23T10:00:00Z."));
    }

    /** A kind of bench; refused with {@code request.bad_bench}. */
    public static Outcome<BenchKind> bench(String text) {
        for (BenchKind kind : BenchKind.values()) {
            if (kind.id().equalsIgnoreCase(text.strip())) {
                return Outcome.ok(kind);
            }
        }
        return Outcome.refused(Failure.permanent(
                "request.bad_bench", "'" + text + "' is not a kind of bench.", "Choose virtual or physical."));
    }
}
