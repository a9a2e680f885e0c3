package org.voltwin.doe.optimal;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Coordinate exchange: Meyer and Nachtsheim, Technometrics 37 (1995) 60-69. From random starts, one coordinate of one
 * run at a time goes where it helps most, until none helps; continuous factors are then refined with ever smaller
 * steps. Same seed, same design.
 */
public final class CoordinateExchange {
    /** Refining every start pays for small problems only: rows times parameters. */
    private static final int SMALL = 3_000;

    private CoordinateExchange() {}

    /**
     * The best of {@code starts} designs.
     *
     * @param points the new runs, coded
     * @param loss {@link Criterion} of the whole design, smaller is better; infinite if no start could fit the model
     * @param agreeing starts that came as close as 0.1 % to the best: a search that agrees with itself is trusted more
     */
    public record Found(List<double[]> points, double loss, int agreeing) {}

    public static Found search(ExchangeProblem problem, Criterion criterion, int starts, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] weight = criterion.weight(problem, seed);
        boolean refineAll =
                (problem.runs() + problem.kept().size()) * problem.model().parameters() <= SMALL;
        List<double[]> best = List.of();
        double bestLoss = Double.POSITIVE_INFINITY;
        List<Double> losses = new ArrayList<>();
        for (int start = 0; start < starts; start++) {
            ExchangeState state = new ExchangeState(problem, criterion, weight, problem.start(random.split()));
            state.exchange();
            if (refineAll) {
                state.refine();
            }
            double loss = state.loss();
            losses.add(loss);
            if (loss < bestLoss) {
                bestLoss = loss;
                best = state.points();
            }
        }
        if (!refineAll && !best.isEmpty()) {
            ExchangeState state = new ExchangeState(problem, criterion, weight, best);
            state.refine();
            if (state.loss() <= bestLoss) {
                best = state.points();
                bestLoss = state.loss();
            }
        }
        double limit = bestLoss + 0.001 * Math.abs(criterion == Criterion.D ? 1 : bestLoss);
        return new Found(
                best, bestLoss, (int) losses.stream().filter(l -> l <= limit).count());
    }
}
