import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
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

/**
 * Evaluations that the sequential design takes to come within 1 % of the optimum of functions of the literature, and
 * where it advises to stop. usage: Sequential [seeds] [function] [first seed]
 */
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

    /** Goldstein and Price, Mathematics of Computation 25 (1971) 569-574; x and y from -2 to 2. */
    static double goldsteinPrice(double[] u) {
        double x = 4 * u[0] - 2;
        double y = 4 * u[1] - 2;
        double a = (x + y + 1) * (x + y + 1) * (19 - 14 * x + 3 * x * x - 14 * y + 6 * x * y + 3 * y * y);
        double b = (2 * x - 3 * y)
                * (2 * x - 3 * y)
                * (18 - 32 * x + 12 * x * x + 48 * y - 36 * x * y + 27 * y * y);
        return (1 + a) * (30 + b);
    }

    private static final double[][] FOXHOLES = {
        {4, 4, 4, 4}, {1, 1, 1, 1}, {8, 8, 8, 8}, {6, 6, 6, 6}, {3, 7, 3, 7},
        {2, 9, 2, 9}, {5, 5, 3, 3}, {8, 1, 8, 1}, {6, 2, 6, 2}, {7, 3.6, 7, 3.6}
    };
    private static final double[] DEPTHS = {0.1, 0.2, 0.2, 0.4, 0.4, 0.6, 0.3, 0.7, 0.5, 0.5};

    /** Shekel's foxholes (Dixon and Szegö 1978), from 0 to 10. */
    static double shekel(double[] u, int holes) {
        double sum = 0;
        for (int i = 0; i < holes; i++) {
            double squared = DEPTHS[i];
            for (int j = 0; j < 4; j++) {
                squared += (10 * u[j] - FOXHOLES[i][j]) * (10 * u[j] - FOXHOLES[i][j]);
            }
            sum -= 1 / squared;
        }
        return sum;
    }

    /** Rosenbrock, The Computer Journal 3 (1960) 175-184, in several dimensions, from -2.048 to 2.048. */
    static double rosenbrock(double[] u) {
        double sum = 0;
        for (int i = 0; i + 1 < u.length; i++) {
            double x = 4.096 * u[i] - 2.048;
            double y = 4.096 * u[i + 1] - 2.048;
            sum += 100 * (y - x * x) * (y - x * x) + (1 - x) * (1 - x);
        }
        return sum;
    }

    interface Function {
        double at(double[] unit);
    }

    /** @param goal result that counts as found */
    record Task(String name, int factors, Function function, double goal, int limit) {}

    private static final List<Task> TASKS = List.of(
            new Task("branin", 2, Sequential::branin, 1.01 * 0.397887, 60),
            new Task("hartmann", 6, Sequential::hartmann, 0.99 * -3.32237, 120),
            new Task("goldstein", 2, Sequential::goldsteinPrice, 1.01 * 3, 120),
            new Task("shekel5", 4, u -> shekel(u, 5), 0.99 * -10.1532, 120),
            new Task("shekel10", 4, u -> shekel(u, 10), 0.99 * -10.5364, 120),
            // The optimum is 0: 2 is 0.02 % of the range.
            new Task("rosenbrock", 4, Sequential::rosenbrock, 2, 120));

    /**
     * @param evaluations until found, limit + 1 if it was not
     * @param stop evaluations when it first advised to stop before it was found; 0 if it did not
     */
    record Search(int evaluations, int stop) {}

    static Search search(Task task, long seed) {
        int k = task.factors();
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
        double[] results = new double[task.limit()];
        int stop = 0;
        for (int n = 0; n < task.limit(); n++) {
            if (n == points.size()) {
                SequentialDesign.Proposal next = design.next(points, Arrays.copyOf(results, n), 1);
                points.addAll(next.points());
                stop = stop == 0 && next.stop() ? n : stop;
            }
            results[n] = task.function()
                    .at(Arrays.stream(points.get(n)).map(c -> (c + 1) / 2).toArray());
            if (results[n] <= task.goal()) {
                return new Search(n + 1, stop);
            }
        }
        return new Search(task.limit() + 1, stop);
    }

    static void report(Task task, int first, int seeds) throws Exception {
        long start = processorNanos();
        List<Search> searches = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(2)) {
            List<Future<Search>> all = IntStream.range(first, first + seeds)
                    .mapToObj(seed -> threads.submit(() -> search(task, seed)))
                    .toList();
            for (Future<Search> one : all) {
                searches.add(one.get());
            }
        }
        int[] counts = searches.stream().mapToInt(Search::evaluations).toArray();
        int[] sorted = counts.clone();
        Arrays.sort(sorted);
        System.out.printf(
                "%-10s median %.1f, 90th percentile %d, found within %d by %d of %d; stop advised before that: %d; "
                        + "%.0f s of processor  %s%n",
                task.name(),
                (sorted[(seeds - 1) / 2] + sorted[seeds / 2]) / 2.0,
                sorted[(int) Math.ceil(0.9 * seeds) - 1],
                task.limit(),
                Arrays.stream(counts).filter(c -> c <= task.limit()).count(),
                seeds,
                searches.stream().filter(s -> s.stop() > 0).count(),
                (processorNanos() - start) / 1e9,
                Arrays.toString(counts));
    }

    private static long processorNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    public static void main(String[] arguments) throws Exception {
        int seeds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20;
        String which = arguments.length > 1 ? arguments[1] : "all";
        int first = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1;
        for (Task task : TASKS) {
            if (which.equals("all") || which.equals(task.name())) {
                report(task, first, seeds);
            }
        }
    }
}
