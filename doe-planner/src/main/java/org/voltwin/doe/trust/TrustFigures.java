package org.voltwin.doe.trust;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.voltwin.doe.factors.Model;
import org.voltwin.doe.factors.Region;
import org.voltwin.doe.factors.StudyFactor;
import org.voltwin.doe.filling.Discrepancy;
import org.voltwin.doe.linear.Probability;
import org.voltwin.doe.linear.Symmetric;

/** Computes {@link Trust}. */
public final class TrustFigures {
    private static final int REGION_POINTS = 4_000;
    /** Larger matrices help nobody who reads them. */
    private static final int LARGEST_TABLE = 60;

    private final Region region;
    private final Model model;
    private final List<double[]> points;
    private final int[] wholePlots;
    private final double plotVarianceRatio;

    /**
     * @param points all runs, coded
     * @param wholePlots by run the number of its whole plot; empty if nothing is hard to change
     * @param plotVarianceRatio variance between whole plots over variance between runs
     */
    public TrustFigures(Region region, Model model, List<double[]> points, int[] wholePlots, double plotVarianceRatio) {
        this.region = region;
        this.model = model;
        this.points = List.copyOf(points);
        this.wholePlots = wholePlots.clone();
        this.plotVarianceRatio = plotVarianceRatio;
    }

    /** What all combinations of the factors' levels take; {@link Long#MAX_VALUE} when it is more. */
    public static long fullFactorialRuns(List<StudyFactor> factors) {
        long runs = 1;
        for (StudyFactor factor : factors) {
            if (runs > Long.MAX_VALUE / factor.levels()) {
                return Long.MAX_VALUE;
            }
            runs *= factor.levels();
        }
        return runs;
    }

    /** X' V^-1 X in units of the error variance. */
    public static double[][] information(double[][] rows, int parameters, int[] wholePlots, double ratio) {
        double[][] information = Symmetric.gram(rows, parameters);
        int plots = Arrays.stream(wholePlots).max().orElse(0);
        for (int plot = 1; plot <= plots; plot++) {
            double[] sum = new double[parameters];
            int size = 0;
            for (int i = 0; i < rows.length; i++) {
                if (wholePlots[i] == plot) {
                    size++;
                    for (int j = 0; j < parameters; j++) {
                        sum[j] += rows[i][j];
                    }
                }
            }
            Symmetric.add(information, sum, sum, -ratio / (1 + size * ratio));
        }
        return information;
    }

    /**
     * The figures.
     *
     * @param asked the factors that the study asks about: the model's without the block
     * @param effect to be found, as the change over a factor's range in standard deviations of the noise
     * @param alpha risk of a false alarm
     */
    public Trust figures(List<StudyFactor> asked, double effect, double alpha, long seed) {
        int n = points.size();
        int p = model.parameters();
        double[][] rows = model.rows(points);
        double[][] information = information(rows, p, wholePlots, plotVarianceRatio);
        Optional<double[][]> inverse = n < p ? Optional.empty() : Symmetric.inverse(information);
        Spread spread = inverse.map(c -> spread(c, seed)).orElse(null);
        return new Trust(
                n,
                fullFactorialRuns(asked),
                model.terms().stream().map(Model.Term::name).toList(),
                p,
                n - p,
                inverse.map(c -> round(100 * Math.exp(Symmetric.logDeterminant(information) / p) / n))
                        .orElse(null),
                inverse.map(c -> round(100 * p / (n * trace(c)))).orElse(null),
                spread == null ? null : round(100 * p / (n * spread.largest())),
                spread == null ? null : round(spread.mean()),
                spread == null ? null : spread.quantiles(),
                inverse.map(c -> round(inflation(c, rows))).orElse(null),
                p - 1 > LARGEST_TABLE ? null : correlation(rows),
                inverse.map(c -> aliases(c, rows)).orElse(null),
                null,
                null,
                inverse.map(c -> power(c, effect, alpha)).orElse(List.of()),
                quantitative().isEmpty() || n < 2 ? null : round(Discrepancy.centredL2Squared(unitCube())),
                quantitative().isEmpty() || n < 2 ? null : round(Discrepancy.smallestDistance(unitCube())));
    }

    private static double trace(double[][] matrix) {
        double sum = 0;
        for (int i = 0; i < matrix.length; i++) {
            sum += matrix[i][i];
        }
        return sum;
    }

    /** Nine digits: enough for any comparison, and no noise of the last bits in files. */
    static double round(double value) {
        return Double.isFinite(value) && value != 0
                ? new java.math.BigDecimal(value)
                        .round(new java.math.MathContext(9))
                        .doubleValue()
                : value;
    }

    private record Spread(double mean, double largest, List<Double> quantiles) {}

    private @Nullable Spread spread(double[][] c, long seed) {
        List<double[]> sample = new ArrayList<>(region.sample(REGION_POINTS, new SplittableRandom(seed)));
        double[] sampled = sample.stream()
                .mapToDouble(x -> Symmetric.form(c, model.row(x)))
                .sorted()
                .toArray();
        if (sampled.length == 0) {
            return null;
        }
        List<Double> quantiles = new ArrayList<>();
        for (int q = 0; q <= 10; q++) {
            quantiles.add(round(sampled[(sampled.length - 1) * q / 10]));
        }
        // The largest variance sits on corners and at the runs, which a random sample misses.
        double largest = sampled[sampled.length - 1];
        for (double[] extreme : extremes()) {
            largest = Math.max(largest, Symmetric.form(c, model.row(extreme)));
        }
        return new Spread(Arrays.stream(sampled).average().orElseThrow(), largest, quantiles);
    }

