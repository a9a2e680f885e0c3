package org.voltwin.doe.sequential;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.voltwin.doe.factors.Region;
import org.voltwin.doe.factors.RegionSearch;

/**
 * The search for one run, basin after basin: around the lowest result first; where that has nothing more to give, around
 * the lowest result outside its basin, as if that were the best so far.
 */
final class NextRun {
    private static final int NEAR = 300;
    private static final int WALKS = 5;
    private static final int MOST_BASINS = 6;
    /** In standard deviations of the responses. Without it a search stays where it is and improves the last digits. */
    private static final double LEAST_GAIN = 1e-4;
    /** Deviations below its prediction at which a result is out of the question. */
    private static final double DOUBT = 3;

    private final Region region;
    private final UnitCube cube;
    private final Knowledge known;
    private final double noise;
    private final List<Candidate> wide;
    private final SplittableRandom random;
    private final List<Prospect> prospects = new ArrayList<>();
    private Basins left;

    /**
     * @param noise standard deviation of a measurement as the process sees it
     * @param wide points everywhere, coded
     */
    NextRun(Region region, UnitCube cube, Knowledge known, double noise, List<double[]> wide, SplittableRandom random) {
        this.region = region;
        this.cube = cube;
        this.known = known;
        this.noise = noise;
        this.wide = wide.stream().map(this::candidate).toList();
        this.random = random;
        this.left = Basins.none(known.process());
    }

    private record Candidate(double[] point, double[] input, GaussianProcess.Prediction predicted) {}

    private record Start(Candidate candidate, double value) {}

    /**
     * What there is to expect outside the basins that were left.
     *
     * @param point coded: where the most improvement is expected
     * @param incumbent the lowest value there
     * @param gain improvement of it that is expected, as the process sees it
     * @param optimistic lowest value at the point that is not out of the question
     * @param lowest where the prediction is lowest, if that is below the incumbent; else the point
     */
    record Prospect(double[] point, double incumbent, double gain, double optimistic, Search lowest) {}

    /** A search that takes its time and is not always wanted. */
    interface Search {
        double[] point();
    }

    /** A prospect per basin, the lowest basin first, until one is good enough; at least one. */
    List<Prospect> until(Predicate<Prospect> enough) {
        List<Prospect> seen = new ArrayList<>();
        for (int basin = 0; basin < MOST_BASINS; basin++) {
            if (basin == prospects.size() && !another()) {
                break;
            }
            seen.add(prospects.get(basin));
            if (enough.test(seen.getLast())) {
                break;
            }
        }
        return seen;
    }

    /** Looks into the next basin, if there is one, and leaves it. */
    private boolean another() {
        OptionalInt lowest = known.lowest(left);
        if (lowest.isEmpty()) {
            return false;
        }
        Optional<Prospect> found = prospect(lowest.getAsInt(), left);
        found.ifPresent(prospects::add);
        left = left.with(known.inputs().get(lowest.getAsInt()));
        return found.isPresent();
    }

    private Optional<Prospect> prospect(int lowest, Basins outside) {
        double incumbent = known.values()[lowest];
        double target = incumbent - LEAST_GAIN;
        List<Candidate> candidates = Stream.concat(
                        wide.stream(),
                        new Neighbours(region)
                                .around(known.points().get(lowest), NEAR, random).stream()
                                        .map(this::candidate))
                .toList();
        ToDoubleFunction<GaussianProcess.Prediction> loss = at ->
                -Improvement.log(target, at.mean(), at.deviation()) - Improvement.logOfNews(at.deviation(), noise);
        return smallest(loss, candidates, outside).map(found -> {
            GaussianProcess.Prediction at = candidate(found.point()).predicted();
            return new Prospect(
                    found.point(),
                    incumbent,
                    Math.exp(Improvement.log(incumbent, at.mean(), at.deviation())),
                    at.mean() - DOUBT * at.deviation(),
                    () -> smallest(GaussianProcess.Prediction::mean, candidates, outside)
                            .filter(lower -> lower.value() < target)
                            .orElse(found)
                            .point());
        });
    }

    private Candidate candidate(double[] point) {
        double[] input = cube.of(point);
        return new Candidate(point, input, known.process().at(input));
    }

    private Optional<RegionSearch.Found> smallest(
            ToDoubleFunction<GaussianProcess.Prediction> loss, List<Candidate> candidates, Basins outside) {
        return candidates.stream()
                .map(candidate -> new Start(candidate, loss.applyAsDouble(candidate.predicted())))
                .sorted(Comparator.comparingDouble(Start::value))
                .filter(start -> !outside.hold(start.candidate().input()))
                .limit(WALKS)
                .map(start -> walk(loss, start, outside))
                .min(Comparator.comparingDouble(RegionSearch.Found::value));
    }

    private RegionSearch.Found walk(ToDoubleFunction<GaussianProcess.Prediction> loss, Start start, Basins outside) {
        // What is not lower is not taken: it need not be known whether a basin holds it, which takes long to find out.
        double[] lowest = {Double.POSITIVE_INFINITY};
        return new RegionSearch(region, point -> {
                    double[] input = cube.of(point);
                    double value = loss.applyAsDouble(known.process().at(input));
                    if (value < lowest[0]) {
                        if (outside.hold(input)) {
                            return Double.POSITIVE_INFINITY;
                        }
                        lowest[0] = value;
                    }
                    return value;
                })
                .from(List.of(start.candidate().point()), 1);
    }
}
