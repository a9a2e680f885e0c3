package org.voltwin.cosim.coupling;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voltwin.cosim.Fixtures;
import org.voltwin.cosim.check.FolderInspector;
import org.voltwin.cosim.fmi.Instantiation;
import org.voltwin.cosim.fmi.LogTarget;
import org.voltwin.cosim.fmi.SteppedModel;
import org.voltwin.cosim.fmu.FmuArchive;
import org.voltwin.cosim.fmu.ModelVariable;

/** Native code that runs a step's calls gives, bit for bit, what the same calls out of Java give. */
final class ProgramTest {
    /** 1 h: charge to a voltage, hold it, rest, discharge; ends of rows are found by going back. */
    private static final double[] PROCEDURE = {
        1, 2.5, -1, 900, 4.0, -1, -1, 0, 2, 0, 4.0, 600, -1, 0.1, -1, 0, 3, 0, -1, 300, -1, -1, -1, 0, 1, -5, -1, 900,
        3.6, -1, -1, 0
    };

    @TempDir
    private Path temp;

    /** The same model for who does not know what it is. */
    private static SteppedModel throughJava(SteppedModel model) {
        return (SteppedModel) Proxy.newProxyInstance(
                SteppedModel.class.getClassLoader(),
                new Class<?>[] {SteppedModel.class},
                (proxy, method, arguments) -> {
                    try {
                        return method.invoke(model, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private List<Part> parts(FolderInspector.Inspection models, Path folder, boolean throughJava, int ownSteps)
            throws Exception {
        List<Part> parts = new ArrayList<>();
        for (FmuArchive fmu : models.fmus()) {
            Path own = folder.resolve(fmu.name());
            SteppedModel model = new Instantiation(
                            fmu.unpack(own), fmu.name(), fmu.description(), own, LogTarget.standardError(), true)
                    .create();
            fmu.description().variable("Procedure").ifPresent(matrix -> {
                double[] rows = java.util.Arrays.copyOf(PROCEDURE, matrix.size());
                model.writeNumbers(matrix.type(), matrix.valueReference(), rows);
            });
            fmu.description()
                    .variable("Initial_SoC")
                    .ifPresent(soc -> model.writeNumbers(soc.type(), soc.valueReference(), 0.7));
            parts.add(new Part(
                    fmu.name(),
                    fmu.description(),
                    throughJava ? throughJava(model) : model,
                    fmu.name().equals("battery") ? ownSteps : 1));
        }
        return parts;
    }

    private List<double[]> run(boolean throughJava, CouplingMethod method, int ownSteps) throws Exception {
        FolderInspector.Inspection models = new FolderInspector().inspect(Fixtures.model(temp));
        List<Part> parts = parts(models, temp.resolve("own" + throughJava), throughJava, ownSteps);
        List<double[]> rows = new ArrayList<>();
        try (CoupledSystem system = new CoupledSystem(parts, models.connections(), method)) {
            system.initialise(0);
            while (system.timeSeconds() < 3600) {
                system.stepTo(Math.min(3600, 7 * (Math.floor(system.timeSeconds() / 7) + 1)));
                rows.add(outputs(parts, system));
            }
            assertThat(system.rollbacks()).isGreaterThan(method == CouplingMethod.ITERATED ? 100 : 0);
        }
        parts.forEach(part -> part.model().close());
        return rows;
    }

    private static double[] outputs(List<Part> parts, CoupledSystem system) {
        List<Double> values = new ArrayList<>(
                List.of(system.timeSeconds(), (double) system.evaluations(), (double) system.rollbacks()));
        for (Part part : parts) {
            for (ModelVariable variable : part.description().variables()) {
                if (variable.isOutput() && variable.isScalarNumber()) {
                    double[] value = new double[1];
                    part.model().readNumbers(variable.type(), variable.valueReference(), value);
                    values.add(value[0]);
                }
            }
        }
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    @ParameterizedTest
    @CsvSource({"JACOBI, 1", "JACOBI, 3", "GAUSS_SEIDEL, 2", "ITERATED, 1", "ITERATED, 2"})
    void rows_are_the_same_to_the_last_bit(CouplingMethod method, int ownSteps) throws Exception {
        List<double[]> direct = run(false, method, ownSteps);
        List<double[]> throughJava = run(true, method, ownSteps);

        assertThat(direct).hasSizeGreaterThan(3600 / 7);
        assertThat(direct.toArray(double[][]::new)).isDeepEqualTo(throughJava.toArray(double[][]::new));
    }
}