    private List<double[]> extremes() {
        List<double[]> extremes = new ArrayList<>(points);
        List<StudyFactor> factors = region.factors();
        if (region.shares().isEmpty() && factors.size() <= 12) {
            for (int bits = 0; bits < 1 << factors.size(); bits++) {
                double[] corner = new double[factors.size()];
                for (int f = 0; f < corner.length; f++) {
                    corner[f] = (bits >> f & 1) == 0
                            ? factors.get(f).codedLow()
                            : factors.get(f).codedHigh();
                }
                if (region.holds(corner)) {
                    extremes.add(corner);
                }
            }
        }
        return extremes;
    }

    /** Variance of each coefficient times the sum of squares of its column about the mean. */
    private double inflation(double[][] c, double[][] rows) {
        double largest = 1;
        boolean constant = model.terms().getFirst().constant();
        for (int j = constant ? 1 : 0; j < c.length; j++) {
            double mean = 0;
            double squares = 0;
            for (double[] row : rows) {
                mean += row[j] / rows.length;
                squares += row[j] * row[j];
            }
            largest = Math.max(largest, c[j][j] * (squares - (constant ? rows.length * mean * mean : 0)));
        }
        return largest;
    }

    private Trust.@Nullable Table correlation(double[][] rows) {
        List<String> names = model.columnNames();
        List<Integer> columns = new ArrayList<>();
        model.terms().stream().filter(term -> !term.constant()).forEach(term -> columns.addAll(term.columns()));
        if (columns.isEmpty()) {
            return null;
        }
        List<List<Double>> values = new ArrayList<>();
        for (int a : columns) {
            List<Double> line = new ArrayList<>();
            columns.forEach(b -> line.add(Math.rint(correlation(rows, a, b) * 1e6) / 1e6));
            values.add(line);
        }
        List<String> shown = columns.stream().map(names::get).toList();
        return new Trust.Table(shown, shown, values);
    }

    private static double correlation(double[][] rows, int a, int b) {
        double meanA = Arrays.stream(rows).mapToDouble(r -> r[a]).average().orElse(0);
        double meanB = Arrays.stream(rows).mapToDouble(r -> r[b]).average().orElse(0);
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (double[] row : rows) {
            ab += (row[a] - meanA) * (row[b] - meanB);
            aa += (row[a] - meanA) * (row[a] - meanA);
            bb += (row[b] - meanB) * (row[b] - meanB);
        }
        return a == b ? 1 : aa < 1e-12 || bb < 1e-12 ? 0 : ab / Math.sqrt(aa * bb);
    }

    /** (X'X)^-1 X'Z for the terms of the next larger model Z that are not in the model. */
    private Trust.@Nullable Table aliases(double[][] c, double[][] rows) {
        Model larger = model.curved() ? Model.cubic(model.factors()) : Model.quadratic(model.factors());
        if (larger.parameters() > 600 || model.parameters() > LARGEST_TABLE) {
            return null;
        }
        List<String> inModel = model.columnNames();
        List<String> left = new ArrayList<>();
        List<Integer> columns = new ArrayList<>();
        List<String> names = larger.columnNames();
        for (int j = 0; j < names.size() && columns.size() < LARGEST_TABLE; j++) {
            if (!inModel.contains(names.get(j))) {
                columns.add(j);
                left.add(names.get(j));
            }
        }
        if (columns.isEmpty()) {
            return null;
        }
        double[][] cross = new double[model.parameters()][columns.size()];
        for (int i = 0; i < rows.length; i++) {
            double[] z = new double[columns.size()];
            for (int j = 0; j < z.length; j++) {
                z[j] = larger.column(columns.get(j), points.get(i));
            }
            Symmetric.add(cross, rows[i], z, 1);
        }
        List<List<Double>> values = new ArrayList<>();
        // Without weights for whole plots: the bias of ordinary least squares.
        double[][] plain = wholePlots.length == 0
                ? c
                : Symmetric.inverse(Symmetric.gram(rows, model.parameters())).orElse(c);
        for (double[] line : Symmetric.product(plain, cross)) {
            values.add(
                    Arrays.stream(line).mapToObj(v -> Math.rint(v * 1e6) / 1e6).toList());
        }
        return new Trust.Table(inModel, left, values);
    }

    private List<Trust.EffectPower> power(double[][] c, double effect, double alpha) {
        List<Trust.EffectPower> power = new ArrayList<>();
        ErrorDegrees degrees = new ErrorDegrees(model, points.size(), wholePlots);
        for (Model.Term term : model.terms()) {
            if (term.constant()) {
                continue;
            }
            double[][] part = Symmetric.part(c, term.columns());
            // The direction among a category's contrasts that is hardest to see.
            double worst = part.length == 1 ? part[0][0] : Symmetric.largestEigenvalue(part);
            double lambda = effect * effect / 4 / worst;
            int df = degrees.of(term);
            power.add(new Trust.EffectPower(
                    term.name(),
                    round(Math.sqrt(worst)),
                    df < 1 ? null : round(Probability.power(lambda, part.length, df, alpha))));
        }
        return power;
    }

    private List<Integer> quantitative() {
        List<Integer> indices = new ArrayList<>();
        for (int f = 0; f < region.factors().size(); f++) {
            if (!(region.factors().get(f) instanceof StudyFactor.Categorical)) {
                indices.add(f);
            }
        }
        return indices;
    }

    private List<double[]> unitCube() {
        List<Integer> axes = quantitative();
        return points.stream()
                .map(point -> axes.stream()
                        .mapToDouble(f -> {
                            StudyFactor factor = region.factors().get(f);
                            return (point[f] - factor.codedLow()) / (factor.codedHigh() - factor.codedLow());
                        })
                        .toArray())
                .toList();
    }
}
