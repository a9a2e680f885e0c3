package org.voltwin.doe.schedule.lab;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.optaplanner.core.api.score.buildin.bendablelong.BendableLongScore;

/**
 * What OptaPlanner's plans are worth. Makespan alone does not show a search the way, because most changes leave it as it
 * is; so the minutes that tests end after the lower bound count with it. Every plan looked at is also told to a listener
 * with its true score.
 */
final class WeekGoal {
    /** Lateness; makespan and ends after the bound; sum of ends. */
    static final int SOFT_LEVELS = 3;

    private final Laboratory lab;
    private final Decoder decoder;
    private final BestFit fit;
    private final BestFit.Choices base;
    private final long bound;
    private final Consumer<OrderSearch.Found> listener;

    WeekGoal(
            Laboratory lab,
            Decoder decoder,
            BestFit fit,
            BestFit.Choices base,
            long bound,
            Consumer<OrderSearch.Found> listener) {
        this.lab = lab;
        this.decoder = decoder;
        this.fit = fit;
        this.base = base;
        this.bound = bound;
        this.listener = listener;
    }

    BendableLongScore of(WeekPlan plan) {
        @Nullable Place[] places = fit.plan(plan.choices(base));
        Score score = Score.of(lab, decoder, places, false);
        listener.accept(new OrderSearch.Found(places, score));
        long after = 0;
        for (Place place : places) {
            after += place == null ? 0 : Math.max(0, place.tearDownEnd() - bound);
        }
        return BendableLongScore.of(
                new long[] {-score.unplaced()},
                new long[] {-score.lateness(), -after - score.makespan(), -score.ends()});
    }

    /** The plan that OptaPlanner starts from: the tests that several staffed benches could do are its to decide. */
    WeekPlan start() {
        List<WeekTest> tests = new java.util.ArrayList<>();
        for (int t = 0; t < base.home().length; t++) {
            if (base.home()[t] >= 0 && !decoder.isRunning(t)) {
                tests.add(new WeekTest(
                        t,
                        lab.suitable.get(t).stream()
                                .map(Laboratory.Channel::benchNumber)
                                .distinct()
                                .toList(),
                        base.home()[t]));
            }
        }
        return new WeekPlan(this, tests);
    }
}
