package org.voltwin.doe.schedule.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LaneTimesTest {
    private static final int CHANGES = 3000;

    /** What is worked out from the last mark before a change on must be what is worked out from the beginning. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aChangeCostsWhatTheWholeLanesCost(long seed) {
        Laboratory lab = new Laboratory(LabWeek.random(100, seed));
        Decoder decoder = new Decoder(lab);
        LaneFacts facts = new LaneFacts(lab, decoder);
        int[] anywhere = new int[100];
        Arrays.fill(anywhere, -1);
        @Nullable Place[] start = new BestFit(lab, decoder).plan(new BestFit.Choices(anywhere, new int[100], 0));
        Lanes lanes = Lanes.of(lab, start);
        LaneTimes times = new LaneTimes(facts, lanes);
        LaneTimes fromTheBeginning = new LaneTimes(facts, lanes);
        Random random = new Random(seed);
        LaneMoves moves = new LaneMoves(facts, lanes, 4, random);
        times.aimAt(2000, Long.MAX_VALUE);
        fromTheBeginning.aimAt(2000, Long.MAX_VALUE);
        times.give();
        int possible = 0;

        for (int i = 0; i < CHANGES; i++) {
            if (!moves.change(new int[0])) {
                continue;
            }
            int without = times.attempt(moves.change, Double.MAX_VALUE);
            double cost = times.cost().value();
            assertThat(without).isEqualTo(fromTheBeginning.give());
            if (without > 0) {
                moves.change.takeBack();
                continue;
            }
            possible++;
            assertThat(cost).isEqualTo(fromTheBeginning.cost().value());
            assertThat(times.cost().lateness())
                    .isEqualTo(fromTheBeginning.cost().lateness());
            assertThat(times.cost().last()).isEqualTo(fromTheBeginning.cost().last());
            if (random.nextInt(3) == 0) {
                times.accept(moves.change);
                assertThat(times.cost().value()).isEqualTo(cost);
            } else {
                moves.change.takeBack();
            }
        }
        assertThat(possible).isGreaterThan(CHANGES / 20);
    }

    /** What costs too much is never taken; what does not is seldom given up, though it may catch up after being behind. */
    @ParameterizedTest
    @ValueSource(longs = {1, 5})
    void givesUpWhatCostsTooMuch(long seed) {
        Laboratory lab = new Laboratory(LabWeek.random(100, seed));
        Decoder decoder = new Decoder(lab);
        LaneFacts facts = new LaneFacts(lab, decoder);
        int[] anywhere = new int[100];
        Arrays.fill(anywhere, -1);
        Lanes lanes = Lanes.of(lab, new BestFit(lab, decoder).plan(new BestFit.Choices(anywhere, new int[100], 0)));
        LaneTimes times = new LaneTimes(facts, lanes);
        LaneMoves moves = new LaneMoves(facts, lanes, 4, new Random(seed));
        times.aimAt(2000, Long.MAX_VALUE);
        assertThat(times.give()).isZero();
        double cost = times.cost().value();
        for (int i = 0; i < CHANGES; i++) {
            if (!moves.change(new int[0])) {
                continue;
            }
            if (times.attempt(moves.change, cost) == 0 && times.cost().value() <= cost) {
                cost = times.cost().value();
                times.accept(moves.change);
            } else {
                moves.change.takeBack();
            }
        }
        double most = cost + 30;
        int good = 0;
        int missed = 0;
        int givenUp = 0;

        for (int i = 0; i < CHANGES; i++) {
            if (!moves.change(new int[0])) {
                continue;
            }
            boolean isTaken =
                    times.attempt(moves.change, most) == 0 && times.cost().value() <= most;
            double stoppedAt = times.cost().value();
            boolean isGood = times.attempt(moves.change, Double.MAX_VALUE) == 0
                    && times.cost().value() <= most;
            if (isTaken) {
                assertThat(isGood).isTrue();
                assertThat(times.cost().value()).isEqualTo(stoppedAt);
            }
            good += isGood ? 1 : 0;
            missed += isGood && !isTaken ? 1 : 0;
            givenUp += stoppedAt < times.cost().value() ? 1 : 0;
            moves.change.takeBack();
        }
        assertThat(good).isGreaterThan(20);
        assertThat(missed).isLessThanOrEqualTo(good / 10);
        assertThat(givenUp).isPositive();
    }
}
