import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.voltwin.doe.factors.Region;
import org.voltwin.doe.factors.StudyFactor;
import org.voltwin.doe.filling.LatinHypercube;
import org.voltwin.doe.sequential.SequentialDesign;
import org.voltwin.model.quantity.Unit;

/** Evaluations that the sequential design takes to come within 1 % of the optimum of two functions of the literature. */
public final class Sequential {
    /** Dixon and Szegö, Towards Global Optimisation 2, North-Holland 1978; on the unit square. */
    static double branin(double[] u) {
        double x = 15 * u[0] - 5;
        double y = 15 * u[1];
        double a = y - 5.1 / (4 * Math.PI * Math.PI) * x * x + 5 / Math.PI * x - 6;
        return a * a + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
    }

    private static final double[] ALPHA = {1, 1.2, 3, 3.2};
    private static final double[][] A = {
        {10, 3, 17, 3.5, 1.7, 8}, {0.05, 10, 17, 0.1, 8, 14}, {3, 3.5, 1.7, 10, 17, 8}, {17, 8, 0.05, 10, 0.1, 14}
    };
    private static final double[][] P = {
        {0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886},
        {0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991},
        {0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650},
        {0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381}
    };

    static double hartmann(double[] u) {
        double sum = 0;
        for (int i = 0; i < 4; i++) {
            double inner = 0;
            for (int j = 0; j < 6; j++) {
                inner += A[i][j] * (u[j] - P[i][j]) * (u[j] - P[i][j]);
            }
            sum -= ALPHA[i] * Math.exp(-inner);
        }
        return sum;
    }

    interface Function {
        double at(double[] unit);
    }

    static int evaluations(Function function, int k, double optimum, int limit, long seed) {
        List<StudyFactor> factors = new ArrayList<>();
        for (int f = 0; f < k; f++) {
            factors.add(new StudyFactor.Continuous("x" + f, Unit.parse("1").orElseThrow(), 0, 1, 2, false));
        }
        Region region = new Region(factors, List.of());
        SequentialDesign design = new SequentialDesign(region, Optional.of(0.0), false, 0.001, seed);
        List<double[]> points = new ArrayList<>();
        // A random hypercube: the best one of five points is always the same but for reflections.
        for (double[] unit : LatinHypercube.random(2 * k + 1, k, seed).cellMiddles()) {
            points.add(Arrays.stream(unit).map(u -> 2 * u - 1).toArray());
        }
        double[] results = new double[limit];
        for (int n = 0; n < limit; n++) {
            if (n == points.size()) {
                points.addAll(design.next(points, Arrays.copyOf(results, n), 1).points());
            }
            results[n] = function.at(Arrays.stream(points.get(n)).map(c -> (c + 1) / 2).toArray());
            if (results[n] <= optimum + 0.01 * Math.abs(optimum)) {
                return n + 1;
            }
        }
        return limit + 1;
    }

    static void report(String name, Function function, int k, double optimum, int limit, int seeds) throws Exception {
        long start = System.nanoTime();
        try (var threads = Executors.newFixedThreadPool(2)) {
            List<Future<Integer>> all = IntStream.rangeClosed(1, seeds)
                    .mapToObj(seed -> threads.submit(() -> evaluations(function, k, optimum, limit, seed)))
                    .toList();
            int[] counts = new int[seeds];
            for (int i = 0; i < seeds; i++) {
                counts[i] = all.get(i).get();
            }
            int[] sorted = counts.clone();
            Arrays.sort(sorted);
            System.out.printf("%-12s median %.1f, quartiles %d %d, worst %d, %.1f s  %s%n", name,
                    (sorted[(seeds - 1) / 2] + sorted[seeds / 2]) / 2.0, sorted[seeds / 4], sorted[3 * seeds / 4],
                    sorted[seeds - 1], (System.nanoTime() - start) / 1e9, Arrays.toString(counts));
        }
    }

    public static void main(String[] arguments) throws Exception {
        int seeds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20;
        String which = arguments.length > 1 ? arguments[1] : "all";
        if (!which.equals("hartmann")) {
            report("Branin", Sequential::branin, 2, 0.397887, 60, seeds);
        }
        if (!which.equals("branin")) {
            report("Hartmann-6", Sequential::hartmann, 6, -3.32237, 130, seeds);
        }
    }
}
