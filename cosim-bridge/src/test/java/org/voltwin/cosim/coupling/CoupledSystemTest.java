package org.voltwin.cosim.coupling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.voltwin.cosim.coupling.Scripted.link;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.voltwin.model.failure.RefusedException;

final class CoupledSystemTest {
    private static final double OMEGA = 2;

    /** x' = u solved exactly for a held input, so that all error comes from the coupling. */
    private static Scripted integrator(double factor, double start) {
        return new Scripted(
                1,
                false,
                (v, now, step) -> {
                    v[1] += factor * v[0] * step;
                    return now + step;
                },
                start);
    }

    /** An oscillator cut in two: x' = y, y' = -omega^2 x with x(0) = 1, so x = cos(omega t). */
    private static double oscillatorError(CouplingMethod method, double step) {
        Scripted position = integrator(1, 1);
        Scripted speed = integrator(-OMEGA * OMEGA, 0);
        CoupledSystem system = new CoupledSystem(
                List.of(position.part("x"), speed.part("v")),
                List.of(link("v.y1", "x.u1"), link("x.y1", "v.u1")),
                method);
        system.initialise(0);
        for (int i = 1; i <= Math.round(1 / step); i++) {
            system.stepTo(i * step);
        }
        assertThat(system.steps()).isEqualTo(Math.round(1 / step));
        return Math.hypot(position.output(1) - Math.cos(OMEGA), (speed.output(1) + OMEGA * Math.sin(OMEGA)) / OMEGA);
    }

    @ParameterizedTest
    @EnumSource(CouplingMethod.class)
    void every_method_is_of_first_order(CouplingMethod method) {
        double coarse = oscillatorError(method, 1 / 512.0);
        double fine = oscillatorError(method, 1 / 1024.0);

        assertThat(coarse / fine).isCloseTo(2, within(0.05));
        assertThat(fine).isLessThan(4e-3);
    }

    /** Symplectic Euler keeps the oscillator's energy, explicit Euler (Jacobi) does not. */
    @Test
    void the_order_of_dependency_is_better_than_jacobi() {
        assertThat(oscillatorError(CouplingMethod.GAUSS_SEIDEL, 1e-3))
                .isLessThan(oscillatorError(CouplingMethod.JACOBI, 1e-3) * 0.6);
    }

    /** Dahlquist's test equation x' = a x split as x' = u, u = a x: with the loop solved, exactly 1 / (1 - a h)^n. */
    @Test
    void iteration_on_dahlquist_gives_implicit_euler() {
        Scripted state = integrator(1, 1);
        Scripted gain = new Scripted(
                1,
                true,
                (v, now, step) -> {
                    v[1] = -3 * v[0];
                    return now + step;
                },
                0);
        CoupledSystem system = new CoupledSystem(
                List.of(state.part("x"), gain.part("g")),
                List.of(link("x.y1", "g.u1"), link("g.y1", "x.u1")),
                CouplingMethod.ITERATED);
        system.initialise(0);
        for (int i = 1; i <= 10; i++) {
            system.stepTo(i * 0.1);
        }

        assertThat(state.output(1)).isCloseTo(Math.pow(1 / (1 + 0.3), 10), within(1e-6));
    }

    private static Scripted gains(double a11, double a12, double a21, double a22, double b1, double b2) {
        return new Scripted(
                2,
                true,
                (v, now, step) -> {
                    v[2] = a11 * v[0] + a12 * v[1] + b1;
                    v[3] = a21 * v[0] + a22 * v[1] + b2;
                    return now + step;
                },
                0,
                0);
    }

    /**
     * x = A y + b, y = C x with spectral radius above 1, where plain fixed-point iteration diverges. With A = [[0, -3],
     * [2, 1]], C = I, b = [1, 2]: x1 = 1 - 3 x2 and x2 = 2 x1 + x2 + 2, so x1 = -1 and x2 = 2/3.
     */
    @Test
    void an_algebraic_loop_of_two_signals_is_solved_at_the_start_and_in_steps() {
        Scripted first = gains(0, -3, 2, 1, 1, 2);
        Scripted second = gains(1, 0, 0, 1, 0, 0);
        CoupledSystem system = new CoupledSystem(
                List.of(first.part("a"), second.part("b")),
                List.of(link("a.y1", "b.u1"), link("a.y2", "b.u2"), link("b.y1", "a.u1"), link("b.y2", "a.u2")));
        system.initialise(0);
        assertThat(first.get(2)).isCloseTo(-1, within(1e-6));
        assertThat(first.get(3)).isCloseTo(2 / 3.0, within(1e-6));

        system.stepTo(1);
        assertThat(second.get(2)).isCloseTo(-1, within(1e-6));
        assertThat(system.evaluations()).isLessThan(10);
    }

    @Test
    void a_loop_without_solution_is_told() {
        Scripted first = gains(1, 0, 0, 1, 1, 0);
        Scripted second = gains(1, 0, 0, 1, 0, 0);
        CoupledSystem system = new CoupledSystem(
                List.of(first.part("a"), second.part("b")), List.of(link("a.y1", "b.u1"), link("b.y1", "a.u1")));

        assertThatThrownBy(() -> system.initialise(0))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.failure().code()).isEqualTo("cosim.loop_not_converged"));
    }

    @ParameterizedTest
    @EnumSource(CouplingMethod.class)
    void all_parts_go_back_to_the_time_of_an_event(CouplingMethod method) {
        Scripted event = new Scripted(
                0,
                false,
                (v, now, step) -> {
                    double reached = now < 0.3 ? Math.min(now + step, 0.3) : now + step;
                    v[0] = reached;
                    return reached;
                },
                0);
        Scripted sum = integrator(1, 0);
        CoupledSystem system =
                new CoupledSystem(List.of(event.part("e"), sum.part("s")), List.of(link("e.y1", "s.u1")), method);
        system.initialise(0);

        assertThat(system.stepTo(1)).isEqualTo(0.3);
        assertThat(event.output(1)).isEqualTo(0.3);
        assertThat(system.rollbacks()).isEqualTo(1);
        assertThat(system.stepTo(1)).isEqualTo(1);
    }

    @Test
    void a_part_takes_several_steps_within_one() {
        Scripted fast = integrator(1, 1);
        CoupledSystem system = new CoupledSystem(List.of(fast.part("f", true, 4)), List.of());
        system.initialise(0);
        system.stepTo(1);

        assertThat(fast.stepLengths).containsExactly(0.25, 0.25, 0.25, 0.25);
    }

    @Test
    void adaptive_steps_follow_the_signals_and_the_tolerance() {
        double coarse = adaptiveError(1e-3);
        double fine = adaptiveError(5e-4);

        assertThat(coarse).isLessThan(1e-2);
        assertThat(coarse / fine).isBetween(1.6, 2.4);
    }

    /** x' = -x through two parts from x = 1, so x(5) = exp(-5): fast at first, then slow. */
    private static double adaptiveError(double tolerance) {
        Scripted state = integrator(-1, 1);
        CoupledSystem system =
                new CoupledSystem(List.of(state.part("x")), List.of(link("x.y1", "x.u1")), CouplingMethod.JACOBI);
        system.initialise(0);
        AdaptiveSteps steps = new AdaptiveSteps(system, tolerance, 1e-6, 1);
        double worst = 0;
        while (system.timeSeconds() < 5) {
            steps.stepTo(5);
            worst = Math.max(worst, Math.abs(state.output(1) - Math.exp(-system.timeSeconds())));
        }
        assertThat(system.steps()).isLessThan((long) (3 / tolerance));
        return worst;
    }
}
