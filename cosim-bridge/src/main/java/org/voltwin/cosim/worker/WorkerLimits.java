package org.voltwin.cosim.worker;

import java.time.Duration;

/**
 * Limits of one worker.
 *
 * @param memoryBytes resident memory at which it is ended
 * @param silence how long it may take for its next row
 * @param attempts how often a worker that died is started, at least 1
 */
public record WorkerLimits(long memoryBytes, Duration silence, int attempts) {
    public static WorkerLimits usual() {
        return new WorkerLimits(512L << 20, Duration.ofSeconds(60), 3);
    }
}
