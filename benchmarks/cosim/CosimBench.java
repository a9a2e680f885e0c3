import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.voltwin.cosim.check.Connection;
import org.voltwin.cosim.coupling.CoupledSystem;
import org.voltwin.cosim.coupling.CouplingMethod;
import org.voltwin.cosim.coupling.Part;
import org.voltwin.cosim.fmi.Instantiation;
import org.voltwin.cosim.fmi.LogTarget;
import org.voltwin.cosim.fmi.SteppedModel;
import org.voltwin.cosim.fmu.ModelDescription;
import org.voltwin.cosim.fmu.ModelVariable;

/** Voltwin's master over the library of loop.c, without recording, in processor time. Arguments: library, steps. */
final class CosimBench {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    public static void main(String[] arguments) throws Exception {
        long steps = Long.parseLong(arguments[1]);
        run(Path.of(arguments[0]), steps / 4, null); // warm
        run(Path.of(arguments[0]), steps, "without");
    }

    private static void run(Path library, long steps, String name) throws Exception {
        double[] start = {1, 0};
        double[] gain = {1, -4};
        List<Part> parts = new ArrayList<>();
        List<ModelVariable> variables = List.of(
                new ModelVariable("u", 0, ModelVariable.Type.FLOAT64, "input", null, 1),
                new ModelVariable("x", 1, ModelVariable.Type.FLOAT64, "output", null, 1));
        for (int i = 0; i < 2; i++) {
            ModelDescription description = new ModelDescription("a", "benchmark", "a", false, variables);
            SteppedModel model = new Instantiation(
                            library, "a" + i, description, Path.of("."), LogTarget.standardError(), false)
                    .create();
            model.set(1, start[i]);
            model.set(2, gain[i]);
            parts.add(new Part("a" + i, description, model));
        }
        CoupledSystem system = new CoupledSystem(
                parts,
                List.of(new Connection("a1", "x", "a0", "u"), new Connection("a0", "x", "a1", "u")),
                CouplingMethod.JACOBI);
        system.initialise(0);
        long began = THREADS.getCurrentThreadCpuTime();
        for (long s = 1; s <= steps; s++) {
            system.stepTo(s * 1e-4);
        }
        double seconds = (THREADS.getCurrentThreadCpuTime() - began) / 1e9;
        if (name != null) {
            System.out.printf(java.util.Locale.ROOT, "%s %.0f %.17g%n", name, steps / seconds, parts.get(0).model().get(1));
        }
        parts.forEach(part -> part.model().close());
    }
}
