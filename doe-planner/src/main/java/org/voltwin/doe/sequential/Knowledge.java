package org.voltwin.doe.sequential;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * The runs made, and those proposed with what is believed of them.
 *
 * @param points coded
 * @param inputs the same in the unit cube
 * @param values their results as the process sees them; predictions if results are noisy
 */
record Knowledge(GaussianProcess process, List<double[]> points, List<double[]> inputs, double[] values) {
    /** The run with the lowest value outside some basins; empty if they hold all. */
    OptionalInt lowest(Basins left) {
        int lowest = -1;
        for (int i = 0; i < values.length; i++) {
            if ((lowest < 0 || values[i] < values[lowest]) && !left.hold(inputs.get(i))) {
                lowest = i;
            }
        }
        return lowest < 0 ? OptionalInt.empty() : OptionalInt.of(lowest);
    }

    /** With one more run that gives what is predicted. */
    Knowledge believing(double[] point, double[] input) {
        double expected = process.mean(input);
        List<double[]> morePoints = new ArrayList<>(points);
        morePoints.add(point);
        List<double[]> moreInputs = new ArrayList<>(inputs);
        moreInputs.add(input);
        double[] more = Arrays.copyOf(values, values.length + 1);
        more[values.length] = expected;
        return new Knowledge(process.with(input, expected), List.copyOf(morePoints), List.copyOf(moreInputs), more);
    }
}
