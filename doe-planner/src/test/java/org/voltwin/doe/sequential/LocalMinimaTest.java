package org.voltwin.doe.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voltwin.doe.factors.Region;
import org.voltwin.doe.factors.StudyFactor;
import org.voltwin.doe.filling.LatinHypercube;
import org.voltwin.model.quantity.Unit;

/** Searches that have to leave a minimum that is not the best. */
class LocalMinimaTest {
    private static final double OPTIMUM = -3.32237;
    private static final double[] BEST = {0.20169, 0.150011, 0.476874, 0.275332, 0.311652, 0.6573};
    private static final double[] ALPHA = {1, 1.2, 3, 3.2};
    private static final double[][] A = {
        {10, 3, 17, 3.5, 1.7, 8}, {0.05, 10, 17, 0.1, 8, 14}, {3, 3.5, 1.7, 10, 17, 8}, {17, 8, 0.05, 10, 0.1, 14}
    };
    private static final double[][] P = {
        {0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886},
        {0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991},
        {0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650},
        {0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381}
    };

    /** Hartmann's function of six variables (Dixon and Szegö 1978), from 0 to 1. */
    private static double hartmann(double[] u) {
        double sum = 0;
        for (int i = 0; i < 4; i++) {
            double inner = 0;
            for (int j = 0; j < 6; j++) {
                inner += A[i][j] * (u[j] - P[i][j]) * (u[j] - P[i][j]);
            }
            sum -= ALPHA[i] * Math.exp(-inner);
        }
        return sum;
    }

    private static Region cube(int factors) {
        Unit one = Unit.parse("1").orElseThrow();
        return new Region(
                IntStream.range(0, factors)
                        .<StudyFactor>mapToObj(f -> new StudyFactor.Continuous("x" + f, one, 0, 1, 2, false))
                        .toList(),
                List.of());
    }

    @Test
    void hartmannsPublishedOptimum() {
        assertThat(hartmann(BEST)).isCloseTo(OPTIMUM, within(1e-5));
    }

    /** Seeds of which the first runs are drawn to the second-best minimum, -3.2032. */
    @ParameterizedTest
    @ValueSource(longs = {26, 35, 44})
    void hartmannIsFoundAndNoStopAdvisedBefore(long seed) {
        Region region = cube(6);
        SequentialDesign design = new SequentialDesign(region, Optional.of(0.0), false, 1e-3, seed);
        List<double[]> points = new ArrayList<>(LatinHypercube.random(13, 6, seed).cellMiddles().stream()
                .map(unit -> Arrays.stream(unit).map(u -> 2 * u - 1).toArray())
                .toList());
        double best = Double.POSITIVE_INFINITY;
        while (best > 0.99 * OPTIMUM && points.size() < 120) {
            double[] results = points.stream()
                    .mapToDouble(p -> hartmann(region.natural(p)))
                    .toArray();
            best = Arrays.stream(results).min().orElseThrow();
            SequentialDesign.Proposal next = design.next(points, results, 1);
            assertThat(best <= 0.99 * OPTIMUM || !next.stop()).isTrue();
            points.addAll(next.points());
        }
        assertThat(best).isLessThan(0.99 * OPTIMUM);
    }

    /** Everything known is a well at (0.2, 0.2); the better one at (0.8, 0.8) has not been seen. */
    @Test
    void aRegionNobodyLookedAtIsNotTakenForTheBasinOfAMinimum() {
        Region region = cube(2);
        List<double[]> points = LatinHypercube.random(14, 2, 3).cellMiddles().stream()
                .map(unit -> Arrays.stream(unit).map(u -> 0.8 * u - 1).toArray())
                .toList();
        double[] results = points.stream()
                .mapToDouble(p -> Math.hypot(p[0] + 0.6, p[1] + 0.6))
                .map(distance -> -Math.exp(-4 * distance * distance))
                .toArray();
        SequentialDesign design = new SequentialDesign(region, Optional.of(0.0), false, 1e-3, 1);

        SequentialDesign.Proposal next = design.next(points, results, 4);

        assertThat(next.stop()).isFalse();
        assertThat(next.points()).anyMatch(p -> Math.max(p[0], p[1]) > 0);
    }

