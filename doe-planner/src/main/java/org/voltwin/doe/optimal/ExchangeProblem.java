package org.voltwin.doe.optimal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.voltwin.doe.factors.Model;
import org.voltwin.doe.factors.Region;
import org.voltwin.doe.factors.StudyFactor;
import org.voltwin.doe.linear.Symmetric;

/**
 * What a search for an optimal design is given.
 *
 * @param region where runs may lie
 * @param model to be fitted
 * @param runs new runs to be found
 * @param kept coded points that are part of the design already and stay
 * @param blockFactor index of a factor whose levels are dealt out in turn and never exchanged; -1 for none
 */
public record ExchangeProblem(Region region, Model model, int runs, List<double[]> kept, int blockFactor) {
    private static final int MOMENT_POINTS = 8_000;
    /** Grid of a continuous factor where borders cut through the box. */
    private static final int CONSTRAINED_LEVELS = 9;

    private static final int BISECTIONS = 40;

    public ExchangeProblem {
        kept = List.copyOf(kept);
    }

    /** Mean of f f' over the region. */
    double[][] moments(long seed) {
        List<double[]> points = region.sample(MOMENT_POINTS, new SplittableRandom(seed ^ 0x9e3779b9L));
        double[][] moments = Symmetric.gram(model.rows(points), model.parameters());
        for (double[] row : moments) {
            for (int j = 0; j < row.length; j++) {
                row[j] /= points.size();
            }
        }
        return moments;
    }

    /** Random new runs; blocks dealt out in turn. */
    List<double[]> start(SplittableRandom random) {
        List<double[]> points = region.sample(runs, random);
        for (int i = 0; blockFactor >= 0 && i < points.size(); i++) {
            points.get(i)[blockFactor] = i % region.factors().get(blockFactor).levels();
        }
        return points;
    }

    /** Levels that a factor is tried at, coded. */
    double[] grid(int factor) {
        StudyFactor f = region.factors().get(factor);
        if (f instanceof StudyFactor.Categorical || f instanceof StudyFactor.Discrete) {
            return f.codedLevels();
        }
        boolean share = f instanceof StudyFactor.Mixture;
        int degree = Math.max(1, model.degree(factor));
        int levels = region.box() ? Math.max(2, degree == 1 ? 2 : 2 * degree - 1) : CONSTRAINED_LEVELS;
        levels = share ? Math.max(levels, CONSTRAINED_LEVELS) : levels;
        double[] grid = new double[levels];
        for (int i = 0; i < levels; i++) {
            grid[i] = f.codedLow() + (f.codedHigh() - f.codedLow()) * i / (levels - 1);
        }
        return grid;
    }

    /** Points to try in place of one: the factor at each level of the grid, or where a border cuts the way there. */
    List<double[]> alternatives(double[] point, int factor, double[] grid) {
        List<double[]> alternatives = new ArrayList<>();
        boolean bounded = !region.box();
        Set<Double> borders = new TreeSet<>();
        for (double value : grid) {
            if (Math.abs(value - point[factor]) < 1e-9) {
                continue;
            }
            double[] next = region.moved(point, factor, value);
            if (!bounded || region.holds(next)) {
                alternatives.add(next);
            } else if (continuous(factor)) {
                borders.add(border(point, factor, value));
            }
        }
        borders.stream()
                .filter(value -> Math.abs(value - point[factor]) > 1e-6)
                .forEach(value -> alternatives.add(region.moved(point, factor, value)));
        return alternatives;
    }

    boolean continuous(int factor) {
        StudyFactor f = region.factors().get(factor);
        return f instanceof StudyFactor.Continuous || f instanceof StudyFactor.Mixture;
    }

    private double border(double[] point, int factor, double outside) {
        double in = point[factor];
        double out = outside;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (in + out) / 2;
            if (region.holds(region.moved(point, factor, middle))) {
                in = middle;
            } else {
                out = middle;
            }
        }
        return in;
    }

    /** Columns of the model that change with a factor; a share drags the others along. */
    int[] changing(int factor) {
        if (!region.shares().contains(factor)) {
            return model.columnsOf(factor);
        }
        Set<Integer> all = new TreeSet<>();
        for (int f : region.shares()) {
            for (int c : model.columnsOf(f)) {
                all.add(c);
            }
        }
        return all.stream().mapToInt(Integer::intValue).toArray();
    }
}
