package org.voltwin.doe.sequential;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.voltwin.doe.factors.Region;
import org.voltwin.doe.factors.RegionSearch;
import org.voltwin.doe.factors.Study;

/**
 * Runs where a Gaussian process expects the most improvement: Jones, Schonlau and Welch, "Efficient global optimization
 * of expensive black-box functions", J. Global Optimization 13 (1998) 455-492. Every third run goes to the lowest
 * prediction instead, which finishes what the others found (De Ath, Everson, Rahat and Fieldsend, ACM Trans. Evol.
 * Learn. Optim. 1 (2021)). Where the process expects nothing any more, shorter lengths are tried: a process that is too
 * sure of itself never looks elsewhere (Berkenkamp, Schoellig and Krause, J. Machine Learning Research 20 (2019)). A batch believes its own predictions (Ginsbourger, Le Riche and Carraro 2010). Pure: the same
 * results and seed give the same runs.
 */
public final class SequentialDesign {
    private static final int CANDIDATES = 1_500;
    private static final int NEAR = 300;
    private static final int WALKS = 5;
    private static final int TRIALS = 3;
    /** Every so many runs the lowest prediction is tried. */
    private static final int FINISHING = 3;
    /** In standard deviations of the responses. */
    private static final double LEAST_GAIN = 1e-4;
    /** Minus the logarithm of an expected improvement below which the process is doubted rather than believed. */
    private static final double EXHAUSTED = 9;

    private final Region region;
    private final UnitCube cube;
    private final Optional<Double> noise;
    private final double sign;
    private final double tolerance;
    private final long seed;

    /**
     * @param noise standard deviation of a repeated measurement; empty to have it estimated, 0 for a simulation
     * @param maximise whether more is better
     * @param tolerance stop when the improvement expected is below this part of the range of responses
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
        boolean exact = noise.filter(s -> s == 0).isPresent();
        // A warp would make the noise depend on the level.
        Warp warp = exact ? Warp.fitted(losses) : Warp.linear(losses);
        double[] outputs = Arrays.stream(losses).map(warp::to).toArray();
        List<double[]> inputs = points.stream().map(cube::of).toList();
        GaussianProcess process =
                new ProcessFit(inputs, outputs, noise.map(s -> s / warp.scale())).best(TRIALS, random);

        double[] judged = exact
                ? outputs
                : inputs.stream().mapToDouble(x -> process.at(x).mean()).toArray();
        int best = 0;
        for (int i = 1; i < judged.length; i++) {
            best = judged[i] < judged[best] ? i : best;
        }
        List<double[]> candidates = new ArrayList<>(region.sample(CANDIDATES, random));
        candidates.addAll(new Neighbours(region).around(points.get(best), NEAR, random));

        double range = Arrays.stream(losses).max().orElseThrow()
                - Arrays.stream(losses).min().orElseThrow();
        double loss = warp.from(judged[best]);
        // Without a least gain a search stays where it is and improves the last digits.
        double target = judged[best] - LEAST_GAIN;
        List<double[]> proposed = new ArrayList<>();
        GaussianProcess believed = process;
        double gain = 0;
        for (int b = 0; b < batch; b++) {
            RegionSearch.Found improving = improving(believed, target, exact, candidates);
            if (b == 0) {
                GaussianProcess.Prediction at = process.at(cube.of(improving.point()));
                double step = Math.exp(Improvement.log(judged[best], at.mean(), at.deviation()));
                gain = loss - warp.from(judged[best] - step);
            }
            if (improving.value() > EXHAUSTED) {
                improving = improving(believed.doubted(), target, exact, candidates);
            }
            double[] next = (points.size() + b) % FINISHING == 0
                    ? lowest(believed, target, candidates).orElse(improving.point())
                    : improving.point();
            proposed.add(next);
            double[] x = cube.of(next);
            double expected = believed.at(x).mean();
            believed = believed.with(x, expected);
            target = Math.min(target, expected - LEAST_GAIN);
        }
        return new Proposal(
                List.copyOf(proposed),
                gain,
                points.get(best),
                sign * loss,
                exact ? 0 : process.noiseDeviation() * warp.scale(),
                gain < tolerance * range);
    }

    /** Where minus the logarithm of the improvement is smallest. */
    private RegionSearch.Found improving(
            GaussianProcess process, double target, boolean exact, List<double[]> candidates) {
        double deviation = exact ? 0 : process.noiseDeviation();
        return new RegionSearch(region, point -> {
                    GaussianProcess.Prediction at = process.at(cube.of(point));
                    return -Improvement.log(target, at.mean(), at.deviation())
                            - Improvement.logOfNews(at.deviation(), deviation);
                })
                .from(candidates, WALKS);
    }

    /** The lowest prediction, if it is an improvement. */
    private Optional<double[]> lowest(GaussianProcess process, double target, List<double[]> candidates) {
        RegionSearch.Found found =
                new RegionSearch(region, point -> process.at(cube.of(point)).mean()).from(candidates, WALKS);
        return found.value() < target ? Optional.of(found.point()) : Optional.empty();
    }
}
