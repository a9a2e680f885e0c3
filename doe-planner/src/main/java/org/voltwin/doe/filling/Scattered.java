package org.voltwin.doe.filling;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.voltwin.doe.factors.Region;
import org.voltwin.doe.factors.StudyFactor;

/**
 * Points spread over a region that is no box: of many random points, each next one is the farthest from those chosen
 * (Kennard and Stone, Technometrics 11 (1969) 137-148).
 */
public final class Scattered {
    private static final int CANDIDATES = 4_000;

    private Scattered() {}

    /** New points that also keep away from {@code existing} ones. */
    public static List<double[]> points(Region region, int runs, List<double[]> existing, long seed) {
        List<double[]> candidates = region.sample(Math.max(CANDIDATES, 10 * runs), new SplittableRandom(seed));
        double[] nearest = new double[candidates.size()];
        java.util.Arrays.fill(nearest, Double.POSITIVE_INFINITY);
        existing.forEach(point -> narrow(region, candidates, nearest, point));
        List<double[]> chosen = new ArrayList<>();
        while (chosen.size() < runs) {
            int farthest = 0;
            for (int i = 1; i < nearest.length; i++) {
                farthest = nearest[i] > nearest[farthest] ? i : farthest;
            }
            chosen.add(candidates.get(farthest));
            narrow(region, candidates, nearest, candidates.get(farthest));
        }
        return chosen;
    }

    private static void narrow(Region region, List<double[]> candidates, double[] nearest, double[] point) {
        for (int i = 0; i < nearest.length; i++) {
            nearest[i] = Math.min(nearest[i], squaredDistance(region, candidates.get(i), point));
        }
    }

    /** Ranges count 1, different labels count 1. */
    private static double squaredDistance(Region region, double[] a, double[] b) {
        double sum = 0;
        for (int f = 0; f < a.length; f++) {
            StudyFactor factor = region.factors().get(f);
            double d = factor instanceof StudyFactor.Categorical
                    ? (a[f] == b[f] ? 0 : 1)
                    : (a[f] - b[f]) / (factor.codedHigh() - factor.codedLow());
            sum += d * d;
        }
        return sum;
    }
}
