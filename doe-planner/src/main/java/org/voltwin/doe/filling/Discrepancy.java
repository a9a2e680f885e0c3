package org.voltwin.doe.filling;

import java.util.List;

/** How evenly points fill the unit cube. */
public final class Discrepancy {
    private Discrepancy() {}

    /**
     * Centred L2 discrepancy, squared, as SciPy and most papers give it: Hickernell, "A generalized discrepancy and
     * quadrature error bound", Mathematics of Computation 67 (1998) 299-322. Smaller is more even.
     */
    public static double centredL2Squared(List<double[]> points) {
        int n = points.size();
        int k = points.getFirst().length;
        double single = 0;
        double pairs = 0;
        for (int i = 0; i < n; i++) {
            double[] a = points.get(i);
            double product = 1;
            for (double x : a) {
                double d = Math.abs(x - 0.5);
                product *= 1 + 0.5 * d - 0.5 * d * d;
            }
            single += product;
            pairs += pair(a, a);
            for (int j = 0; j < i; j++) {
                pairs += 2 * pair(a, points.get(j));
            }
        }
        return Math.pow(13.0 / 12, k) - 2.0 / n * single + pairs / ((double) n * n);
    }

    static double pair(double[] a, double[] b) {
        double product = 1;
        for (int f = 0; f < a.length; f++) {
            product *= 1 + 0.5 * Math.abs(a[f] - 0.5) + 0.5 * Math.abs(b[f] - 0.5) - 0.5 * Math.abs(a[f] - b[f]);
        }
        return product;
    }

    /** Smallest Euclidean distance between two points; 0 for fewer than two. */
    public static double smallestDistance(List<double[]> points) {
        double smallest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < points.size(); i++) {
            for (int j = 0; j < i; j++) {
                double sum = 0;
                for (int f = 0; f < points.get(i).length; f++) {
                    double d = points.get(i)[f] - points.get(j)[f];
                    sum += d * d;
                }
                smallest = Math.min(smallest, sum);
            }
        }
        return points.size() < 2 ? 0 : Math.sqrt(smallest);
    }
}
