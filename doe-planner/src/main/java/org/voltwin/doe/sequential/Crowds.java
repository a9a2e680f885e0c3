package org.voltwin.doe.sequential;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Runs that crowd around a minimum. Where they are nearer to each other than the kernel's least noise lets it tell, the
 * likelihood of a smooth process rises no further while a bend of the responses that magnifies the differences between them
 * still gains: shape and lengths become those of the crowd, and the region around looks flat and unknown. So they are fitted
 * to a part of the runs that is spread.
 */
final class Crowds {
    /** Distance below which two runs are a crowd, in parts of the unit cube's diagonal. */
    private static final double NEAR = 0.03;

    private Crowds() {}

    /** The lowest run of every neighbourhood and the highest of all, in their order. */
    static int[] thinned(List<double[]> inputs, double[] losses) {
        List<Integer> order = IntStream.range(0, losses.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> losses[i]))
                .toList();
        List<Integer> kept = new ArrayList<>();
        for (int run : order) {
            if (kept.stream().noneMatch(other -> near(inputs.get(run), inputs.get(other)))) {
                kept.add(run);
            }
        }
        // Responses are counted from the highest if the high ones are drawn apart.
        kept.add(order.getLast());
        return kept.stream().mapToInt(i -> i).distinct().sorted().toArray();
    }

    private static boolean near(double[] a, double[] b) {
        double squared = 0;
        for (int f = 0; f < a.length; f++) {
            squared += (a[f] - b[f]) * (a[f] - b[f]);
        }
        return squared < NEAR * NEAR * a.length;
    }
}
