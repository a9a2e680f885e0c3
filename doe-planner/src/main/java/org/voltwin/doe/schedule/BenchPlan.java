package org.voltwin.doe.schedule;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.optaplanner.core.api.domain.solution.PlanningEntityCollectionProperty;
import org.optaplanner.core.api.domain.solution.PlanningScore;
import org.optaplanner.core.api.domain.solution.PlanningSolution;
import org.optaplanner.core.api.domain.solution.ProblemFactCollectionProperty;
import org.optaplanner.core.api.domain.valuerange.ValueRangeProvider;
import org.optaplanner.core.api.score.buildin.bendablelong.BendableLongScore;

/** A plan during the search. */
@PlanningSolution
public final class BenchPlan {
    @PlanningEntityCollectionProperty
    private List<ChannelOrder> channels = new ArrayList<>();

    /** The solver asks an entity collection for its planning variables; tasks have only shadows, so these are facts. */
    @ProblemFactCollectionProperty
    @ValueRangeProvider(id = "tasks")
    private List<PlannedTask> tasks = new ArrayList<>();

    @PlanningScore(
            bendableHardLevelsSize = PlanConstraints.HARD_LEVELS,
            bendableSoftLevelsSize = PlanConstraints.SOFT_LEVELS)
    private @Nullable BendableLongScore score;

    /** For the solver's cloning. */
    BenchPlan() {}

    BenchPlan(List<ChannelOrder> channels, List<PlannedTask> tasks) {
        this.channels = channels;
        this.tasks = tasks;
    }

    List<ChannelOrder> channels() {
        return channels;
    }

    List<PlannedTask> tasks() {
        return tasks;
    }

    @Nullable BendableLongScore score() {
        return score;
    }
}
