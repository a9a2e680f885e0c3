package org.voltwin.model.schedule;

import java.time.Instant;
import org.voltwin.model.TwinId;

/**
 * A task's place.
 *
 * @param task id of the task
 * @param channel the bench's channel, counted from 1
 * @param setUpStart staff start; within working hours up to {@code start}
 * @param start the run starts
 * @param end the run ends; tear-down follows, in working hours
 * @param tearDownEnd the channel is free
 * @param why why there and not earlier, in words
 */
public record Assignment(
        String task,
        TwinId bench,
        int channel,
        Instant setUpStart,
        Instant start,
        Instant end,
        Instant tearDownEnd,
        String why) {}
