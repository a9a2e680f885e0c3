package org.voltwin.doe.filling;

/**
 * Morris and Mitchell's phi: (sum of d^-p over pairs)^(1/p), which for large p ranks designs by their smallest distance
 * and then by how often it occurs.
 */
final class MaximinMeasure implements HypercubeSearch.Measure {
    private static final int HALF_POWER = 10;
    /**
     * Few points: a power that no number of pairs at the next distance outweighs. Such powers lose all digits when terms
     * are added and taken away, so the sum is made anew.
     */
    private static final int FEW = 40;

    private static final int HALF_POWER_OF_FEW = 32;

    private final int[][] levels;
    private final double scale;
    private double sum;

    MaximinMeasure(int[][] levels) {
        this.levels = levels;
        // About the distance an even spread has; keeps the powers in range.
        this.scale = levels[0].length * Math.pow(levels.length, 2 - 2.0 / levels[0].length);
        sum = total();
    }

    private boolean few() {
        return levels.length <= FEW;
    }

    private double total() {
        double terms = 0;
        for (int a = 0; a < levels.length; a++) {
            for (int b = 0; b < a; b++) {
                terms += term(a, b);
            }
        }
        return terms;
    }

    static long squaredDistance(int[] a, int[] b) {
        long sum = 0;
        for (int f = 0; f < a.length; f++) {
            long difference = (long) a[f] - b[f];
            sum += difference * difference;
        }
        return sum;
    }

    private double term(int a, int b) {
        double ratio = scale / squaredDistance(levels[a], levels[b]);
        double square = ratio * ratio;
        double fourth = square * square;
        double eighth = fourth * fourth;
        double sixteenth = eighth * eighth;
        return few() ? sixteenth * sixteenth : eighth * square;
    }

    private double around(int a, int b) {
        double terms = 0;
        for (int i = 0; i < levels.length; i++) {
            if (i != a && i != b) {
                terms += term(a, i) + term(b, i);
            }
        }
        return terms;
    }

    @Override
    public double exchanged(int a, int b, int column) {
        if (few()) {
            HypercubeSearch.exchange(levels, a, b, column);
            sum = total();
            return value();
        }
        sum -= around(a, b);
        HypercubeSearch.exchange(levels, a, b, column);
        sum += around(a, b);
        return value();
    }

    @Override
    public double value() {
        return Math.pow(Math.max(sum, Double.MIN_NORMAL), 0.5 / (few() ? HALF_POWER_OF_FEW : HALF_POWER));
    }
}
