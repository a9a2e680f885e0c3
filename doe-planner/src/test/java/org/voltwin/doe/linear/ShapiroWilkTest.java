package org.voltwin.doe.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Expected: R 4.2.2, shapiro.test. */
class ShapiroWilkTest {
    private static void agrees(double[] values, double w, double probability) {
        ShapiroWilk found = ShapiroWilk.of(values);
        assertThat(found.w()).isCloseTo(w, within(1e-7));
        assertThat(found.probability()).isCloseTo(probability, within(1e-6));
    }

    @Test
    void threeAreExact() {
        agrees(new double[] {1, 2, 4}, 0.964285714286, 0.63688684505);
    }

    @Test
    void fiveUseOneCoefficient() {
        agrees(new double[] {2, 3, 5, 9, 1.5}, 0.876108811809, 0.29204844754);
    }

    /** The weights of eleven men of Shapiro and Wilk's paper. */
    @Test
    void theExampleOfThePaper() {
        agrees(new double[] {148, 154, 158, 160, 161, 162, 166, 170, 182, 195, 236}, 0.788814694835, 0.0067038140565);
    }
}
