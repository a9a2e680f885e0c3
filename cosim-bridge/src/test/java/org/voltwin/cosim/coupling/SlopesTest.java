package org.voltwin.cosim.coupling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.cosim.check.Connection;
import org.voltwin.cosim.fmi.SteppedModel;
import org.voltwin.cosim.fmi.Unpacked;
import org.voltwin.cosim.fmu.FmuFiles;
import org.voltwin.cosim.fmu.ModelDescription;

/** Models that know slopes of outputs and take slopes of inputs (FMI 2.0). */
final class SlopesTest {
    @TempDir
    private Path temp;

    /**
     * x' = y and y' = -4 x from x = 1, so x = cos(2 t), as two models of dx/dt = gain * u. Between them the first is
     * scaled by 10, so that the slope has to be scaled too.
     */
    private double error(int steps, CouplingMethod method) throws Exception {
        List<Part> parts = new ArrayList<>();
        double[] gains = {1, -4};
        for (int i = 0; i < 2; i++) {
            Path folder = temp.resolve(method + "-" + steps + "-" + i);
            Unpacked fmu = new Unpacked(FmuFiles.second(folder), folder.resolve("unpacked"));
            ModelDescription description = fmu.order(true).description();
            SteppedModel model = fmu.order(true).create();
            fmu.write(model, "gain", i == 0 ? gains[i] / 10 : gains[i]);
            fmu.write(model, "x", i == 0 ? 1 : 0);
            parts.add(new Part("m" + i, description, model));
        }
        List<Connection> links = List.of(
                new Connection("m1", "x", "m0", "u", 10, 0, false), new Connection("m0", "x", "m1", "u", 1, 0, false));
        try (CoupledSystem system = new CoupledSystem(parts, links, method)) {
            system.initialise(0);
            for (int i = 1; i <= steps; i++) {
                system.stepTo((double) i / steps);
            }
            double[] signals = system.signals();
            return Math.hypot(signals[1] - Math.cos(2), (signals[0] / 10 + 2 * Math.sin(2)) / 2);
        } finally {
            parts.forEach(part -> part.model().close());
        }
    }

    @Test
    void jacobi_is_of_second_order_with_slopes() throws Exception {
        double coarse = error(100, CouplingMethod.JACOBI);
        double fine = error(200, CouplingMethod.JACOBI);

        assertThat(coarse / fine).isCloseTo(4, within(0.3));
        assertThat(fine).isLessThan(error(200, CouplingMethod.GAUSS_SEIDEL) / 10);
    }
}
