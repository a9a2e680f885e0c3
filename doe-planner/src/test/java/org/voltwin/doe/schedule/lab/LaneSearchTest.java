package org.voltwin.doe.schedule.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voltwin.doe.schedule.validate.LabRules;

class LaneSearchTest {
    private static final int STEPS = 30_000;

    /** Precedences, releases, a closed bench, chambers that change: whatever the annealing tells must keep all rules. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void tellsOnlyPlansThatKeepTheRulesAndGetBetter(long seed) {
        LabProblem problem = LabWeek.random(100, seed);
        Laboratory lab = new Laboratory(problem);
        Decoder decoder = new Decoder(lab);
        int[] anywhere = new int[100];
        Arrays.fill(anywhere, -1);
        @Nullable Place[] start = new BestFit(lab, decoder).plan(new BestFit.Choices(anywhere, new int[100], 0));
        List<Score> told = new ArrayList<>();

        assertThat(LaneTimes.handles(lab, decoder)).isTrue();
        new LaneSearch(lab, decoder, start, 4, seed).run(0, step -> step / (double) STEPS, found -> {
            List<LabProblem.LabAssignment> plan = new ArrayList<>();
            for (Place place : found.places()) {
                assertThat(place).isNotNull();
                plan.add(LabPlanner.assignment(lab, place, ""));
            }
            assertThat(LabRules.broken(problem, plan)).isEmpty();
            told.add(found.score());
        });

        assertThat(told)
                .isNotEmpty()
                .isSortedAccordingTo(Comparator.reverseOrder())
                .doesNotHaveDuplicates();
        assertThat(told.getLast().lateness()).isZero();
        assertThat(told.getLast().unplaced()).isZero();
    }
}
