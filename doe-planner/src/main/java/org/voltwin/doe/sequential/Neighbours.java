package org.voltwin.doe.sequential;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.voltwin.doe.factors.Region;
import org.voltwin.doe.factors.StudyFactor;

/** Random points around one, at all distances between a four-hundredth and half of the ranges. */
record Neighbours(Region region) {
    private static final double WIDEST = 0.25;
    private static final double RATIO = 0.002;

    /** At most {@code wanted}: those that the constraints allow. */
    List<double[]> around(double[] point, int wanted, SplittableRandom random) {
        List<double[]> near = new ArrayList<>();
        for (int i = 0; i < wanted; i++) {
            double[] next = jump(point, WIDEST * Math.pow(RATIO, random.nextDouble()), random);
            if (region.holds(next)) {
                near.add(next);
            }
        }
        return near;
    }

    private double[] jump(double[] from, double size, SplittableRandom random) {
        double[] next = from;
        double[] other = region.anyPoint(random);
        for (int f = 0; f < from.length; f++) {
            StudyFactor factor = region.factors().get(f);
            double range = factor.codedHigh() - factor.codedLow();
            boolean steps = factor instanceof StudyFactor.Categorical || factor instanceof StudyFactor.Discrete;
            double value = steps
                    ? (random.nextDouble() < size ? other[f] : next[f])
                    : Math.clamp(next[f] + size * range * random.nextGaussian(), factor.codedLow(), factor.codedHigh());
            next = region.moved(next, f, value);
        }
        return next;
    }
}
