package org.voltwin.model.run;

import java.util.List;

/**
 * The run's folder in the laboratory's storage, made by the data processor. Paths are relative to the storage root.
 *
 * @param path {@code fastest_simulation_YYYYMMDD_<uuid>}
 * @param fmusPath {@code <path>/fastest-models/fmus}
 * @param doeInputPath {@code <path>/doe-input}
 * @param movedFiles names of the files moved out of the pool
 * @param fmuCount how many of them are FMUs, at least 1
 */
public record SimulationFolder(
        String path, String fmusPath, String doeInputPath, List<String> movedFiles, int fmuCount) {
    public SimulationFolder {
        movedFiles = List.copyOf(movedFiles);
    }
}
