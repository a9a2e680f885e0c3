package org.voltwin.doe.factors;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.voltwin.model.failure.Failure;

/** The coded points that the factors' ranges and the constraints leave. */
public final class Region {
    private static final int TRIES = 200_000;
    /** Steps that a walk takes between two samples where the region is too thin to hit by chance. */
    private static final int WALK = 60;

    private final List<StudyFactor> factors;
    private final List<Formula> constraints;
    private final List<Integer> shares;

    public Region(List<StudyFactor> factors, List<Formula> constraints) {
        this.factors = List.copyOf(factors);
        this.constraints = List.copyOf(constraints);
        this.shares = java.util.stream.IntStream.range(0, factors.size())
                .filter(f -> factors.get(f) instanceof StudyFactor.Mixture)
                .boxed()
                .toList();
    }

    public static Region of(Study study) {
        return new Region(study.factors(), study.constraints());
    }

    public List<StudyFactor> factors() {
        return factors;
    }

    /** Whether it is the whole box or grid. */
    public boolean box() {
        return constraints.isEmpty() && shares.isEmpty();
    }

    /** Indices of the mixture factors. */
    public List<Integer> shares() {
        return shares;
    }

    /** Whether a coded point keeps to ranges, the sum of shares and the constraints. */
    public boolean holds(double[] point) {
        double sum = 0;
        for (int f = 0; f < point.length; f++) {
            StudyFactor factor = factors.get(f);
            if (point[f] < factor.codedLow() - 1e-9 || point[f] > factor.codedHigh() + 1e-9) {
                return false;
            }
            sum += factor instanceof StudyFactor.Mixture ? point[f] : 0;
        }
        if (!shares.isEmpty() && Math.abs(sum - 1) > 1e-9) {
            return false;
        }
        double[] natural = natural(point);
        return constraints.stream().allMatch(rule -> rule.at(natural) != 0);
    }

    /** Values in the factors' own units; a label's index for categories. */
    public double[] natural(double[] point) {
        double[] natural = new double[point.length];
        for (int f = 0; f < point.length; f++) {
            natural[f] = factors.get(f).natural(point[f]);
        }
        return natural;
    }

