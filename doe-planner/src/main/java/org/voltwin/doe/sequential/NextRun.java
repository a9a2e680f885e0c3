package org.voltwin.doe.sequential;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.voltwin.doe.factors.Region;
import org.voltwin.doe.factors.RegionSearch;

/**
 * The search for one run, basin after basin: with all runs first; where the lowest basin has nothing more to give, outside
 * of it and by the runs outside alone, as if that were all so far.
 */
final class NextRun {
    private static final int NEAR = 300;
    private static final int WALKS = 5;
    private static final int MOST_BASINS = 6;
    /** In standard deviations of the responses. Without it a search stays where it is and improves the last digits. */
    private static final double LEAST_GAIN = 1e-4;
    /** A run's gain below which it was not worth it, in the same units. */
    static final double LITTLE = 2e-3;
    /**
     * What a run outside should gain, in parts of what is missing there to the lowest of all: small steps down a slope that
     * ends above it are not worth their runs.
     */
    private static final double AMBITION = 0.25;
    /** Runs without gain after which a basin stagnates; in more dimensions as many as these. */
    private static final int PATIENCE = 4;
    /** Part of the region that may be unknown when it counts as explored. */
    private static final double EXPLORED = 0.02;
    /** Deviations below its prediction at which a result is out of the question. */
    private static final double DOUBT = 3;

    private final Region region;
    private final UnitCube cube;
    private final Knowledge known;
    private final List<double[]> wide;
    private final SplittableRandom random;
    private final List<Prospect> prospects = new ArrayList<>();
    private Basins left;

    /** @param wide points everywhere, coded */
    NextRun(Region region, UnitCube cube, Knowledge known, List<double[]> wide, SplittableRandom random) {
        this.region = region;
        this.cube = cube;
        this.known = known;
        this.wide = wide;
        this.random = random;
        this.left = Basins.none(known.surrogate());
    }

    private record Candidate(double[] point, double[] input, GaussianProcess.Prediction predicted) {}

    private record Start(Candidate candidate, double value) {}

    /**
     * What there is to expect outside the basins that were left.
     *
     * @param point coded: where the most improvement is expected
     * @param gain improvement of the lowest result there that is expected, in standard deviations of the results there
     * @param worth the same in units of the losses
     * @param optimistic lowest loss at the point that is not out of the question
     * @param lowest where the prediction is lowest, if that is below the lowest result; else the point
     * @param stagnating whether the last runs in the lowest basin there brought little
     */
    record Prospect(double[] point, double gain, double worth, double optimistic, Search lowest, boolean stagnating) {}

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
        // A process of fewer runs than this is a guess.
        int least = known.inputs().getFirst().length + 1;
        Optional<Knowledge> there = prospects.isEmpty() ? Optional.of(known) : known.outside(left, least, random);
        Optional<Prospect> found = there.isEmpty() && prospects.size() == 1
                ? unknown()
                : there.flatMap(part -> new Part(part, left).prospect());
        found.ifPresent(prospects::add);
        there.ifPresent(part -> left = left.with(part.inputs().get(part.lowest())));
        return found.isPresent();
    }

    /** Where least is known outside the lowest basin, if there is much outside that may be lower. */
    private Optional<Prospect> unknown() {
        double lowest = known.value(known.lowest());
        List<Candidate> open = wide.stream()
                .map(point ->
                        new Candidate(point, cube.of(point), known.process().at(cube.of(point))))
                .filter(at -> at.predicted().mean() - DOUBT * at.predicted().deviation() < lowest)
                .filter(at -> !left.hold(at.input()))
                .toList();
        return open.stream()
                .filter(at -> open.size() > EXPLORED * wide.size())
                .max(Comparator.comparingDouble(at -> at.predicted().deviation()))
                .map(Candidate::point)
                .map(point -> new Prospect(
                        point,
                        Double.POSITIVE_INFINITY,
                        known.warp().range(),
                        Double.NEGATIVE_INFINITY,
                        () -> point,
                        false));
    }

    /** What is known outside some basins. */
    private final class Part {
        private final Knowledge there;
        private final Basins outside;
        private final List<Candidate> candidates;

        Part(Knowledge there, Basins outside) {
            this.there = there;
            this.outside = outside;
            List<double[]> near = new Neighbours(region).around(there.points().get(there.lowest()), NEAR, random);
            this.candidates = Stream.concat(wide.stream(), near.stream())
                    .map(this::candidate)
                    .toList();
        }

        Optional<Prospect> prospect() {
            Warp warp = there.warp();
            double incumbent = there.value(there.lowest());
            double missing = incumbent - warp.to(known.warp().from(known.value(known.lowest())));
            double target = incumbent - Math.max(LEAST_GAIN, AMBITION * missing);
            ToDoubleFunction<GaussianProcess.Prediction> loss =
                    at -> -Improvement.log(target, at.mean(), at.deviation())
                            - Improvement.logOfNews(at.deviation(), there.noise());
            return smallest(loss).map(found -> {
                GaussianProcess.Prediction at = candidate(found.point()).predicted();
                double gain = Math.exp(Improvement.log(incumbent, at.mean(), at.deviation()));
                return new Prospect(
                        found.point(),
                        gain,
                        warp.from(incumbent) - warp.from(incumbent - gain),
                        warp.from(at.mean() - DOUBT * at.deviation()),
                        () -> smallest(GaussianProcess.Prediction::mean)
                                .filter(lower -> lower.value() < target)
                                .orElse(found)
                                .point(),
                        stagnating());
            });
        }

        private boolean stagnating() {
            int window = Math.max(PATIENCE, region.factors().size());
            Basins lowest = Basins.none(known.surrogate()).with(there.inputs().get(there.lowest()));
            return there.stagnates(lowest, window, window * LITTLE);
        }

        private Candidate candidate(double[] point) {
            double[] input = cube.of(point);
            return new Candidate(point, input, there.process().at(input));
        }

        private Optional<RegionSearch.Found> smallest(ToDoubleFunction<GaussianProcess.Prediction> loss) {
            return candidates.stream()
                    .map(candidate -> new Start(candidate, loss.applyAsDouble(candidate.predicted())))
                    .sorted(Comparator.comparingDouble(Start::value))
                    .filter(start -> !outside.hold(start.candidate().input()))
                    .limit(WALKS)
                    .map(start -> walk(loss, start))
                    .min(Comparator.comparingDouble(RegionSearch.Found::value));
        }

        private RegionSearch.Found walk(ToDoubleFunction<GaussianProcess.Prediction> loss, Start start) {
            // What is not lower is not taken: it need not be known whether a basin holds it, which takes long to find
            // out.
            double[] lowest = {Double.POSITIVE_INFINITY};
            return new RegionSearch(region, point -> {
                        double[] input = cube.of(point);
                        double value = loss.applyAsDouble(there.process().at(input));
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
}
