package org.voltwin.doe.classical;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Designs for quantitative factors coded -1 to 1, in standard order. */
public final class Constructed {
    /** Blocks of factors that go to a full factorial together: Box and Behnken, Technometrics 2 (1960) 455-475, table 4. */
    private static final int[][] BEHNKEN_6 = {{0, 1, 3}, {1, 2, 4}, {2, 3, 5}, {0, 3, 4}, {1, 4, 5}, {0, 2, 5}};

    private static final int[][] BEHNKEN_7 = {
        {3, 4, 5}, {0, 5, 6}, {1, 4, 6}, {0, 1, 3}, {2, 3, 6}, {0, 2, 4}, {1, 2, 5}
    };

    private Constructed() {}

    /** All combinations of -1 and 1, the first factor changes fastest. */
    public static List<double[]> twoLevels(int factors) {
        List<double[]> points = new ArrayList<>();
        for (int run = 0; run < 1 << factors; run++) {
            double[] point = new double[factors];
            for (int f = 0; f < factors; f++) {
                point[f] = (run >> f & 1) == 0 ? -1 : 1;
            }
            points.add(point);
        }
        return points;
    }

    /** Main effects of up to {@code runs - 1} factors; empty if no matrix of that size is known here. */
    public static Optional<List<double[]>> plackettBurman(int runs, int factors) {
        return factors >= runs
                ? Optional.empty()
                : Conference.hadamard(runs).map(h -> {
                    List<double[]> points = new ArrayList<>();
                    for (int[] row : h) {
                        double[] point = new double[factors];
                        for (int f = 0; f < factors; f++) {
                            point[f] = row[f + 1];
                        }
                        points.add(point);
                    }
                    return points;
                });
    }

    /** Runs at the middles of edges, without centre points; for 3 to 7 factors. */
    public static Optional<List<double[]>> boxBehnken(int factors) {
        if (factors < 3 || factors > 7) {
            return Optional.empty();
        }
        List<int[]> blocks = new ArrayList<>();
        if (factors >= 6) {
            blocks.addAll(List.of(factors == 6 ? BEHNKEN_6 : BEHNKEN_7));
        } else {
            for (int a = 0; a < factors; a++) {
                for (int b = a + 1; b < factors; b++) {
                    blocks.add(new int[] {a, b});
                }
            }
        }
        List<double[]> points = new ArrayList<>();
        for (int[] block : blocks) {
            for (double[] corner : twoLevels(block.length)) {
                double[] point = new double[factors];
                for (int i = 0; i < block.length; i++) {
                    point[block[i]] = corner[i];
                }
                points.add(point);
            }
        }
        return Optional.of(points);
    }

    /** Distance of star points that makes prediction variance the same in all directions: the fourth root of the corners. */
    public static double rotatable(int corners) {
        return Math.pow(corners, 0.25);
    }

    /** Corners at -1 and 1, star points at {@code alpha}, no centre points. */
    public static List<double[]> centralComposite(List<double[]> corners, double alpha) {
        List<double[]> points = new ArrayList<>(corners);
        int factors = corners.getFirst().length;
        for (int f = 0; f < factors; f++) {
            for (int sign = -1; sign <= 1; sign += 2) {
                double[] star = new double[factors];
                star[f] = sign * alpha;
                points.add(star);
            }
        }
        return points;
    }

    /**
     * A definitive screening design with one centre point: Jones and Nachtsheim, J. Quality Technology 43 (2011) 1-15. An
     * odd number of factors drops a column of the next matrix; {@code fakes} more factors buy degrees of freedom.
     */
    public static List<double[]> definitiveScreening(int factors, int fakes) {
        int order = Math.max(4, factors + fakes);
        order += order % 2;
        Optional<int[][]> conference = Conference.matrix(order);
        while (conference.isEmpty()) {
            order += 2;
            conference = Conference.matrix(order);
        }
        List<double[]> points = new ArrayList<>();
        for (int[] row : conference.get()) {
            double[] point = new double[factors];
            double[] mirror = new double[factors];
            for (int f = 0; f < factors; f++) {
                point[f] = row[f];
                mirror[f] = -row[f];
            }
            points.add(point);
            points.add(mirror);
        }
        points.add(new double[factors]);
        return points;
    }
}
