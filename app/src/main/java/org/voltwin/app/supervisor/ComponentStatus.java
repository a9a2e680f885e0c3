package org.voltwin.app.supervisor;

import java.time.Instant;

/**
 * What {@code ./voltwin status} says of a component.
 *
 * @param pid 0 when there is no process
 * @param residentMiB resident memory of the process and its children, MiB
 * @param since when it entered this state
 * @param restarts how often it was brought back
 * @param detail last thing worth knowing, may be empty
 */
public record ComponentStatus(
        String name,
        String purpose,
        ComponentState state,
        long pid,
        String address,
        long residentMiB,
        Instant since,
        int restarts,
        String detail) {}
