package org.voltwin.cosim.coupling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.voltwin.cosim.coupling.Scripted.link;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.voltwin.cosim.check.Connection;

final class LanesTest {
    private static final int PARTS = 4;

    /** x' = sin(u), in so many substeps that a step takes far longer than handing it over. */
    private static Scripted slow(double start, double eventSeconds) {
        return new Scripted(
                1,
                false,
                (v, now, step) -> {
                    double end = now < eventSeconds ? Math.min(now + step, eventSeconds) : now + step;
                    for (int i = 0; i < 20_000; i++) {
                        v[1] += Math.sin(v[0] + i) * (end - now) / 20_000;
                    }
                    return end;
                },
                start);
    }

    /** Always tried; the verdict is given. */
    private static Sharing tried(boolean pays) {
        return new Sharing() {
            @Override
            public boolean isWorthATrial(double savedNanoseconds) {
                return true;
            }

            @Override
            public boolean pays(double aloneNanoseconds, double togetherNanoseconds) {
                assertThat(aloneNanoseconds).isPositive();
                assertThat(togetherNanoseconds).isPositive();
                return pays;
            }
        };
    }

    private static List<double[]> ring(int threads, Sharing sharing, boolean expectParallel) {
        List<Part> parts = new ArrayList<>();
        List<Connection> links = new ArrayList<>();
        for (int i = 0; i < PARTS; i++) {
            parts.add(slow(i, 0.1 * i + 0.33).part("m" + i));
            links.add(link("m" + i + ".y1", "m" + (i + 1) % PARTS + ".u1"));
        }
        List<double[]> signals = new ArrayList<>();
        try (CoupledSystem system = new CoupledSystem(parts, links, CouplingMethod.JACOBI, threads, sharing)) {
            system.initialise(0);
            while (system.timeSeconds() < 2) {
                system.stepTo(Math.min(2, system.timeSeconds() + 0.025));
                signals.add(system.signals());
            }
            assertThat(system.isParallel()).isEqualTo(expectParallel);
            assertThat(system.rollbacks()).isPositive();
            assertThat(system.stepSeconds().values()).allMatch(seconds -> seconds > 0);
        }
        return signals;
    }

    @Test
    void steps_in_several_threads_give_the_same_to_the_last_bit() {
        double[][] serial = ring(1, tried(true), false).toArray(double[][]::new);

        assertThat(ring(2, tried(true), true).toArray(double[][]::new)).isDeepEqualTo(serial);
        assertThat(ring(3, tried(true), true).toArray(double[][]::new)).isDeepEqualTo(serial);
    }

    @Test
    void a_trial_that_does_not_pay_ends_with_one_thread_and_the_same_values() {
        double[][] serial = ring(1, tried(false), false).toArray(double[][]::new);

        assertThat(ring(2, tried(false), false).toArray(double[][]::new)).isDeepEqualTo(serial);
    }

    @Test
    void small_models_are_not_handed_over() {
        List<Part> parts = List.of(quick().part("a"), quick().part("b"));
        try (CoupledSystem system = new CoupledSystem(parts, List.of(), CouplingMethod.JACOBI, 2)) {
            system.initialise(0);
            for (int i = 1; i <= 4096; i++) {
                system.stepTo(i);
            }
            assertThat(system.isParallel()).isFalse();
        }
    }

    private static Scripted quick() {
        return new Scripted(0, false, (v, now, step) -> now + step, 0);
    }

    @Test
    void a_failure_in_another_thread_is_the_systems() {
        Scripted failing = new Scripted(
                0,
                false,
                (v, now, step) -> {
                    slow(0, 9).step(now, step);
                    if (now > 60) {
                        throw new IllegalStateException("at " + now);
                    }
                    return now + step;
                },
                0);
        List<Part> parts = List.of(slow(0, 0).part("a"), failing.part("b"));
        try (CoupledSystem system = new CoupledSystem(parts, List.of(), CouplingMethod.JACOBI, 2, tried(true))) {
            system.initialise(0);
            assertThatThrownBy(() -> {
                        for (int i = 1; i < 100; i++) {
                            system.stepTo(i);
                        }
                    })
                    .hasMessage("at 61.0");
            assertThat(system.isParallel()).isTrue();
        }
    }

    @Test
    void the_longest_are_shared_out_first() {
        double[] costs = {1, 5, 2, 4};

        List<List<Integer>> shares = Lanes.share(costs, 2);

        assertThat(shares).containsExactly(List.of(0, 1), List.of(2, 3));
        assertThat(Lanes.longest(shares, costs)).isEqualTo(6);
    }
}
