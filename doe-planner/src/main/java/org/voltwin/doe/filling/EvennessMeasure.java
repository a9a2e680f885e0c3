package org.voltwin.doe.filling;

import java.util.ArrayList;
import java.util.List;

/** Centred L2 discrepancy, kept up: only what an exchanged row is part of changes. */
final class EvennessMeasure implements HypercubeSearch.Measure {
    private final int[][] levels;
    private final double[][] points;
    private double value;

    EvennessMeasure(int[][] levels) {
        this.levels = levels;
        this.points = new double[levels.length][levels[0].length];
        List<double[]> all = new ArrayList<>();
        for (int i = 0; i < levels.length; i++) {
            for (int f = 0; f < points[i].length; f++) {
                points[i][f] = (levels[i][f] + 0.5) / levels.length;
            }
            all.add(points[i]);
        }
        value = Discrepancy.centredL2Squared(all);
    }

    /** What rows a and b contribute: their single products, themselves, and their pairs with the others. */
    private double share(int a, int b) {
        double n = levels.length;
        double sum = 2 * Discrepancy.pair(points[a], points[b]);
        for (int row : new int[] {a, b}) {
            double single = 1;
            for (double x : points[row]) {
                double d = Math.abs(x - 0.5);
                single *= 1 + 0.5 * d - 0.5 * d * d;
            }
            sum += Discrepancy.pair(points[row], points[row]) - 2 * n * single;
            for (int i = 0; i < levels.length; i++) {
                if (i != a && i != b) {
                    sum += 2 * Discrepancy.pair(points[row], points[i]);
                }
            }
        }
        return sum / (n * n);
    }

    @Override
    public double exchanged(int a, int b, int column) {
        value -= share(a, b);
        HypercubeSearch.exchange(levels, a, b, column);
        double x = points[a][column];
        points[a][column] = points[b][column];
        points[b][column] = x;
        value += share(a, b);
        return value;
    }

    @Override
    public double value() {
        return value;
    }
}
