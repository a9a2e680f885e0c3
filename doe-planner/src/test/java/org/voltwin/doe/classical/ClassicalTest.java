package org.voltwin.doe.classical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClassicalTest {
    /** Words of length 3, 4, 5 of minimum aberration designs: Chen, Sun and Wu, Int. Statistical Review 61 (1993) 131-145. */
    @ParameterizedTest
    @CsvSource({"5,4,0,0,1", "7,4,0,7,0", "7,5,0,1,2", "8,4,0,14,0", "8,5,0,3,4", "9,5,0,6,8", "9,4,4,14,8"})
    void leastAberration(int factors, int basic, long three, long four, long five) {
        long[] words = TwoLevelFraction.minimumAberration(factors, basic, 1).wordLengthPattern();
        assertThat(List.of(words[3], words[4], words[5])).containsExactly(three, four, five);
    }

    @Test
    void aliasesOfTheHalfFractionOfFour() {
        TwoLevelFraction half = TwoLevelFraction.minimumAberration(4, 3, 1);
        assertThat(half.resolution()).isEqualTo(4);
        assertThat(half.generators(List.of("A", "B", "C", "D"))).containsExactly("D = A:B:C");
        assertThat(half.aliases(List.of("A", "B", "C", "D")))
                .containsExactlyInAnyOrder("A:B = C:D", "A:C = B:D", "A:D = B:C");
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44, 48})
    void plackettBurmanColumnsAreOrthogonal(int runs) {
        orthogonal(Constructed.plackettBurman(runs, runs - 1).orElseThrow(), runs);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 6, 8, 9, 10, 12, 14, 16})
    void definitiveScreeningColumnsAreOrthogonal(int factors) {
        List<double[]> points = Constructed.definitiveScreening(factors, 0);
        assertThat(points).hasSize(factors % 2 == 0 ? 2 * factors + 1 : 2 * factors + 3);
        orthogonal(points, factors % 2 == 0 ? 2 * factors - 2 : 2 * factors);
    }

    /** Runs without centre points: Box and Behnken 1960. */
    @ParameterizedTest
    @CsvSource({"3,12", "4,24", "5,40", "6,48", "7,56"})
    void boxBehnkenSizes(int factors, int runs) {
        List<double[]> points = Constructed.boxBehnken(factors).orElseThrow();
        assertThat(points).hasSize(runs);
        orthogonal(points, points.stream().mapToDouble(p -> p[0] * p[0]).sum());
    }

    @ParameterizedTest
    @CsvSource({"2,1.414", "3,1.682", "4,2.000", "5,2.378"})
    void rotatableDistances(int factors, double alpha) {
        assertThat(Constructed.rotatable(1 << factors)).isCloseTo(alpha, within(5e-4));
    }

    private static void orthogonal(List<double[]> points, double squares) {
        int k = points.getFirst().length;
        for (int a = 0; a < k; a++) {
            for (int b = 0; b <= a; b++) {
                int i = a;
                int j = b;
                assertThat(points.stream().mapToDouble(p -> p[i] * p[j]).sum())
                        .as("columns %d and %d", i, j)
                        .isEqualTo(a == b ? squares : 0);
            }
        }
    }
}
