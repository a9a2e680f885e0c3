package org.voltwin.doe.schedule.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.voltwin.doe.schedule.engine.SearchLimits;
import org.voltwin.doe.schedule.engine.SearchResult;
import org.voltwin.doe.schedule.validate.ProjectRules;

class ProjectPlannerTest {
    private static Project.Activity activity(int duration, int demand, Integer... successors) {
        return new Project.Activity(duration, List.of(demand), List.of(successors));
    }

    /** Capacity 2. A(3,1) before D(2,2); B(4,1) and C(1,1) are free: A and B together, C beside B, then D: 4 + 2 = 6. */
    private static final Project SMALL =
            new Project(List.of(2), List.of(activity(3, 1, 3), activity(4, 1), activity(1, 1), activity(2, 2)));

    @Test
    void provesTheShortestPlan() {
        SearchResult<ProjectPlan> result =
                ProjectPlanner.plan(SMALL, new SearchLimits(Duration.ofSeconds(5), 1, 1), event -> {});

        assertThat(result.objective()).isEqualTo(6);
        assertThat(result.isOptimal()).isTrue();
        assertThat(ProjectRules.broken(SMALL, result.plan())).isEmpty();
    }

    @Test
    void theValidatorSeesEachKindOfFault() {
        assertThat(ProjectRules.broken(SMALL, new ProjectPlan(List.of(0L, 0L, 3L, 4L), List.of(3L, 4L, 4L, 6L))))
                .isEmpty();
        assertThat(ProjectRules.broken(SMALL, new ProjectPlan(List.of(0L, 0L, 2L, 4L), List.of(3L, 4L, 3L, 6L))))
                .containsExactly("resource 1 is used 3 of 2 at 2");
        assertThat(ProjectRules.broken(SMALL, new ProjectPlan(List.of(0L, 2L, 6L, 0L), List.of(3L, 6L, 7L, 2L))))
                .contains("activity 4 starts before activity 1 ends");
        assertThat(ProjectRules.broken(SMALL, new ProjectPlan(List.of(0L, 0L, 3L, 4L), List.of(3L, 4L, 4L, 5L))))
                .containsExactly("activity 4 has the wrong duration");
    }
}
