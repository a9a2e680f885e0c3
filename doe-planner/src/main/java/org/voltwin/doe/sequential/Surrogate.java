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
        if (noise.filter(s -> s == 0).isEmpty()) {
            // A warp would make the noise depend on the level; a crowd tells the noise.
            Warp linear = Warp.linear(losses);
            return new Surrogate(linear, fit(inputs, losses, linear, noise).best(TRIALS, random));
        }
        int[] spread = Crowds.thinned(inputs, losses);
        List<double[]> some = Arrays.stream(spread).mapToObj(inputs::get).toList();
        return bent(some, Arrays.stream(spread).mapToDouble(i -> losses[i]).toArray(), random)
                .with(inputs, losses);
    }

    private static Surrogate bent(List<double[]> inputs, double[] losses, SplittableRandom random) {
        Optional<Double> none = Optional.of(0.0);
        Warp first = Warp.fitted(losses);
        Surrogate found = new Surrogate(first, fit(inputs, losses, first, none).best(TRIALS, random));
        for (int round = 0; round < ROUNDS; round++) {
            Warp warp = Warp.fitted(losses, found.process());
            found = new Surrogate(warp, fit(inputs, losses, warp, none).near(found.process()));
        }
        return found;
    }

    /** With the same shape and lengths and other results; the same if two of them are too near to each other. */
    private Surrogate with(List<double[]> inputs, double[] losses) {
        return process.of(inputs, Arrays.stream(losses).map(warp::to).toArray())
                .map(all -> new Surrogate(warp, all))
                .orElse(this);
    }

    private static ProcessFit fit(List<double[]> inputs, double[] losses, Warp warp, Optional<Double> noise) {
        return new ProcessFit(
                inputs, Arrays.stream(losses).map(warp::to).toArray(), noise.map(s -> s / warp.deviation()));
    }
}
