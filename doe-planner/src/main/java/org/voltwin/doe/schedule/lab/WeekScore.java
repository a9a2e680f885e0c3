package org.voltwin.doe.schedule.lab;

import org.optaplanner.core.api.score.buildin.bendablelong.BendableLongScore;
import org.optaplanner.core.api.score.calculator.EasyScoreCalculator;

/** OptaPlanner's score of a plan: it is dispatched whole, because one test moved shifts staff and chambers for all. */
public final class WeekScore implements EasyScoreCalculator<WeekPlan, BendableLongScore> {
    @Override
    public BendableLongScore calculateScore(WeekPlan plan) {
        return plan.goal().of(plan);
    }
}
