package org.voltwin.doe.optimal;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.voltwin.doe.factors.StudyFactor;
import org.voltwin.doe.linear.Symmetric;

/**
 * Coordinate exchange for split-plot designs: hard-to-change factors change for a whole plot at a time, and runs of a
 * whole plot share an error. Jones and Goos, "A candidate-set-free algorithm for generating D-optimal split-plot
 * designs", J. R. Stat. Soc. C 56 (2007) 347-364.
 */
public final class SplitPlotExchange {
    private static final int PASSES = 30;

    private final ExchangeProblem problem;
    private final Criterion criterion;
    private final double[][] weight;
    private final double ratio;
    private final List<List<double[]>> plots = new ArrayList<>();
    private double[][] keptInformation = {};

    private SplitPlotExchange(ExchangeProblem problem, Criterion criterion, double[][] weight, double ratio) {
        this.problem = problem;
        this.criterion = criterion;
        this.weight = weight;
        this.ratio = ratio;
    }

    /**
     * The best of {@code starts} designs: runs by whole plot.
     *
     * @param wholePlots number of settings of the hard-to-change factors, at least 2
     * @param ratio variance between whole plots over variance between runs
     */
    public static List<List<double[]>> search(
            ExchangeProblem problem, Criterion criterion, int wholePlots, double ratio, int starts, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] weight = criterion.weight(problem, seed);
        List<List<double[]>> best = List.of();
        double bestLoss = Double.POSITIVE_INFINITY;
        for (int start = 0; start < starts; start++) {
            SplitPlotExchange one = new SplitPlotExchange(problem, criterion, weight, ratio);
            one.begin(wholePlots, random.split());
            double loss = one.exchange();
            if (best.isEmpty() || loss < bestLoss) {
                bestLoss = loss;
                best = List.copyOf(one.plots);
            }
        }
        return best;
    }

    private void begin(int wholePlots, SplittableRandom random) {
        keptInformation = Symmetric.gram(
                problem.model().rows(problem.kept()), problem.model().parameters());
        for (int w = 0; w < wholePlots; w++) {
            int size = problem.runs() / wholePlots + (w < problem.runs() % wholePlots ? 1 : 0);
            List<double[]> plot = new ArrayList<>();
            List<double[]> sample = problem.region().sample(40 * size, random);
            double[] first = sample.getFirst();
            for (double[] point : sample) {
                double[] shared = withHard(point, first);
                if (plot.size() < size && problem.region().holds(shared)) {
                    plot.add(shared);
                }
            }
            while (plot.size() < size) {
                plot.add(first.clone());
            }
            plots.add(plot);
        }
    }

    private double[] withHard(double[] point, double[] from) {
        double[] shared = point.clone();
        List<StudyFactor> factors = problem.region().factors();
        for (int f = 0; f < shared.length; f++) {
            shared[f] = factors.get(f).hardToChange() ? from[f] : shared[f];
        }
        return shared;
    }

    /** Sum over runs of x x' less c s s' with s the sum of a plot's rows: the inverse of I + ratio 11'. */
    static double[][] information(double[][] rows, int parameters, double ratio) {
        double[][] gram = Symmetric.gram(rows, parameters);
        double[] sum = new double[parameters];
        for (double[] row : rows) {
            for (int j = 0; j < parameters; j++) {
                sum[j] += row[j];
            }
        }
        Symmetric.add(gram, sum, sum, -ratio / (1 + rows.length * ratio));
        return gram;
    }

    private double[][] plotInformation(List<double[]> plot) {
        return information(problem.model().rows(plot), problem.model().parameters(), ratio);
    }

    private double exchange() {
        double loss = Double.POSITIVE_INFINITY;
        boolean improved = true;
        for (int pass = 0; improved && pass < PASSES; pass++) {
            improved = false;
            for (int w = 0; w < plots.size(); w++) {
                double[][] others = others(w);
                loss = loss(others, plots.get(w));
                for (int f = 0; f < problem.region().factors().size(); f++) {
                    boolean hard = problem.region().factors().get(f).hardToChange();
                    for (int i = 0; i < (hard ? 1 : plots.get(w).size()); i++) {
                        double next = step(others, w, f, i, hard, loss);
                        improved |= next < loss;
                        loss = next;
                    }
                }
            }
        }
        return loss;
    }

    private double step(double[][] others, int w, int f, int i, boolean hard, double loss) {
        double best = loss;
        List<double[]> bestPlot = plots.get(w);
        List<double[]> plot = plots.get(w);
        for (double[] next : problem.alternatives(plot.get(i), f, problem.grid(f))) {
            List<double[]> changed = new ArrayList<>(plot);
            if (hard) {
                changed.replaceAll(point -> problem.region().moved(point, f, next[f]));
            } else {
                changed.set(i, next);
            }
            boolean inside = !hard || problem.region().box() || changed.stream().allMatch(problem.region()::holds);
            double now = inside ? loss(others, changed) : Double.POSITIVE_INFINITY;
            if (now < best - 1e-7 * Math.abs(best) - 1e-12 || (best == Double.POSITIVE_INFINITY && now < best)) {
                best = now;
                bestPlot = changed;
            }
        }
        plots.set(w, bestPlot);
        return best;
    }

    private double[][] others(int without) {
        int p = problem.model().parameters();
        double[][] sum = new double[p][];
        for (int i = 0; i < p; i++) {
            sum[i] = keptInformation[i].clone();
            // A start may not fit the model yet; this is far below what one run adds.
            sum[i][i] += 1e-6;
        }
        for (int w = 0; w < plots.size(); w++) {
            if (w != without) {
                plus(sum, plotInformation(plots.get(w)));
            }
        }
        return sum;
    }

    private double loss(double[][] others, List<double[]> plot) {
        double[][] all = plotInformation(plot);
        plus(all, others);
        return criterion.loss(all, weight);
    }

    private static void plus(double[][] to, double[][] from) {
        for (int i = 0; i < to.length; i++) {
            for (int j = 0; j < to.length; j++) {
                to[i][j] += from[i][j];
            }
        }
    }
}
