package org.voltwin.doe.analysis;

import java.util.List;

/**
 * Results of runs.
 *
 * @param response name of what was measured
 * @param runs numbers of the runs, in the order of the file
 * @param points coded, with the block behind the factors if there are blocks
 * @param values by run, in the response's unit
 * @param wholePlots by run, from 1; empty if nothing is hard to change
 * @param open coded points of runs without a result yet
 * @param openRuns their numbers
 */
record Results(
        String response,
        List<Integer> runs,
        List<double[]> points,
        double[] values,
        int[] wholePlots,
        List<double[]> open,
        List<Integer> openRuns) {
    Results {
        runs = List.copyOf(runs);
        points = List.copyOf(points);
        open = List.copyOf(open);
        openRuns = List.copyOf(openRuns);
    }
}
