package org.voltwin.doe.sequential;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The runs made, and those proposed with what is believed of them.
 *
 * @param points coded
 * @param inputs the same in the unit cube
 * @param losses their results, less is better
 * @param exact whether results are without noise
 */
record Knowledge(Surrogate surrogate, List<double[]> points, List<double[]> inputs, double[] losses, boolean exact) {
    static Knowledge of(
            List<double[]> points,
            List<double[]> inputs,
            double[] losses,
            Optional<Double> noise,
            SplittableRandom random) {
        return new Knowledge(
                Surrogate.of(inputs, losses, noise, random),
                points,
                inputs,
                losses,
                noise.filter(s -> s == 0).isPresent());
    }

    GaussianProcess process() {
        return surrogate.process();
    }

    Warp warp() {
        return surrogate.warp();
    }

    /** Standard deviation of a measurement as the process sees it. */
    double noise() {
        return exact ? 0 : process().noiseDeviation();
    }

    /** What a run gave as the process sees it: its prediction if results are noisy. */
    double value(int run) {
        return exact ? warp().to(losses[run]) : process().mean(inputs.get(run));
    }

    int lowest() {
        int lowest = 0;
        for (int i = 1; i < losses.length; i++) {
            lowest = value(i) < value(lowest) ? i : lowest;
        }
        return lowest;
    }

    /**
     * Whether the last runs of a basin brought little.
     *
     * @param window how many runs are looked at; a basin with no more runs than these does not stagnate
     * @param little in standard deviations of the responses
     */
    boolean stagnates(Basins basin, int window, double little) {
        double[] values = IntStream.range(0, losses.length)
                .filter(i -> basin.hold(inputs.get(i)))
                .mapToDouble(this::value)
                .toArray();
        int before = Math.max(0, values.length - window);
        return before > 0
                && Arrays.stream(values, 0, before).min().orElseThrow()
                                - Arrays.stream(values).min().orElseThrow()
                        < little;
    }

    /**
     * Only the runs outside some basins, with lengths and a shape of their own: many runs in a basin make a process sure of
     * what they tell about it, also where it does not hold. Empty if fewer than {@code least} are left.
     */
    Optional<Knowledge> outside(Basins left, int least, SplittableRandom random) {
        int[] outside = IntStream.range(0, losses.length)
                .filter(i -> !left.hold(inputs.get(i)))
                .toArray();
        if (outside.length < least) {
            return Optional.empty();
        }
        return Optional.of(of(
                Arrays.stream(outside).mapToObj(points::get).toList(),
                Arrays.stream(outside).mapToObj(inputs::get).toList(),
                Arrays.stream(outside).mapToDouble(i -> losses[i]).toArray(),
                Optional.of(noise() * warp().deviation()),
                random));
    }

    /** With one more run that gives what is predicted. */
    Knowledge believing(double[] point, double[] input) {
        double expected = process().mean(input);
        List<double[]> morePoints = new ArrayList<>(points);
        morePoints.add(point);
        List<double[]> moreInputs = new ArrayList<>(inputs);
        moreInputs.add(input);
        double[] more = Arrays.copyOf(losses, losses.length + 1);
        more[losses.length] = warp().from(expected);
        return new Knowledge(
                new Surrogate(warp(), process().with(input, expected)),
                List.copyOf(morePoints),
                List.copyOf(moreInputs),
                more,
                exact);
    }
}
