package org.voltwin.model.schedule;

import java.time.Instant;

/** When a soak is; the time between two soaks is the chamber's way from one temperature to the other. */
public record PlannedSoak(int wholePlot, double celsius, int firstRun, int lastRun, Instant start, Instant end) {}
