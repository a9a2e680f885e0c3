package org.voltwin.model.schedule;

import java.time.Duration;
import java.time.Instant;

/**
 * How good the plan was that a place comes from.
 *
 * @param occasion why it was planned: {@code new request}, {@code bench ... is out of service}
 * @param makespan from {@code plannedAt} to the last tear-down of all tests in it
 * @param lowerBound no plan has a shorter makespan
 * @param gap (makespan - bound) / makespan, 0 to 1
 * @param moved tests of the plan in force that got another place
 * @param planned tests of the plan in force that could have
 * @param planFrom the engine that found the plan
 * @param boundFrom what proves the bound
 */
public record PlanFigures(
        Instant plannedAt,
        String occasion,
        Duration makespan,
        Duration lowerBound,
        double gap,
        int moved,
        int planned,
        String planFrom,
        String boundFrom) {}
