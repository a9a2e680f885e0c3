package org.voltwin.doe.design;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.voltwin.doe.factors.Model;

/**
 * Deals the runs of a design to blocks of equal size so that what differs between blocks looks like no effect: runs of
 * two blocks are exchanged as long as a column of the model comes nearer to having the same mean in every block. Main
 * effects come first, then the model's other terms, then interactions that it leaves out.
 */
final class BlockDealing {
    private static final double[] WEIGHTS = {100, 1, 0.01};
    private static final double NOTHING = 1e-9;
    private static final double MOST_STEPS = 3e8;
    private static final int STARTS = 50;
    /** Share of a column's variance that lies between blocks. */
    private static final double MIXED = 0.999;

    private final int blocks;
    /** By column and run: mean 0, variance 1. */
    private final double[][] columns;

    private final double[] weights;
    private final int runs;

    BlockDealing(Model model, List<double[]> points, int blocks) {
        this.blocks = blocks;
        runs = points.size();
        List<double[]> all = new ArrayList<>();
        List<Double> weighed = new ArrayList<>();
        collect(model, points, false, all, weighed);
        collect(Model.interactions(model.factors()), points, true, all, weighed);
        columns = all.toArray(double[][]::new);
        weights = weighed.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static void collect(
            Model model, List<double[]> points, boolean leftOut, List<double[]> all, List<Double> weights) {
        for (Model.Term term : model.terms()) {
            for (int column : term.columns()) {
                double[] values = term.constant() ? new double[0] : standardised(model, column, points);
                if (values.length > 0) {
                    all.add(values);
                    int degree = Arrays.stream(model.codesOf(column))
                            .map(code -> Math.min(1, code))
                            .sum();
                    weights.add(
                            WEIGHTS[leftOut ? 2 : degree == 1 && !term.name().contains("^") ? 0 : 1]);
                }
            }
        }
    }

    /** Empty for a column that does not vary. */
    private static double[] standardised(Model model, int column, List<double[]> points) {
        double[] values = points.stream()
                .mapToDouble(point -> model.column(column, point))
                .toArray();
        double mean = Arrays.stream(values).average().orElse(0);
        double variance = Arrays.stream(values)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElse(0);
        return variance < NOTHING
                ? new double[0]
                : Arrays.stream(values)
                        .map(v -> (v - mean) / Math.sqrt(variance))
                        .toArray();
    }

    /** A block from 1 for every run; a given seed, a given dealing. */
    int[] deal(long seed) {
        Random random = new Random(seed);
        double steps = (double) runs * runs * runs / 2 * columns.length;
        int starts = (int) Math.clamp(MOST_STEPS / Math.max(1, steps), 1, STARTS);
        int[] best = new int[0];
        double least = Double.POSITIVE_INFINITY;
        for (int start = 0; start < starts && least > NOTHING; start++) {
            int[] dealt = improved(shuffled(random));
            double loss = loss(sums(dealt));
            if (loss < least - NOTHING) {
                least = loss;
                best = dealt;
            }
        }
        return Arrays.stream(best).map(block -> block + 1).toArray();
    }

    private int[] shuffled(Random random) {
        List<Integer> dealt = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            dealt.add(i % blocks);
        }
        Collections.shuffle(dealt, random);
        return dealt.stream().mapToInt(Integer::intValue).toArray();
    }

    private int[] improved(int[] dealt) {
        double[][] sums = sums(dealt);
        boolean better = true;
        // Each exchange lowers the loss; the bound is for very large designs only.
        for (int round = 0; better && round < 50; round++) {
            better = false;
            for (int i = 0; i < runs; i++) {
                for (int j = i + 1; j < runs; j++) {
                    if (dealt[i] != dealt[j] && gain(sums, dealt, i, j) > NOTHING) {
                        exchange(sums, dealt, i, j);
                        better = true;
                    }
                }
            }
        }
        return dealt;
    }

    private double[][] sums(int[] dealt) {
        double[][] sums = new double[columns.length][blocks];
        for (int c = 0; c < columns.length; c++) {
            for (int i = 0; i < runs; i++) {
                sums[c][dealt[i]] += columns[c][i];
            }
        }
        return sums;
    }

    private double loss(double[][] sums) {
        double loss = 0;
        for (int c = 0; c < columns.length; c++) {
            loss += weights[c] * Arrays.stream(sums[c]).map(s -> s * s).sum();
        }
        return loss;
    }

    private double gain(double[][] sums, int[] dealt, int i, int j) {
        double gain = 0;
        for (int c = 0; c < columns.length; c++) {
            double moved = columns[c][j] - columns[c][i];
            double here = sums[c][dealt[i]];
            double there = sums[c][dealt[j]];
            gain -= weights[c] * 2 * moved * (here - there + moved);
        }
        return gain;
    }

    private void exchange(double[][] sums, int[] dealt, int i, int j) {
        for (int c = 0; c < columns.length; c++) {
            double moved = columns[c][j] - columns[c][i];
            sums[c][dealt[i]] += moved;
            sums[c][dealt[j]] -= moved;
        }
        int block = dealt[i];
        dealt[i] = dealt[j];
        dealt[j] = block;
    }

    /** The model's terms that cannot be told from a difference between blocks dealt so. */
    static List<String> mixed(Model model, List<double[]> points, int[] blocks) {
        int count = Arrays.stream(blocks).max().orElse(1);
        List<String> mixed = new ArrayList<>();
        for (Model.Term term : model.terms()) {
            for (int column : term.columns()) {
                double[] values = term.constant() ? new double[0] : standardised(model, column, points);
                double between = 0;
                for (int block = 1; values.length > 0 && block <= count; block++) {
                    double sum = 0;
                    int size = 0;
                    for (int i = 0; i < values.length; i++) {
                        sum += blocks[i] == block ? values[i] : 0;
                        size += blocks[i] == block ? 1 : 0;
                    }
                    between += size == 0 ? 0 : sum * sum / size;
                }
                if (values.length > 0 && between / values.length > MIXED && !mixed.contains(term.name())) {
                    mixed.add(term.name());
                }
            }
        }
        return mixed;
    }
}
