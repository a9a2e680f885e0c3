package org.voltwin.doe.design;

import java.util.ArrayList;
import java.util.List;
import org.voltwin.model.design.Factor;

/** Every combination of the factors' levels, in standard order: the first factor changes fastest. */
final class FullFactorial {
    private FullFactorial() {}

    /** Number of combinations; {@link Long#MAX_VALUE} when it is larger. */
    static long runs(List<Factor> factors) {
        long runs = 1;
        for (Factor factor : factors) {
            if (runs > Long.MAX_VALUE / factor.levels()) {
                return Long.MAX_VALUE;
            }
            runs *= factor.levels();
        }
        return runs;
    }

    /** The points, each coordinate from 0 (low) to 1 (high). */
    static List<double[]> points(List<Factor> factors) {
        List<double[]> points = new ArrayList<>();
        long runs = runs(factors);
        for (long run = 0; run < runs; run++) {
            double[] point = new double[factors.size()];
            long rest = run;
            for (int f = 0; f < point.length; f++) {
                int levels = factors.get(f).levels();
                point[f] = (rest % levels) / (double) (levels - 1);
                rest /= levels;
            }
            points.add(point);
        }
        return points;
    }
}
