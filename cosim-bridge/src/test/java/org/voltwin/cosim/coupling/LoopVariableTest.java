package org.voltwin.cosim.coupling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

final class LoopVariableTest {
    private static double solve(double from, DoubleUnaryOperator system) {
        LoopVariable variable = new LoopVariable();
        variable.start(from);
        for (int i = 0; i < 100; i++) {
            if (variable.answer(system.applyAsDouble(variable.value()), 1e-7)) {
                return variable.value();
            }
        }
        throw new AssertionError("No solution");
    }

    @Test
    void a_constant_answer_is_found() {
        assertThat(solve(0, x -> 5)).isEqualTo(5);
    }

    @Test
    void a_steep_line_is_found() {
        assertThat(solve(0, x -> 1 - 3000 * (x - 1))).isCloseTo(1, within(1e-9));
    }

    /** A regulator of high gain that hits its limits on both sides. */
    @Test
    void a_line_between_limits_is_found() {
        assertThat(solve(1.5, x -> Math.clamp(1.5 + 1e5 * (3.7 + 0.03 * 4.2 - (3.7 + 0.03 * x)), -15, 15)))
                .isCloseTo(4.2, within(1e-3));
    }
}
