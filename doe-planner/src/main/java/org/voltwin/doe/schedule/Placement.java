package org.voltwin.doe.schedule;

import java.time.Instant;

/**
 * Times of a task on a channel.
 *
 * @param setUpStart the channel is taken from then
 * @param start the run starts
 * @param end the run ends; tear-down may have to wait for staff
 * @param tearDownEnd the channel is free again
 */
record Placement(Instant setUpStart, Instant start, Instant end, Instant tearDownEnd) {}
