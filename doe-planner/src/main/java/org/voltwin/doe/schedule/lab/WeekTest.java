package org.voltwin.doe.schedule.lab;

import java.util.List;
import org.optaplanner.core.api.domain.entity.PlanningEntity;
import org.optaplanner.core.api.domain.lookup.PlanningId;
import org.optaplanner.core.api.domain.valuerange.ValueRangeProvider;
import org.optaplanner.core.api.domain.variable.PlanningVariable;

/** A test for OptaPlanner: on which bench, and how much it is favoured over others. Times follow from dispatching. */
@PlanningEntity
public final class WeekTest {
    @PlanningId
    private int number;

    private List<Integer> benches = List.of();

    @PlanningVariable(valueRangeProviderRefs = "benches")
    private Integer bench = -1;

    /** In steps. */
    @PlanningVariable(valueRangeProviderRefs = "favours")
    private Integer favour = 0;

    /** For the solver's cloning. */
    WeekTest() {}

    WeekTest(int number, List<Integer> benches, int bench) {
        this.number = number;
        this.benches = benches;
        this.bench = bench;
    }

    /** Those that suit, by their number in the problem. */
    @ValueRangeProvider(id = "benches")
    public List<Integer> getBenches() {
        return benches;
    }

    int number() {
        return number;
    }

    int bench() {
        return bench;
    }

    int favour() {
        return favour;
    }

    @Override
    public String toString() {
        return "test " + number;
    }
}
