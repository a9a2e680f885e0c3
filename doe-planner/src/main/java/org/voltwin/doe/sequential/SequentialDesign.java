package org.voltwin.doe.sequential;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.voltwin.doe.factors.Region;
import org.voltwin.doe.factors.Study;

/**
 * Runs where a Gaussian process expects the most improvement: Jones, Schonlau and Welch, "Efficient global optimization
 * of expensive black-box functions", J. Global Optimization 13 (1998) 455-492. Every third run goes to the lowest
 * prediction instead, which finishes what the others found (De Ath, Everson, Rahat and Fieldsend, ACM Trans. Evol.
 * Learn. Optim. 1 (2021)). The others leave a minimum of which the last runs brought little, as trust regions end
 * (Eriksson, Pearce, Gardner, Turner and Poloczek, "Scalable global optimization via local Bayesian optimization",
 * NeurIPS 2019), for what the runs outside its basin promise by themselves: a process that has seen many runs in one
 * place is too sure of the others. A batch believes
 * its own predictions (Ginsbourger, Le Riche and Carraro 2010). Pure: the same results and seed give the same runs.
 */
public final class SequentialDesign {
    private static final int CANDIDATES = 1_500;
    /** Every so many runs the lowest basin is finished. */
    private static final int FINISHING = 3;
    /** Improvement, in standard deviations of the responses, below which not even these runs go to a basin. */
    private static final double LATE = 1e-4;

    private final Region region;
    private final UnitCube cube;
    private final Optional<Double> noise;
    private final double sign;
    private final double tolerance;
    private final long seed;

    /**
     * @param noise standard deviation of a repeated measurement; empty to have it estimated, 0 for a simulation
     * @param maximise whether more is better
     * @param tolerance stop when the improvement expected of every basin that may hold the best run is below this part
     *     of the range of responses
     */
    public SequentialDesign(Region region, Optional<Double> noise, boolean maximise, double tolerance, long seed) {
        this.region = region;
        this.cube = new UnitCube(region.factors());
        this.noise = noise;
        this.sign = maximise ? -1 : 1;
        this.tolerance = tolerance;
        this.seed = seed;
    }

    public static SequentialDesign of(Study study) {
        return new SequentialDesign(
                Region.of(study),
                study.response().noise(),
                study.response().maximise(),
                study.options().tolerance(),
                study.seed());
    }

    /**
     * What to run next.
     *
     * @param points coded, most promising first
     * @param expectedImprovement the largest of the region, in units of the response
     * @param best coded: the run with the best result, by prediction if results are noisy
     * @param bestResponse its result or prediction
     * @param noise standard deviation of a measurement, known or estimated
     * @param stop whether more runs are not worth it
     */
    public record Proposal(
            List<double[]> points,
            double expectedImprovement,
            double[] best,
            double bestResponse,
            double noise,
            boolean stop) {}

    /**
     * The next runs.
     *
     * @param points runs made, coded; at least two with different results
     * @param responses their results
     * @param batch free channels, at least 1
     */
    public Proposal next(List<double[]> points, double[] responses, int batch) {
        SplittableRandom random = new SplittableRandom(seed + 31L * points.size());
        double[] losses = Arrays.stream(responses).map(y -> sign * y).toArray();
        List<double[]> inputs = points.stream().map(cube::of).toList();
        Knowledge known = Knowledge.of(points, inputs, losses, noise, random);
        Warp warp = known.warp();
        int best = known.lowest();
        double bestLoss = warp.from(known.value(best));
        double deviation = known.noise() * warp.deviation();
        Predicate<NextRun.Prospect> worthIt =
                prospect -> prospect.worth() >= tolerance * warp.range() && prospect.optimistic() < bestLoss;

        List<double[]> wide = region.sample(CANDIDATES, random);
        List<double[]> proposed = new ArrayList<>();
        double gain = 0;
        boolean stop = false;
        for (int b = 0; b < batch; b++) {
            int run = points.size() + b;
            boolean finishing = run % FINISHING == 0;
            Predicate<NextRun.Prospect> enough = finishing
                    ? prospect -> prospect.gain() >= LATE
                    : prospect -> prospect.gain() >= NextRun.LITTLE && !prospect.stagnating();
            NextRun search = new NextRun(region, cube, known, wide, random);
            List<NextRun.Prospect> seen = search.until(enough);
            if (b == 0) {
                gain = seen.getFirst().worth();
                stop = seen.stream().noneMatch(worthIt)
                        && search.until(worthIt).stream().noneMatch(worthIt);
            }
            NextRun.Prospect chosen = enough.test(seen.getLast())
                    ? seen.getLast()
                    : seen.stream()
                            .skip(Math.min(1, seen.size() - 1))
                            .max(Comparator.comparingDouble(NextRun.Prospect::worth))
                            .orElseThrow();
            boolean lowest = finishing && (!chosen.stagnating() || run / FINISHING % 2 == 0);
            double[] next = lowest ? chosen.lowest().point() : chosen.point();
            proposed.add(next);
            known = known.believing(next, cube.of(next));
        }
        return new Proposal(List.copyOf(proposed), gain, points.get(best), sign * bestLoss, deviation, stop);
    }
}
