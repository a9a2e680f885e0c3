package org.voltwin.doe.sequential;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** What stands for the response between the runs: a process of warped losses. */
record Surrogate(Warp warp, GaussianProcess process) {
    private static final int TRIALS = 3;
    /** How often the shape of the responses and the lengths are fitted, each given the other. */
    private static final int ROUNDS = 2;

    /**
     * @param losses results, less is better
     * @param noise standard deviation of a measurement; empty to have it estimated
     */
    static Surrogate of(List<double[]> inputs, double[] losses, Optional<Double> noise, SplittableRandom random) {
        boolean exact = noise.filter(s -> s == 0).isPresent();
        // A warp would make the noise depend on the level.
        Warp first = exact ? Warp.fitted(losses) : Warp.linear(losses);
        Surrogate found = new Surrogate(first, fit(inputs, losses, first, noise).best(TRIALS, random));
        for (int round = 0; exact && round < ROUNDS; round++) {
            Warp warp = Warp.fitted(losses, found.process());
            found = new Surrogate(warp, fit(inputs, losses, warp, noise).near(found.process()));
        }
        return found;
    }

    private static ProcessFit fit(List<double[]> inputs, double[] losses, Warp warp, Optional<Double> noise) {
        return new ProcessFit(
                inputs, Arrays.stream(losses).map(warp::to).toArray(), noise.map(s -> s / warp.deviation()));
    }
}
