package org.voltwin.doe.schedule.lab;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.optaplanner.core.api.domain.solution.PlanningEntityCollectionProperty;
import org.optaplanner.core.api.domain.solution.PlanningScore;
import org.optaplanner.core.api.domain.solution.PlanningSolution;
import org.optaplanner.core.api.domain.solution.ProblemFactProperty;
import org.optaplanner.core.api.domain.valuerange.ValueRangeProvider;
import org.optaplanner.core.api.score.buildin.bendablelong.BendableLongScore;

/** A laboratory's plan while OptaPlanner searches: each test's bench and favour, which dispatching turns into times. */
@PlanningSolution
public final class WeekPlan {
    /** A step of favour. */
    private static final int FAVOUR_MINUTES = 20;

    @PlanningEntityCollectionProperty
    private List<WeekTest> tests = new ArrayList<>();

    @ProblemFactProperty
    private @Nullable WeekGoal goal;

    @PlanningScore(bendableHardLevelsSize = 1, bendableSoftLevelsSize = WeekGoal.SOFT_LEVELS)
    private @Nullable BendableLongScore score;

    /** For the solver's cloning. */
    WeekPlan() {}

    WeekPlan(WeekGoal goal, List<WeekTest> tests) {
        this.goal = goal;
        this.tests = tests;
    }

    WeekGoal goal() {
        if (goal == null) {
            throw new IllegalStateException("a plan without a goal");
        }
        return goal;
    }

    @ValueRangeProvider(id = "favours")
    public List<Integer> getFavours() {
        return List.of(-3, -2, -1, 0, 1, 2, 3);
    }

    @Nullable BendableLongScore score() {
        return score;
    }

    /** Whether there is nothing to decide. */
    boolean isDecided() {
        return tests.isEmpty();
    }

    /** What dispatching is told; tests that OptaPlanner does not decide are as {@code base} has them. */
    BestFit.Choices choices(BestFit.Choices base) {
        int[] home = base.home().clone();
        int[] favour = base.favour().clone();
        for (WeekTest test : tests) {
            home[test.number()] = test.bench();
            favour[test.number()] = test.favour() * FAVOUR_MINUTES;
        }
        return new BestFit.Choices(home, favour, base.longFirst());
    }
}
