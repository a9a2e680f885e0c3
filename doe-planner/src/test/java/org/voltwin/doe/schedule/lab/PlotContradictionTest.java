package org.voltwin.doe.schedule.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.voltwin.doe.schedule.engine.SearchLimits;
import org.voltwin.doe.schedule.lab.LabProblem.LabBench;
import org.voltwin.doe.schedule.lab.LabProblem.LabTest;

/** Requirements of several tests that cannot be met together. */
class PlotContradictionTest {
    private static LabTest test(
            String id, double amperes, String capability, double celsius, List<String> after, @Nullable String plot) {
        return ChangedTest.of(LabWeek.test(id, 120, celsius))
                .capabilities(new java.util.HashSet<>(List.of("electrical", capability)))
                .amperes(amperes)
                .minFidelity(1)
                .after(after)
                .wholePlot(plot)
                .test();
    }

    /** Benches 1 and 2 carry 100 A, the others 30 A; {@code gas}: the benches that also analyse gas. */
    private static LabPlan plan(Set<String> gas, LabTest... tests) {
        LabProblem all = LabWeek.problem(List.of(tests), List.of(), LabWeek.MONDAY);
        List<LabBench> benches = new ArrayList<>();
        for (LabBench bench : all.benches()) {
            benches.add(new LabBench(
                    bench.id(),
                    bench.kind(),
                    bench.levels(),
                    gas.contains(bench.id()) ? Set.of("electrical", "gas") : bench.capabilities(),
                    bench.maxCurrentAmperes(),
                    bench.channels(),
                    bench.chamber(),
                    bench.speed(),
                    bench.fidelity(),
                    bench.closures()));
        }
        LabProblem problem = new LabProblem(
                all.now(),
                all.zone(),
                benches,
                all.chambers(),
                all.technicians(),
                List.of(),
                null,
                all.tests(),
                List.of());
        return LabPlanner.plan(problem, new SearchLimits(Duration.ofSeconds(1), 1, 1), false, event -> {})
                .orThrow();
    }

    private static final LabTest STRONG = test("strong", 80, "electrical", 45, List.of(), "P");
    private static final LabTest GAS = test("gas", 10, "gas", 45, List.of(), "P");
    private static final LabTest PLAIN = test("plain", 10, "electrical", 45, List.of(), "P");

    @Test
    void namesTheTwoTestsOfAPlotThatHaveNoChamberTogetherAndLeavesOutTheThird() {
        assertThatThrownBy(() -> plan(Set.of("bench-5"), STRONG, GAS, PLAIN))
                // Without the fidelity, a virtual bench could do 'strong'.
                .hasMessageContaining("all tests of whole plot 'P' run in one soak of one chamber;"
                        + " 'strong' needs a bench that carries 80.0 A;"
                        + " 'strong' needs a bench that has a fidelity of at least 1.0;"
                        + " 'gas' needs a bench that can do gas. Each test alone has a bench");
    }

    @Test
    void plansThePlotWhenOneChamberHasBoth() {
        assertThat(plan(Set.of("bench-2"), STRONG, GAS, PLAIN).assignments())
                .hasSize(3)
                .allMatch(a -> a.bench().equals("bench-2"));
    }

    @Test
    void namesATestThatMustInterruptTheSoakInTheSameChamber() {
        LabTest first = test("first", 10, "gas", 45, List.of(), "P");
        LabTest cold = test("cold", 10, "gas", 0, List.of("first"), null);
        LabTest last = test("last", 10, "gas", 45, List.of("cold"), "P");

        assertThatThrownBy(() -> plan(Set.of("bench-5"), first, cold, last))
                .hasMessageContaining("'cold', at another temperature, comes between two of them")
                .hasMessageContaining("'cold' needs a bench that can do gas");
        assertThat(plan(Set.of("bench-5", "bench-6"), first, cold, last).assignments())
                .hasSize(3);
    }
}
