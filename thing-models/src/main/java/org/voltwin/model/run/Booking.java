package org.voltwin.model.run;

import java.time.Instant;
import org.voltwin.model.TwinId;
import org.voltwin.model.lab.BenchKind;

/**
 * A place in the bench plan.
 *
 * @param bench where
 * @param channel from 1
 * @param setUpStart when staff start to set up
 * @param start when the run starts
 * @param end when it is expected to end
 * @param tearDownEnd when the bench is free again
 * @param why why there and then, in words
 * @param outputPath the schedule file, relative to the storage root
 */
public record Booking(
        TwinId bench,
        BenchKind kind,
        int channel,
        Instant setUpStart,
        Instant start,
        Instant end,
        Instant tearDownEnd,
        String why,
        String outputPath) {
    public Booking {
        // Bookings of before channels were kept have none.
        channel = Math.max(1, channel);
    }
}
