package org.voltwin.doe.sequential;

import java.util.ArrayList;
import java.util.List;

/**
 * The surroundings of minima: points from which the process is sure that there is no hill on the straight way to the
 * minimum (after Ursem, "Multinational evolutionary algorithms", Congress on Evolutionary Computation 1999, 1633-1640,
 * who looks at the function itself). Unlike a ball it follows a valley to its ends; what is not known yet belongs to no
 * basin, or a process that sees only one minimum would take everything for its basin.
 *
 * @param bottoms in the unit cube
 */
record Basins(Surrogate surrogate, List<double[]> bottoms) {
    private static final int LOOKS = 7;
    /**
     * A rise that does not count, in parts of what is missing to the process's mean: ripples of a valley's floor. What is
     * above the mean is a plain and belongs to no basin.
     */
    private static final double HILL = 0.2;

    /** Deviations above its mean at which the process has to be sure that there is no hill. */
    private static final double SURE = 2;

    static Basins none(Surrogate surrogate) {
        return new Basins(surrogate, List.of());
    }

    Basins with(double[] bottom) {
        List<double[]> more = new ArrayList<>(bottoms);
        more.add(bottom);
        return new Basins(surrogate, List.copyOf(more));
    }

    boolean hold(double[] point) {
        if (bottoms.isEmpty()) {
            return false;
        }
        double here = loss(point);
        return bottoms.stream().anyMatch(bottom -> !hillBetween(point, here, bottom));
    }

    private double loss(double[] point) {
        return surrogate.warp().from(surrogate.process().mean(point));
    }

    /** Highest loss that is not out of the question. */
    private double unsure(double[] point) {
        GaussianProcess.Prediction at = surrogate.process().at(point);
        return surrogate.warp().from(at.mean() + SURE * at.deviation());
    }

    private boolean hillBetween(double[] point, double here, double[] bottom) {
        double rim = surrogate.warp().from(surrogate.process().mean());
        double higher = Math.max(here, loss(bottom));
        if (higher >= rim) {
            return true;
        }
        double most = higher + HILL * (rim - higher);
        double[] way = new double[point.length];
        for (int look = 0; look < LOOKS; look++) {
            double part = look / (double) LOOKS;
            for (int f = 0; f < way.length; f++) {
                way[f] = point[f] + part * (bottom[f] - point[f]);
            }
            if (loss(way) > most || unsure(way) > most) {
                return true;
            }
        }
        return false;
    }
}
