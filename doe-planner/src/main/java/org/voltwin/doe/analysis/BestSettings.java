package org.voltwin.doe.analysis;

import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.voltwin.doe.factors.Region;
import org.voltwin.doe.factors.StudyFactor;

/** Where in the region a function is smallest: a sample, then steps along axes that halve from the best points. */
record BestSettings(Region region, ToDoubleFunction<double[]> function) {
    private static final int SAMPLE = 3_000;
    private static final int STARTS = 6;
    private static final double SMALLEST_STEP = 1e-5;

    double[] find(long seed) {
        List<double[]> starts = region.sample(SAMPLE, new SplittableRandom(seed)).stream()
                .sorted(Comparator.comparingDouble(function))
                .limit(STARTS)
                .toList();
        double[] best = starts.isEmpty() ? region.centre() : starts.getFirst();
        for (double[] start : starts) {
            double[] found = walk(start);
            best = function.applyAsDouble(found) < function.applyAsDouble(best) ? found : best;
        }
        return best;
    }

    private double[] walk(double[] start) {
        double[] at = start;
        double value = function.applyAsDouble(at);
        double step = 0.25;
        while (step > SMALLEST_STEP) {
            double before = value;
            for (int f = 0; f < at.length; f++) {
                for (double to : steps(f, at[f], step)) {
                    double[] next = region.moved(at, f, to);
                    double there = region.holds(next) ? function.applyAsDouble(next) : Double.POSITIVE_INFINITY;
                    if (there < value) {
                        at = next;
                        value = there;
                    }
                }
            }
            step = value < before ? step : step / 2;
        }
        return at;
    }

    private double[] steps(int f, double now, double step) {
        StudyFactor factor = region.factors().get(f);
        if (factor instanceof StudyFactor.Categorical || factor instanceof StudyFactor.Discrete) {
            return factor.codedLevels();
        }
        double size = step * (factor.codedHigh() - factor.codedLow()) / 2;
        return new double[] {Math.max(factor.codedLow(), now - size), Math.min(factor.codedHigh(), now + size)};
    }
}
