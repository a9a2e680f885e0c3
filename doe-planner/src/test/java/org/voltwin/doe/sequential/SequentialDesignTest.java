package org.voltwin.doe.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.voltwin.doe.factors.Formula;
import org.voltwin.doe.factors.Region;
import org.voltwin.doe.factors.StudyFactor;
import org.voltwin.doe.filling.LatinHypercube;
import org.voltwin.model.quantity.Unit;

class SequentialDesignTest {
    private static final Unit ONE = Unit.parse("1").orElseThrow();
    private static final List<StudyFactor> FACTORS = List.of(
            new StudyFactor.Continuous("x", ONE, -5, 10, 2, false),
            new StudyFactor.Continuous("y", ONE, 0, 15, 2, false));

    /** Branin's function (Dixon and Szegö 1978); its minimum is 0.397887. */
    private static double branin(double[] natural) {
        double x = natural[0];
        double a = natural[1] - 5.1 / (4 * Math.PI * Math.PI) * x * x + 5 / Math.PI * x - 6;
        return a * a + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
    }

    private static List<double[]> first(int runs, long seed) {
        return new ArrayList<>(LatinHypercube.random(runs, 2, seed).cellMiddles().stream()
                .map(unit -> Arrays.stream(unit).map(u -> 2 * u - 1).toArray())
                .toList());
    }

    private static double[] results(Region region, List<double[]> points, ToDoubleFunction<double[]> function) {
        return points.stream()
                .mapToDouble(point -> function.applyAsDouble(region.natural(point)))
                .toArray();
    }

    @Test
    void braninWithinOnePercent() {
        Region region = new Region(FACTORS, List.of());
        SequentialDesign design = new SequentialDesign(region, Optional.of(0.0), false, 1e-5, 1);
        List<double[]> points = first(5, 1);
        double best = Double.POSITIVE_INFINITY;
        while (best > 0.397887 * 1.01 && points.size() < 30) {
            points.addAll(design.next(points, results(region, points, SequentialDesignTest::branin), 1)
                    .points());
            best = Arrays.stream(results(region, points, SequentialDesignTest::branin))
                    .min()
                    .orElseThrow();
        }
        assertThat(best).isLessThan(0.397887 * 1.01);
    }

    @Test
    void aBatchIsSpreadKeepsToConstraintsAndIsTheSameTwice() {
        Region region = new Region(
                FACTORS, List.of(Formula.parse("x + y <= 12", FACTORS).orThrow()));
        List<double[]> points = first(9, 3).stream().filter(region::holds).toList();
        double[] results = results(region, points, p -> -branin(p));
        SequentialDesign design = new SequentialDesign(region, Optional.of(0.0), true, 1e-3, 1);

        List<double[]> batch = design.next(points, results, 4).points();

        assertThat(batch).hasSize(4).allMatch(region::holds);
        for (int a = 0; a < 4; a++) {
            for (int b = 0; b < a; b++) {
                assertThat(Math.hypot(batch.get(a)[0] - batch.get(b)[0], batch.get(a)[1] - batch.get(b)[1]))
                        .isGreaterThan(0.01);
            }
        }
        assertThat(design.next(points, results, 4).points())
                .usingRecursiveComparison()
                .isEqualTo(batch);
    }

    /** A bowl with noise of standard deviation 0.3: estimated within a factor, and the search stops near the bottom. */
    @Test
    void noiseIsLearntAndTheSearchStops() {
        Region region = new Region(FACTORS, List.of());
        SequentialDesign design = new SequentialDesign(region, Optional.empty(), false, 0.02, 1);
        SplittableRandom random = new SplittableRandom(5);
        List<double[]> points = first(12, 2);
        List<Double> results = new ArrayList<>();
        SequentialDesign.Proposal proposal = null;
        while (points.size() < 60 && (proposal == null || !proposal.stop())) {
            while (results.size() < points.size()) {
                double[] at = points.get(results.size());
                results.add(4 * (at[0] - 0.2) * (at[0] - 0.2)
                        + 3 * (at[1] + 0.3) * (at[1] + 0.3)
                        + 0.3 * random.nextGaussian());
            }
            proposal = design.next(points, results.stream().mapToDouble(r -> r).toArray(), 2);
            points.addAll(proposal.points());
        }
        assertThat(proposal).isNotNull();
        assertThat(proposal.stop()).isTrue();
        assertThat(proposal.noise()).isBetween(0.1, 0.6);
        assertThat(proposal.best()[0]).isCloseTo(0.2, within(0.3));
        assertThat(proposal.best()[1]).isCloseTo(-0.3, within(0.35));
    }

    /** Derivatives against differences. */
    @Test
    void theLikelihoodsSlopeIsRight() {
        List<double[]> points = first(8, 7);
        double[] results = results(new Region(FACTORS, List.of()), points, p -> branin(p) / 50);
        double[] at = {Math.log(0.7), Math.log(1.3), Math.log(0.05)};
        double[] slope = process(points, results, at).gradient();
        for (int i = 0; i < 3; i++) {
            double[] up = at.clone();
            double[] down = at.clone();
            up[i] += 1e-5;
            down[i] -= 1e-5;
            double difference = (process(points, results, up).logLikelihood()
                            - process(points, results, down).logLikelihood())
                    / 2e-5;
            assertThat(slope[i]).isCloseTo(difference, within(1e-6 * Math.max(1, Math.abs(difference))));
        }
    }

    private static GaussianProcess process(List<double[]> points, double[] results, double[] logs) {
        return GaussianProcess.of(
                        points, results, new double[] {Math.exp(logs[0]), Math.exp(logs[1])}, Math.exp(logs[2]))
                .orElseThrow();
    }

    @Test
    void oneMoreResultIsTheSameAsAllAtOnce() {
        List<double[]> points = first(8, 9);
        double[] results = results(new Region(FACTORS, List.of()), points, p -> branin(p) / 50);
        double[] logs = {0, 0.2, -5};
        GaussianProcess grown =
                process(points.subList(0, 7), Arrays.copyOf(results, 7), logs).with(points.get(7), results[7]);

        GaussianProcess.Prediction expected = process(points, results, logs).at(new double[] {0.1, 0.2});
        GaussianProcess.Prediction found = grown.at(new double[] {0.1, 0.2});
        assertThat(found.mean()).isCloseTo(expected.mean(), within(1e-10));
        assertThat(found.deviation()).isCloseTo(expected.deviation(), within(1e-10));
    }

    /** For z = 0 the density at 0; for z = -30 the expansion p(z) / z^2 (1 - 3 / z^2). */
    @Test
    void improvementInLogarithms() {
        assertThat(Improvement.log(0, 0, 2)).isCloseTo(Math.log(2 / Math.sqrt(2 * Math.PI)), within(1e-12));
        double z = -10;
        double expected = -z * z / 2
                - 0.5 * Math.log(2 * Math.PI)
                - 2 * Math.log(-z)
                + Math.log(1 - 3 / (z * z) + 15 / Math.pow(z, 4) - 105 / Math.pow(z, 6));
        assertThat(Improvement.log(z, 0, 1)).isCloseTo(expected, within(1e-5));
        assertThat(Improvement.log(-25.001, 0, 1)).isCloseTo(Improvement.log(-24.999, 0, 1), within(0.06));
    }
}
