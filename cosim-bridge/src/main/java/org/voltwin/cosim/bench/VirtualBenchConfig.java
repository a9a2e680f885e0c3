package org.voltwin.cosim.bench;

import java.nio.file.Path;
import org.voltwin.cosim.worker.WorkerLimits;

/**
 * Where virtual benches work.
 *
 * @param storageRoot the laboratory's storage; an order's folder is below it
 * @param workFolder for the runs' own copies; not shared with another process
 * @param mostWorkers simulations at a time, at least 1; further orders wait
 */
public record VirtualBenchConfig(Path storageRoot, Path workFolder, int mostWorkers, WorkerLimits limits) {
    public VirtualBenchConfig {
        if (mostWorkers < 1) {
            throw new IllegalArgumentException("mostWorkers is " + mostWorkers + ". Maybe 4 is meant");
        }
    }

    public static VirtualBenchConfig of(Path storageRoot, Path workFolder) {
        return new VirtualBenchConfig(storageRoot, workFolder, 4, WorkerLimits.usual());
    }
}
