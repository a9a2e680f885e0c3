package org.voltwin.cosim.coupling;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SharingTrialTest {
    /** Runs a trial on a machine where evaluations take the given times, whatever the first of a block takes. */
    private static SharingTrial trial(long aloneNanoseconds, long togetherNanoseconds) {
        SharingTrial trial = new SharingTrial();
        boolean before = !trial.isTogether();
        while (!trial.isOver()) {
            boolean together = trial.isTogether();
            long usual = together ? togetherNanoseconds : aloneNanoseconds;
            trial.took(together == before ? usual : 1_000_000_000);
            before = together;
        }
        return trial;
    }

    @Test
    void several_threads_pay_when_they_are_a_tenth_faster() {
        assertThat(trial(100_000, 60_000).pays(Sharing.MEASURED)).isTrue();
        assertThat(trial(100_000, 90_000).pays(Sharing.MEASURED)).isTrue();
        assertThat(trial(100_000, 95_000).pays(Sharing.MEASURED)).isFalse();
        assertThat(trial(100_000, 200_000).pays(Sharing.MEASURED)).isFalse();
    }

    @Test
    void both_ways_are_tried_by_turns_and_equally_often() {
        SharingTrial trial = new SharingTrial();
        int together = 0;
        int turns = 0;
        int all = 0;
        for (boolean before = trial.isTogether(); !trial.isOver(); all++) {
            together += trial.isTogether() ? 1 : 0;
            turns += trial.isTogether() == before ? 0 : 1;
            before = trial.isTogether();
            trial.took(1);
        }
        assertThat(together * 2).isEqualTo(all);
        assertThat(turns).isEqualTo(3);
    }

    @Test
    void one_evaluation_out_of_the_way_does_not_decide() {
        SharingTrial trial = new SharingTrial();
        for (int i = 0; !trial.isOver(); i++) {
            trial.took(i % 9 == 4 ? 5_000_000 : trial.isTogether() ? 50_000 : 100_000);
        }
        assertThat(trial.pays(Sharing.MEASURED)).isTrue();
    }

    @Test
    void short_steps_are_not_tried() {
        assertThat(Sharing.MEASURED.isWorthATrial(19_000)).isFalse();
        assertThat(Sharing.MEASURED.isWorthATrial(21_000)).isTrue();
    }
}
