package org.voltwin.doe.schedule.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.voltwin.doe.schedule.lab.LabProblem.Chamber;
import org.voltwin.doe.schedule.lab.LabProblem.Closure;
import org.voltwin.doe.schedule.lab.LabProblem.LabBench;
import org.voltwin.doe.schedule.lab.LabProblem.LabTest;
import org.voltwin.model.failure.Failure;

/** Each value that no laboratory has is refused by name instead of being planned with. */
class LabValuesTest {
    private static final LabProblem GOOD =
            LabWeek.problem(List.of(LabWeek.test("t", 60, 25.0)), List.of(), LabWeek.MONDAY);

    private static Failure refusal(LabProblem problem) {
        return LabValues.first(problem).orElseThrow();
    }

    private static LabProblem with(LabTest test) {
        return LabWeek.problem(List.of(test), List.of(), LabWeek.MONDAY);
    }

    private static LabTest changed(UnaryOperator<ChangedTest> change) {
        return change.apply(ChangedTest.of(GOOD.tests().getFirst())).test();
    }

    private static LabProblem with(List<LabBench> benches, List<Chamber> chambers) {
        return new LabProblem(
                GOOD.now(),
                GOOD.zone(),
                benches,
                chambers,
                GOOD.technicians(),
                GOOD.holidays(),
                GOOD.powerLimitWatts(),
                GOOD.tests(),
                GOOD.plan());
    }

    @Test
    void anOrdinaryLaboratoryIsNotRefused() {
        assertThat(LabValues.first(GOOD)).isEmpty();
    }

    @Test
    void aNameGivenTwiceIsNamed() {
        LabBench bench = GOOD.benches().getFirst();
        assertThat(refusal(with(List.of(bench, bench), GOOD.chambers())).cause())
                .isEqualTo("Bench 'bench-1' is given more than once.");
        Chamber chamber = GOOD.chambers().getFirst();
        assertThat(refusal(with(GOOD.benches(), List.of(chamber, chamber))).code())
                .isEqualTo("schedule.duplicate_name");
        assertThat(refusal(with(LabWeek.test(" ", 60, 25.0))).code()).isEqualTo("schedule.no_name");
    }

    @Test
    void aRunOfAMillionHoursIsNoFaultOfThePlanner() {
        Failure failure = refusal(with(LabWeek.test("t", 60 * 1_000_000, 25.0)));

        assertThat(failure.code()).isEqualTo("schedule.too_long");
        assertThat(failure.cause()).contains("'t'", "41666 days");
    }

    @Test
    void aMillionTestsAreRefusedAtOnce() {
        LabTest test = LabWeek.test("t", 60, 25.0);
        LabProblem many = LabWeek.problem(Collections.nCopies(1_000_000, test), List.of(), LabWeek.MONDAY);

        assertThat(refusal(many).cause())
                .isEqualTo("The problem has 1000000 tests; at most 5000 are planned at a time.");
    }

    @Test
    void negativeQuantitiesAreNamed() {
        assertThat(refusal(with(changed(test -> test.amperes(-1)))).cause())
                .isEqualTo("Test 't' has currentAmperes -1.0.");
        assertThat(refusal(with(changed(test -> test.weight(0)))).code()).isEqualTo("schedule.bad_value");
        assertThat(refusal(with(changed(test -> test.minFidelity(1.5)))).code()).isEqualTo("schedule.bad_value");
    }

    @Test
    void aChamberWithoutARangeAndAClosureThatEndsBeforeItBeginsAreNamed() {
        Closure backwards = new Closure(LabWeek.MONDAY.plus(Duration.ofHours(1)), LabWeek.MONDAY, "repair");

        assertThat(refusal(with(GOOD.benches(), List.of(new Chamber("chamber-1", 60, -20, 25, 30, List.of()))))
                        .cause())
                .isEqualTo("Chamber 'chamber-1' reaches from 60.0 to -20.0 degC.");
        assertThat(refusal(with(GOOD.benches(), List.of(new Chamber("chamber-1", -20, 60, 25, 30, List.of(backwards)))))
                        .code())
                .isEqualTo("schedule.bad_closure");
    }
}
