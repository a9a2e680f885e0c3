package org.voltwin.doe.factors;

import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/** Where in the region a function is smallest: a sample, then steps along axes that halve from the best points. */
public record RegionSearch(Region region, ToDoubleFunction<double[]> function) {
    private static final int SAMPLE = 3_000;
    private static final int STARTS = 6;
    private static final double SMALLEST_STEP = 1e-5;

    /** A point and the function's value there. */
    public record Found(double[] point, double value) {}

    /** From the best of a random sample. */
    public Found find(long seed) {
        List<double[]> sample = region.sample(SAMPLE, new SplittableRandom(seed));
        return from(sample.isEmpty() ? List.of(region.centre()) : sample, STARTS);
    }

    /** From the best {@code walks} of some points. */
    public Found from(List<double[]> points, int walks) {
        return points.stream()
                .map(point -> new Found(point, function.applyAsDouble(point)))
                .sorted(Comparator.comparingDouble(Found::value))
                .limit(walks)
                .map(this::walk)
                .min(Comparator.comparingDouble(Found::value))
                .orElseThrow();
    }

    private Found walk(Found start) {
        double[] at = start.point();
        double value = start.value();
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
        return new Found(at, value);
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
