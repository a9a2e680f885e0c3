package org.voltwin.doe.schedule;

import java.time.Duration;
import org.optaplanner.core.api.solver.SolverFactory;
import org.optaplanner.core.config.constructionheuristic.ConstructionHeuristicPhaseConfig;
import org.optaplanner.core.config.heuristic.selector.move.composite.UnionMoveSelectorConfig;
import org.optaplanner.core.config.heuristic.selector.move.generic.list.ListChangeMoveSelectorConfig;
import org.optaplanner.core.config.heuristic.selector.move.generic.list.ListSwapMoveSelectorConfig;
import org.optaplanner.core.config.localsearch.LocalSearchPhaseConfig;
import org.optaplanner.core.config.localsearch.LocalSearchType;
import org.optaplanner.core.config.phase.PhaseConfig;
import org.optaplanner.core.config.solver.EnvironmentMode;
import org.optaplanner.core.config.solver.SolverConfig;
import org.optaplanner.core.config.solver.termination.TerminationConfig;

/** Sets OptaPlanner up: one thread, seeded, ended by a number of steps, so that the same problem gives the same plan. */
final class Search {
    private static final int UNIMPROVED_STEPS_PER_TASK = 300;
    private static final Duration SHORTEST_EFFORT = Duration.ofMillis(50);

    private Search() {}

    /** Runs it. One task is placed by construction alone: every channel is tried for it, so nothing can be better. */
    static BenchPlan run(BenchPlan problem, Duration effort, long seed) {
        int tasks = problem.tasks().size();
        ConstructionHeuristicPhaseConfig construction = new ConstructionHeuristicPhaseConfig();
        PhaseConfig<?>[] phases = tasks == 1
                ? new PhaseConfig<?>[] {construction}
                : new PhaseConfig<?>[] {construction, localSearch(tasks, effort)};
        return factory(phases, seed).buildSolver().solve(problem);
    }

    /** For tests that ask for the score of a given plan. */
    static SolverFactory<BenchPlan> scoring() {
        return factory(new PhaseConfig<?>[] {new ConstructionHeuristicPhaseConfig()}, 0);
    }

    private static SolverFactory<BenchPlan> factory(PhaseConfig<?>[] phases, long seed) {
        return SolverFactory.create(new SolverConfig()
                .withSolutionClass(BenchPlan.class)
                .withEntityClasses(ChannelOrder.class, PlannedTask.class)
                .withConstraintProviderClass(PlanConstraints.class)
                .withEnvironmentMode(EnvironmentMode.REPRODUCIBLE)
                .withRandomSeed(seed)
                .withPhases(phases));
    }

    private static LocalSearchPhaseConfig localSearch(int tasks, Duration effort) {
        Duration limit = effort.compareTo(SHORTEST_EFFORT) < 0 ? SHORTEST_EFFORT : effort;
        return new LocalSearchPhaseConfig()
                .withLocalSearchType(LocalSearchType.LATE_ACCEPTANCE)
                .withMoveSelectorConfig(new UnionMoveSelectorConfig()
                        .withMoveSelectors(new ListChangeMoveSelectorConfig(), new ListSwapMoveSelectorConfig()))
                .withTerminationConfig(new TerminationConfig()
                        .withUnimprovedStepCountLimit(UNIMPROVED_STEPS_PER_TASK * tasks)
                        .withSpentLimit(limit));
    }
}
