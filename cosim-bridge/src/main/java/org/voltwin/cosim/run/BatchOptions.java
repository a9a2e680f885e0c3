package org.voltwin.cosim.run;

import java.nio.file.Path;
import java.util.Optional;
import org.voltwin.cosim.worker.Stepping;

/**
 * A parameter study.
 *
 * @param model folder with FMUs and connections file, or .ssd or .ssp
 * @param design CSV with a head line of parameters, or JSON: a list of objects of numbers
 * @param out CSV with a line per scenario; by default batch.csv in the present folder
 * @param stopSeconds latest end of each scenario, &gt; 0
 * @param stepSeconds longest communication step, &gt; 0
 * @param workers processes at once, &gt;= 1; the results do not depend on it
 */
public record BatchOptions(
        Path model,
        Path design,
        Optional<Path> out,
        double stopSeconds,
        double stepSeconds,
        int workers,
        Stepping stepping) {
    public BatchOptions {
        if (workers < 1) {
            throw new IllegalArgumentException("A batch cannot have " + workers + " workers");
        }
    }
}
