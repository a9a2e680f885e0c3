package org.voltwin.cosim.run;

import java.nio.file.Path;
import java.util.Optional;
import org.voltwin.cosim.worker.Stepping;

/**
 * {@code voltwin cosim run}.
 *
 * @param folder with FMUs, connections file, optionally input.csv and parameters.json; or a .ssd or .ssp
 * @param stopSeconds end of the simulation, &gt; 0
 * @param stepSeconds longest communication step, &gt; 0
 * @param sampleSeconds distance of rows, &gt; 0
 * @param out file to write, CSV, or Arrow when it ends with .arrow; by default results.csv in the folder, or beside the
 *     .ssd or .ssp
 * @param selection which signals are kept, and how often
 * @param checkpoint kept up to date; when it is there at the start the run goes on from it, and the CSV is continued
 */
public record CosimOptions(
        Path folder,
        double stopSeconds,
        double stepSeconds,
        double sampleSeconds,
        Optional<Path> out,
        Stepping stepping,
        Selection selection,
        Optional<Path> checkpoint) {
    /** All signals at every step, stepped as usual. */
    public CosimOptions(Path folder, double stopSeconds, double stepSeconds, Optional<Path> out) {
        this(folder, stopSeconds, stepSeconds, stepSeconds, out, Stepping.USUAL, Selection.ALL, Optional.empty());
    }

    /** An hour in steps of one second. */
    public static CosimOptions of(Path folder) {
        return new CosimOptions(folder, 3600, 1, Optional.empty());
    }
}
