package org.voltwin.doe.sequential;

import java.util.ArrayList;
import java.util.List;

/**
 * The surroundings of minima: points from which the prediction does not rise over a hill on the straight way to the
 * minimum (Ursem, "Multinational evolutionary algorithms", Congress on Evolutionary Computation 1999, 1633-1640). Unlike
 * a ball it follows a valley to its ends.
 *
 * @param bottoms in the unit cube
 */
record Basins(GaussianProcess process, List<double[]> bottoms) {
    private static final int LOOKS = 7;
    /** A rise that does not count, in standard deviations of the process. */
    private static final double HILL = 0.02;

    static Basins none(GaussianProcess process) {
        return new Basins(process, List.of());
    }

    Basins with(double[] bottom) {
        List<double[]> more = new ArrayList<>(bottoms);
        more.add(bottom);
        return new Basins(process, List.copyOf(more));
    }

    boolean hold(double[] point) {
        if (bottoms.isEmpty()) {
            return false;
        }
        double here = process.mean(point);
        return bottoms.stream().anyMatch(bottom -> !hillBetween(point, here, bottom));
    }

    private boolean hillBetween(double[] point, double here, double[] bottom) {
        double most = Math.max(here, process.mean(bottom)) + HILL * Math.sqrt(process.variance());
        double[] way = new double[point.length];
        for (int look = 1; look < LOOKS; look++) {
            double part = look / (double) LOOKS;
            for (int f = 0; f < way.length; f++) {
                way[f] = point[f] + part * (bottom[f] - point[f]);
            }
            if (process.mean(way) > most) {
                return true;
            }
        }
        return false;
    }
}