    @Test
    void aSearchInABowlStopsAtItsBottom() {
        Region region = cube(3);
        SequentialDesign design = new SequentialDesign(region, Optional.of(0.0), false, 1e-3, 1);
        List<double[]> points = new ArrayList<>(LatinHypercube.random(7, 3, 1).cellMiddles().stream()
                .map(unit -> Arrays.stream(unit).map(u -> 2 * u - 1).toArray())
                .toList());
        SequentialDesign.Proposal next = null;
        while ((next == null || !next.stop()) && points.size() < 40) {
            double[] results = points.stream()
                    .mapToDouble(p -> Math.pow(p[0] - 0.2, 2) + 2 * Math.pow(p[1] + 0.4, 2) + Math.pow(p[2], 2))
                    .toArray();
            next = design.next(points, results, 1);
            points.addAll(next.points());
        }
        assertThat(next).isNotNull();
        assertThat(next.stop()).isTrue();
        assertThat(next.bestResponse()).isLessThan(0.02);
    }

    @Test
    void ofACrowdOnlyItsLowestRunIsKept() {
        List<double[]> inputs = List.of(
                new double[] {0.5, 0.5},
                new double[] {0.51, 0.5},
                new double[] {0.5, 0.52},
                new double[] {0.9, 0.1},
                new double[] {0.9, 0.11},
                new double[] {0.1, 0.1});

        assertThat(Crowds.thinned(inputs, new double[] {3, 1, 2, 8, 9, 4})).containsExactly(1, 3, 4, 5);
    }

    @Test
    void aBasinStagnatesWhenItsLastRunsBringNothing() {
        List<double[]> inputs = IntStream.range(0, 9)
                .mapToObj(i -> new double[] {i < 2 ? 0.5 * i : 0.42 + 0.01 * i})
                .toList();
        double[] losses =
                inputs.stream().mapToDouble(x -> Math.pow(x[0] - 0.45, 2)).toArray();
        GaussianProcess process =
                GaussianProcess.of(inputs, losses, new double[] {0.5}, 1e-8).orElseThrow();
        Knowledge known = new Knowledge(new Surrogate(new Warp(0, 1, 0, 0, 1), process), inputs, inputs, losses, true);
        Basins basin = Basins.none(known.surrogate()).with(inputs.get(3));

        assertThat(known.stagnates(basin, 4, 1e-6)).isTrue();
        assertThat(known.stagnates(basin, 6, 1e-6)).isFalse();
        assertThat(known.stagnates(basin, 20, 1e-6)).isFalse();
    }

    /** Two valleys of cos(3 pi x) along y, at 1/3 and 1. */
    @Test
    void aBasinFollowsItsValleyAndEndsAtTheHill() {
        List<double[]> inputs = new ArrayList<>();
        for (int i = 0; i <= 12; i++) {
            for (int j = 0; j <= 2; j++) {
                inputs.add(new double[] {i / 12.0, j / 2.0});
            }
        }
        double[] outputs =
                inputs.stream().mapToDouble(x -> Math.cos(3 * Math.PI * x[0])).toArray();
        GaussianProcess process =
                GaussianProcess.of(inputs, outputs, new double[] {0.3, 3}, 1e-8).orElseThrow();
        Surrogate surrogate = new Surrogate(new Warp(0, 1, 0, 0, 1), process);
        Basins left = Basins.none(surrogate).with(new double[] {1 / 3.0, 0});

        assertThat(left.hold(new double[] {1 / 3.0, 1})).isTrue();
        assertThat(left.hold(new double[] {0.45, 0.8})).isTrue();
        // On top of the hill.
        assertThat(left.hold(new double[] {0.66, 0.5})).isFalse();
        assertThat(left.hold(new double[] {0.95, 0})).isFalse();
        assertThat(left.hold(new double[] {0.8, 0.5})).isFalse();
        assertThat(Basins.none(surrogate).hold(new double[] {1 / 3.0, 1})).isFalse();
    }

    @Test
    void aSkewedResponseIsBentTowardsItsSimpleShapeAndBack() {
        List<double[]> inputs =
                IntStream.range(0, 12).mapToObj(i -> new double[] {i / 11.0}).toList();
        double[] low = inputs.stream().mapToDouble(x -> Math.exp(8 * x[0])).toArray();
        double[] high = Arrays.stream(low).map(y -> -y).toArray();
        GaussianProcess process =
                GaussianProcess.of(inputs, low, new double[] {1}, 1e-8).orElseThrow();

        assertThat(Warp.fitted(low, process).bend()).isPositive();
        assertThat(Warp.fitted(high, process).bend()).isNegative();
        for (double y : low) {
            Warp warp = Warp.fitted(low, process);
            assertThat(warp.from(warp.to(y))).isCloseTo(y, within(1e-9 * Math.abs(y)));
        }
    }
}
