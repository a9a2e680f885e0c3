import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.voltwin.doe.factors.Model;
import org.voltwin.doe.factors.Region;
import org.voltwin.doe.factors.StudyFactor;
import org.voltwin.doe.filling.LatinHypercube;
import org.voltwin.doe.filling.Sequences;
import org.voltwin.doe.optimal.CoordinateExchange;
import org.voltwin.doe.optimal.Criterion;
import org.voltwin.doe.optimal.ExchangeProblem;
import org.voltwin.model.quantity.Unit;

/** Writes Voltwin's designs as CSV into a folder, each with the seconds of the processor it took in the first line. */
public final class Designs {
    private static List<StudyFactor> factors(int k) {
        return java.util.stream.IntStream.range(0, k)
                .<StudyFactor>mapToObj(f ->
                        new StudyFactor.Continuous("x" + f, Unit.parse("1").orElseThrow(), -1, 1, 3, false))
                .toList();
    }

    private static void write(Path folder, String name, Supplier<List<double[]>> design) throws Exception {
        // Of the processor, not of the clock: a machine is rarely idle.
        ThreadMXBean thread = ManagementFactory.getThreadMXBean();
        long start = thread.getCurrentThreadCpuTime();
        List<double[]> points = design.get();
        StringBuilder text = new StringBuilder("# " + (thread.getCurrentThreadCpuTime() - start) / 1e9 + "\n");
        for (double[] point : points) {
            for (int f = 0; f < point.length; f++) {
                text.append(f == 0 ? "" : ",").append(point[f]);
            }
            text.append('\n');
        }
        Files.write(folder.resolve(name + ".csv"), text.toString().getBytes(UTF_8));
    }

    private static List<double[]> optimal(int k, int runs, int starts) {
        List<StudyFactor> factors = factors(k);
        Region region = new Region(factors, List.of());
        ExchangeProblem problem = new ExchangeProblem(region, Model.quadratic(factors), runs, List.of(), -1);
        return CoordinateExchange.search(problem, Criterion.D, starts, 1).points();
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        for (int runs = 6; runs <= 10; runs++) {
            int n = runs;
            write(folder, "optimal-2-" + runs, () -> optimal(2, n, 20));
        }
        write(folder, "optimal-10-80", () -> optimal(10, 80, 20));
        for (int[] size : new int[][] {{2, 14}, {3, 20}, {5, 50}, {8, 80}}) {
            String of = size[0] + "-" + size[1];
            write(folder, "maximin-" + of, () -> LatinHypercube.maximin(size[1], size[0], 1).cellMiddles());
            write(folder, "even-" + of, () -> LatinHypercube.even(size[1], size[0], 1).cellMiddles());
            write(folder, "sobol-" + of, () -> Sequences.shiftedSobol(size[1], size[0], 1));
        }
    }
}
