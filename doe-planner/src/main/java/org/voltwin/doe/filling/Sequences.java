package org.voltwin.doe.filling;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.hipparchus.random.HaltonSequenceGenerator;
import org.hipparchus.random.SobolSequenceGenerator;

/** Low-discrepancy sequences in the unit cube. */
public final class Sequences {
    /** Hipparchus has direction numbers of Joe and Kuo for so many dimensions. */
    public static final int SOBOL_FACTORS = 1000;

    public static final int HALTON_FACTORS = 40;
    private static final double STEPS = 0x1p52;

    private Sequences() {}

    /** The first points of Sobol's sequence, the origin first. */
    public static List<double[]> sobol(int runs, int factors) {
        SobolSequenceGenerator generator = new SobolSequenceGenerator(factors);
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            points.add(generator.nextVector());
        }
        return points;
    }

    /**
     * Sobol's points with a digital shift: as even as without, and no longer on the borders (L'Ecuyer and Lemieux, in
     * Modeling Uncertainty, Kluwer 2002, section 3.3).
     */
    public static List<double[]> shiftedSobol(int runs, int factors, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long[] shift = random.longs(factors, 0, (long) STEPS).toArray();
        List<double[]> points = sobol(runs, factors);
        for (double[] point : points) {
            for (int f = 0; f < factors; f++) {
                point[f] = (((long) (point[f] * STEPS) ^ shift[f]) + 0.5) / STEPS;
            }
        }
        return points;
    }

    /** Halton's sequence with Hipparchus' scrambling, from its second point on (the first is the origin). */
    public static List<double[]> halton(int runs, int factors) {
        HaltonSequenceGenerator generator = new HaltonSequenceGenerator(factors);
        generator.nextVector();
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            points.add(generator.nextVector());
        }
        return points;
    }
}
