import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.voltwin.cosim.coupling.CoupledSystem;
import org.voltwin.cosim.coupling.CouplingMethod;
import org.voltwin.cosim.coupling.Part;
import org.voltwin.cosim.fmi.Instantiation;
import org.voltwin.cosim.fmi.LogTarget;
import org.voltwin.cosim.fmi.SteppedModel;
import org.voltwin.cosim.fmu.FmuArchive;
import org.voltwin.cosim.fmu.ModelVariable;

/** Cells side by side, Jacobi, in one thread and in two. Arguments: an FMU of a cell, the step's length in seconds. */
final class ParallelBench {
    private static final int STEPS = 300;
    /** The trial of several threads is over by then. */
    private static final int WARM_UP = 60;

    public static void main(String[] arguments) throws Exception {
        Path fmu = Path.of(arguments[0]);
        double step = Double.parseDouble(arguments[1]);
        for (int cells : new int[] {2, 4}) {
            List<Double> ratios = new ArrayList<>();
            double each = 0;
            boolean parallel = false;
            for (int i = 0; i < 3; i++) {
                double serial = run(fmu, cells, step, 1).nanoseconds();
                Run shared = run(fmu, cells, step, 2);
                ratios.add(serial / shared.nanoseconds());
                parallel = shared.parallel();
                each = serial / cells / 1e3;
            }
            ratios.sort(null);
            System.out.printf(
                    Locale.ROOT,
                    "%-7s x %d, %4.0f us each    %s, %.2f times as fast as in one thread%n",
                    fmu.getFileName().toString().replace(".fmu", ""), cells, each,
                    parallel ? "parallel" : "not parallel", ratios.get(1));
        }
    }

    private record Run(double nanoseconds, boolean parallel) {}

    /** Wall-clock time of a step. */
    private static Run run(Path fmu, int cells, double step, int threads) throws Exception {
        List<Part> parts = new ArrayList<>();
        FmuArchive archive = FmuArchive.open(fmu).orThrow();
        ModelVariable current = archive.description().variable("Current").orElseThrow();
        for (int i = 0; i < cells; i++) {
            Path folder = Files.createTempDirectory("voltwin-parallel-");
            SteppedModel model = new Instantiation(
                            archive.unpack(folder), "c" + i, archive.description(), folder,
                            LogTarget.standardError(), false)
                    .create();
            model.writeNumbers(current.type(), current.valueReference(), -1 - 0.1 * i);
            parts.add(new Part("c" + i, archive.description(), model));
        }
        try (CoupledSystem system = new CoupledSystem(parts, List.of(), CouplingMethod.JACOBI, threads)) {
            system.initialise(0);
            int at = 0;
            for (; at < WARM_UP; at++) {
                system.stepTo((at + 1) * step);
            }
            long began = System.nanoTime();
            for (; at < WARM_UP + STEPS; at++) {
                system.stepTo((at + 1) * step);
            }
            return new Run((System.nanoTime() - began) / (double) STEPS, system.isParallel());
        } finally {
            parts.forEach(part -> part.model().close());
        }
    }
}
