package org.voltwin.doe.classical;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A regular fraction of a two-level factorial with little aberration: of the fractions with the fewest words of length 3,
 * the fewest of length 4, and so on (Fries and Hunter, Technometrics 22 (1980) 601-608). Columns are non-zero vectors
 * over GF(2); lengths of words follow from the weights of the runs by the identity of MacWilliams, so no word is listed
 * during the search.
 */
public final class TwoLevelFraction {
    private static final int RESTARTS = 40;

    private final int basic;
    private final int[] columns;
    private final long[] wordLengths;

    private TwoLevelFraction(int basic, int[] columns) {
        this.basic = basic;
        this.columns = columns;
        this.wordLengths = wordLengths(basic, columns);
    }

    /** The best found with 2^{@code basic} runs; {@code basic < factors < 2^basic}. */
    public static TwoLevelFraction minimumAberration(int factors, int basic, long seed) {
        if (factors < basic || factors >= 1 << basic) {
            throw new IllegalArgumentException(factors + " factors in 2^" + basic + " runs");
        }
        SplittableRandom random = new SplittableRandom(seed);
        TwoLevelFraction best = null;
        for (int restart = 0; restart < (factors == basic ? 1 : RESTARTS); restart++) {
            TwoLevelFraction found = descend(start(factors, basic, random), basic);
            if (best == null || found.betterThan(best)) {
                best = found;
            }
        }
        if (best == null) {
            throw new IllegalStateException("A search has at least one start");
        }
        return best.tidy();
    }

    /** The smallest one with at least the resolution and at most the runs. */
    public static Optional<TwoLevelFraction> smallest(int factors, int resolution, int maxRuns, long seed) {
        for (int basic = 2; basic < factors && 1 << basic <= maxRuns && basic <= 10; basic++) {
            if (factors < 1 << basic) {
                TwoLevelFraction found = minimumAberration(factors, basic, seed);
                if (found.resolution() >= resolution) {
                    return Optional.of(found);
                }
            }
        }
        return Optional.empty();
    }

    private static int[] start(int factors, int basic, SplittableRandom random) {
        int[] columns = new int[factors];
        for (int f = 0; f < factors; f++) {
            int column = 1 << f;
            while (f >= basic && (Integer.bitCount(column) < 2 || contains(columns, f, column))) {
                column = 1 + random.nextInt((1 << basic) - 1);
            }
            columns[f] = column;
        }
        return columns;
    }

    private static boolean contains(int[] columns, int end, int column) {
        for (int i = 0; i < end; i++) {
            if (columns[i] == column) {
                return true;
            }
        }
        return false;
    }

    /** Replaces one generated column at a time as long as that helps. */
    private static TwoLevelFraction descend(int[] columns, int basic) {
        TwoLevelFraction best = new TwoLevelFraction(basic, columns);
        boolean improved = true;
        while (improved) {
            improved = false;
            for (int f = basic; f < columns.length; f++) {
                for (int column = 3; column < 1 << basic; column++) {
                    if (Integer.bitCount(column) > 1 && !contains(best.columns, columns.length, column)) {
                        int[] next = best.columns.clone();
                        next[f] = column;
                        TwoLevelFraction other = new TwoLevelFraction(basic, next);
                        if (other.betterThan(best)) {
                            best = other;
                            improved = true;
                        }
                    }
                }
            }
        }
        return best;
    }

    private TwoLevelFraction tidy() {
        int[] sorted = columns.clone();
        Arrays.sort(sorted, basic, sorted.length);
        return new TwoLevelFraction(basic, sorted);
    }

    private boolean betterThan(TwoLevelFraction other) {
        return Arrays.compare(wordLengths, other.wordLengths) < 0;
    }

    private static long[] wordLengths(int basic, int[] columns) {
        int k = columns.length;
        long[] weights = new long[k + 1];
        for (int run = 0; run < 1 << basic; run++) {
            int weight = 0;
            for (int column : columns) {
                weight += Integer.bitCount(run & column) & 1;
            }
            weights[weight]++;
        }
        long[] lengths = new long[k + 1];
        for (int j = 1; j <= k; j++) {
            double sum = 0;
            for (int i = 0; i <= k; i++) {
                if (weights[i] > 0) {
                    sum += weights[i] * krawtchouk(k, j, i);
                }
            }
            lengths[j] = Math.round(sum / (1 << basic));
        }
        return lengths;
    }

    private static double krawtchouk(int n, int j, int x) {
        double before = 1;
        double now = n - 2.0 * x;
        if (j == 0) {
            return before;
        }
        for (int i = 1; i < j; i++) {
            double next = ((n - 2.0 * x) * now - (n - i + 1) * before) / (i + 1);
            before = now;
            now = next;
        }
        return now;
    }

    public int runs() {
        return 1 << basic;
    }

    /** Number of words by length, index 0 unused. */
    public long[] wordLengthPattern() {
        return wordLengths.clone();
    }

    /** Length of the shortest word; one more than the factors for a full factorial. */
    public int resolution() {
        for (int length = 1; length < wordLengths.length; length++) {
            if (wordLengths[length] > 0) {
                return length;
            }
        }
        return columns.length + 1;
    }

    /** The runs in standard order of the basic factors. */
    public List<double[]> points() {
        List<double[]> points = new ArrayList<>();
        for (int run = 0; run < 1 << basic; run++) {
            double[] point = new double[columns.length];
            for (int f = 0; f < columns.length; f++) {
                // The product of basic columns: minus once for each basic factor at its low level.
                int lows = Integer.bitCount(~run & columns[f] & (1 << basic) - 1);
                point[f] = (lows & 1) == 0 ? 1 : -1;
            }
            points.add(point);
        }
        return points;
    }

    /** How the other factors follow from the basic ones: {@code E = A:B:C}. */
    public List<String> generators(List<String> names) {
        List<String> generators = new ArrayList<>();
        for (int f = basic; f < columns.length; f++) {
            List<String> of = new ArrayList<>();
            for (int b = 0; b < basic; b++) {
                if ((columns[f] >> b & 1) == 1) {
                    of.add(names.get(b));
                }
            }
            generators.add(names.get(f) + " = " + String.join(":", of));
        }
        return generators;
    }

    /** Main effects and two-factor interactions that cannot be told apart, each group as {@code A:B = C:D}. */
    public List<String> aliases(List<String> names) {
        List<List<String>> groups = new ArrayList<>();
        for (int i = 0; i < 1 << basic; i++) {
            groups.add(new ArrayList<>());
        }
        for (int f = 0; f < columns.length; f++) {
            groups.get(columns[f]).add(names.get(f));
        }
        for (int a = 0; a < columns.length; a++) {
            for (int b = a + 1; b < columns.length; b++) {
                groups.get(columns[a] ^ columns[b]).add(names.get(a) + ":" + names.get(b));
            }
        }
        return groups.stream()
                .filter(group -> group.size() > 1)
                .map(group -> String.join(" = ", group))
                .toList();
    }
}
