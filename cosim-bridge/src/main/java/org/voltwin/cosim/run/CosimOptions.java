package org.voltwin.cosim.run;

import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code voltwin cosim run}.
 *
 * @param folder with FMUs, connections file, optionally input.csv and parameters.json
 * @param stopSeconds end of the simulation, &gt; 0
 * @param stepSeconds distance of rows and longest communication step, &gt; 0
 * @param out CSV file to write; by default results.csv in the folder
 */
public record CosimOptions(Path folder, double stopSeconds, double stepSeconds, Optional<Path> out) {
    /** An hour in steps of one second. */
    public static CosimOptions of(Path folder) {
        return new CosimOptions(folder, 3600, 1, Optional.empty());
    }
}
