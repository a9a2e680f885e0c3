package org.voltwin.doe.filling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FillingTest {
    /** Value of SciPy's documentation of scipy.stats.qmc.discrepancy. */
    @Test
    void centredDiscrepancyIsSciPys() {
        List<double[]> points = Stream.of(new int[][] {{1, 3}, {2, 6}, {3, 2}, {4, 5}, {5, 1}, {6, 4}})
                .map(p -> new double[] {(p[0] - 0.5) / 6, (p[1] - 0.5) / 6})
                .toList();
        assertThat(Discrepancy.centredL2Squared(points)).isCloseTo(0.008142039609053, within(1e-14));
    }

    /** Optimal squared maximin distances for two factors: van Dam et al., Operations Research 55 (2007), table 1. */
    @ParameterizedTest
    @CsvSource({"2,2", "3,2", "4,5", "5,5", "6,5", "7,8", "8,8", "9,10", "10,10", "11,10", "12,13", "13,13", "14,17"})
    void reachesTheKnownMaximinDistances(int runs, long squaredDistance) {
        assertThat(LatinHypercube.maximin(runs, 2, 1).smallestSquaredDistance()).isEqualTo(squaredDistance);
    }

    @Test
    void theEvenHypercubeIsEvenerThanARandomOne() {
        double even = Discrepancy.centredL2Squared(LatinHypercube.even(20, 3, 7).cellMiddles());
        double random =
                Discrepancy.centredL2Squared(LatinHypercube.random(20, 3, 7).cellMiddles());
        assertThat(even).isLessThan(0.7 * random);
    }

    /** First points of SciPy's Sobol(d=2, scramble=False). */
    @Test
    void sobolIsJoeAndKuos() {
        assertThat(Sequences.sobol(4, 2))
                .containsExactly(new double[] {0, 0}, new double[] {0.5, 0.5}, new double[] {0.75, 0.25}, new double[] {
                    0.25, 0.75
                });
    }

    @Test
    void shiftedSobolHasOnePointInEachCell() {
        assertThat(Sequences.shiftedSobol(16, 3, 5).stream().map(p -> (int) (p[1] * 16)))
                .doesNotHaveDuplicates();
    }
}
