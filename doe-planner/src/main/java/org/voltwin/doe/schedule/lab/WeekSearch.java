package org.voltwin.doe.schedule.lab;

import org.optaplanner.core.api.solver.Solver;
import org.optaplanner.core.api.solver.SolverFactory;
import org.optaplanner.core.config.heuristic.selector.move.composite.UnionMoveSelectorConfig;
import org.optaplanner.core.config.heuristic.selector.move.generic.ChangeMoveSelectorConfig;
import org.optaplanner.core.config.heuristic.selector.move.generic.SwapMoveSelectorConfig;
import org.optaplanner.core.config.localsearch.LocalSearchPhaseConfig;
import org.optaplanner.core.config.localsearch.decider.acceptor.LocalSearchAcceptorConfig;
import org.optaplanner.core.config.localsearch.decider.forager.LocalSearchForagerConfig;
import org.optaplanner.core.config.score.director.ScoreDirectorFactoryConfig;
import org.optaplanner.core.config.solver.EnvironmentMode;
import org.optaplanner.core.config.solver.SolverConfig;
import org.optaplanner.core.config.solver.termination.TerminationConfig;

/** OptaPlanner's late acceptance over benches and favours of tests; seeded, one thread, ended by a count so that it repeats. */
final class WeekSearch {
    static final String NAME = "OptaPlanner";

    /** Short, because a plan takes milliseconds to dispatch and few are looked at. */
    private static final int MEMORY = 20;

    private static final int UNIMPROVED_STEPS = 5000;

    private WeekSearch() {}

    /**
     * Searches from a plan.
     *
     * @param plans at most so many plans are looked at
     * @param seconds at most
     */
    static void run(WeekPlan start, long plans, double seconds, long seed) {
        LocalSearchPhaseConfig search = new LocalSearchPhaseConfig()
                .withAcceptorConfig(new LocalSearchAcceptorConfig().withLateAcceptanceSize(MEMORY))
                .withTerminationConfig(new TerminationConfig().withUnimprovedStepCountLimit(UNIMPROVED_STEPS))
                .withForagerConfig(new LocalSearchForagerConfig().withAcceptedCountLimit(1))
                .withMoveSelectorConfig(new UnionMoveSelectorConfig()
                        .withMoveSelectors(new ChangeMoveSelectorConfig(), new SwapMoveSelectorConfig()));
        Solver<WeekPlan> solver = SolverFactory.<WeekPlan>create(new SolverConfig()
                        .withSolutionClass(WeekPlan.class)
                        .withEntityClasses(WeekTest.class)
                        .withScoreDirectorFactory(
                                new ScoreDirectorFactoryConfig().withEasyScoreCalculatorClass(WeekScore.class))
                        .withEnvironmentMode(EnvironmentMode.REPRODUCIBLE)
                        .withRandomSeed(seed)
                        .withTerminationConfig(new TerminationConfig()
                                .withScoreCalculationCountLimit(plans)
                                .withMillisecondsSpentLimit((long) Math.max(1, seconds * 1000)))
                        .withPhases(search))
                .buildSolver();
        solver.solve(start);
    }
}
