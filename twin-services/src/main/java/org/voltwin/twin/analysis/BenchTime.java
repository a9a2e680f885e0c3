package org.voltwin.twin.analysis;

import java.time.Instant;
import java.util.Map;
import org.voltwin.model.run.Booking;
import org.voltwin.model.run.RunStage;
import org.voltwin.model.run.RunState;

/** When a run has its bench: as it was where it has happened, else as it is booked. */
record BenchTime(Booking booking, Instant setUpStart, Instant start, Instant end, Instant tearDownEnd) {
    static BenchTime of(RunState state, Booking booking) {
        Map<RunStage, Instant> times = state.transitions();
        Instant start = times.getOrDefault(RunStage.RUNNING, booking.start());
        Instant setUpStart = booking.setUpStart().isBefore(start) ? booking.setUpStart() : start;
        if (!state.stage().isEnd()) {
            return new BenchTime(
                    booking, setUpStart, start, later(booking.end(), start), later(booking.tearDownEnd(), start));
        }
        Instant end = later(state.since(), start);
        return new BenchTime(booking, setUpStart, start, end, end);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