    /** Values by name as people read them: numbers in the factor's own unit, or labels. */
    public Map<String, Object> values(double[] point) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int f = 0; f < point.length; f++) {
            StudyFactor factor = factors.get(f);
            values.put(
                    factor.name(),
                    factor instanceof StudyFactor.Categorical c
                            ? c.label(point[f])
                            : (Object) shown(factor.natural(point[f])));
        }
        return values;
    }

    /** Nine digits; a point on a border shows the border, not the tolerance that it was found with. */
    private static double shown(double value) {
        double border = rounded(value, 6);
        return Math.abs(border - value) <= 2e-9 * Math.max(1, Math.abs(value)) ? border : rounded(value, 9);
    }

    private static double rounded(double value, int digits) {
        return new BigDecimal(value).round(new MathContext(digits)).doubleValue();
    }

    /** A centre: middle of every range, the first label, equal shares as far as their ranges allow. */
    public double[] centre() {
        double[] centre = new double[factors.size()];
        for (int f = 0; f < centre.length; f++) {
            StudyFactor factor = factors.get(f);
            double[] levels = factor.codedLevels();
            centre[f] = switch (factor) {
                case StudyFactor.Continuous c -> 0;
                case StudyFactor.Discrete d -> levels[levels.length / 2];
                case StudyFactor.Categorical c -> 0;
                case StudyFactor.Mixture m -> (m.low() + m.high()) / 2;
            };
        }
        toSumOne(centre);
        return centre;
    }

    private void toSumOne(double[] point) {
        double low = 0;
        double sum = 0;
        for (int f : shares) {
            low += factors.get(f).codedLow();
            sum += point[f];
        }
        for (int f : shares) {
            double bottom = factors.get(f).codedLow();
            point[f] = bottom + (sum > low ? (point[f] - bottom) * (1 - low) / (sum - low) : 0);
        }
    }

    /** A random point of the box, of the simplex for shares; it may break a constraint. */
    public double[] anyPoint(SplittableRandom random) {
        double[] point = new double[factors.size()];
        for (int f = 0; f < point.length; f++) {
            StudyFactor factor = factors.get(f);
            point[f] = switch (factor) {
                case StudyFactor.Continuous c -> 2 * random.nextDouble() - 1;
                case StudyFactor.Discrete d -> d.codedLevels()[random.nextInt(d.levels())];
                case StudyFactor.Categorical c -> random.nextInt(c.levels());
                case StudyFactor.Mixture m -> m.low() - Math.log(1 - random.nextDouble());
            };
        }
        toSumOne(point);
        return point;
    }

    /** Random points inside, as many as asked for; fewer, or none, if the region is (nearly) empty. */
    public List<double[]> sample(int wanted, SplittableRandom random) {
        List<double[]> inside = new ArrayList<>();
        for (int tries = 0; inside.size() < wanted && tries < Math.max(TRIES, 20L * wanted); tries++) {
            double[] point = anyPoint(random);
            if (holds(point)) {
                inside.add(point);
            }
        }
        int hits = inside.size();
        for (int i = 0; hits > 0 && inside.size() < wanted; i++) {
            inside.add(walk(inside.get(i % hits), random));
        }
        return inside;
    }

    /** Steps along axes between borders: uniform in the long run (hit-and-run on coordinates). */
    private double[] walk(double[] from, SplittableRandom random) {
        double[] point = from.clone();
        for (int step = 0; step < WALK; step++) {
            int f = random.nextInt(factors.size());
            double[] aim = moved(point, f, anyPoint(random)[f]);
            if (holds(aim)) {
                point = aim;
            }
        }
        return point;
    }

    /**
     * The point with one factor set to another coded value. Other shares keep their ratios (Cox's direction), so that the
     * sum stays 1.
     */
    public double[] moved(double[] point, int factor, double value) {
        double[] next = point.clone();
        next[factor] = value;
        if (shares.contains(factor)) {
            double others = 1 - point[factor];
            for (int f : shares) {
                if (f != factor) {
                    next[f] = others > 1e-12
                            ? point[f] * (1 - value) / others
                            : (1 - value) / Math.max(1, shares.size() - 1);
                }
            }
        }
        return next;
    }

    /** Why nothing is left, if nothing is: {@code design.empty_region} names the constraints that contradict. */
    public Optional<Failure> emptiness(long seed) {
        if (box() || inhabited(seed)) {
            return Optional.empty();
        }
        Optional<List<String>> proof = LinearContradiction.find(factors, linear());
        String remedy = "Loosen one of them, or widen a range.";
        if (proof.isPresent()) {
            return Optional.of(Failure.permanent(
                    "design.empty_region",
                    "No run can keep to these together, even alone without the other constraints: "
                            + String.join("; ", proof.get()) + "; within the ranges " + ranges() + ".",
                    remedy));
        }
        return Optional.of(Failure.permanent(
                "design.empty_region",
                "None of " + TRIES + " points tried within the ranges " + ranges() + " keeps to "
                        + String.join(
                                "; ",
                                contradicting(seed).stream().map(Formula::text).toList()) + ".",
                remedy));
    }

    private boolean inhabited(long seed) {
        return !sample(1, new SplittableRandom(seed)).isEmpty() || holds(centre()) || corner();
    }

    /** Constraints none of which can be left out without points being found (deletion filter). */
    private List<Formula> contradicting(long seed) {
        List<Formula> kept = constraints;
        for (Formula rule : constraints) {
            List<Formula> without = kept.stream().filter(other -> other != rule).toList();
            if (!new Region(factors, without).inhabited(seed)) {
                kept = without;
            }
        }
        return kept;
    }

    private boolean corner() {
        if (!shares.isEmpty() || factors.size() > 12) {
            return false;
        }
        for (int bits = 0; bits < 1 << factors.size(); bits++) {
            double[] point = new double[factors.size()];
            for (int f = 0; f < point.length; f++) {
                point[f] = (bits >> f & 1) == 0
                        ? factors.get(f).codedLow()
                        : factors.get(f).codedHigh();
            }
            if (holds(point)) {
                return true;
            }
        }
        return false;
    }

    private String ranges() {
        return String.join(
                ", ",
                factors.stream()
                        .map(f -> f instanceof StudyFactor.Categorical c
                                ? c.name() + " in " + c.labels()
                                : f.name() + " " + f.natural(f.codedLow()) + ".." + f.natural(f.codedHigh()))
                        .toList());
    }

    private Map<String, ToDoubleFunction<double[]>> linear() {
        Map<String, ToDoubleFunction<double[]>> slacks = new LinkedHashMap<>();
        constraints.forEach(rule ->
                rule.slack().ifPresent(s -> slacks.put(rule.text(), coded -> s.applyAsDouble(natural(coded)))));
        return slacks;
    }
}
