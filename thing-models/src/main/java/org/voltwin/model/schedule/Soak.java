package org.voltwin.model.schedule;

import java.time.Duration;

/**
 * Runs of one test that are made one after another at one temperature: a whole plot of its design.
 *
 * @param wholePlot of the design, from 1; 0 when nothing is hard to change
 * @param firstRun number of its first scenario
 * @param lastRun number of its last
 * @param testTime duration in test time; a bench's speed divides it
 */
public record Soak(int wholePlot, double celsius, int firstRun, int lastRun, Duration testTime) {}
