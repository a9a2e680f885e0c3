package org.voltwin.cosim.fmi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import no.ntnu.ihb.fmi4j.importer.fmi2.CoSimulationSlave;
import no.ntnu.ihb.fmi4j.importer.fmi2.Fmu;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.cosim.fmu.FmuFiles;

/** The same FMI 2.0 FMU through fmi4j, which shares no code with our importer. */
final class Fmi4jComparisonTest {
    @TempDir
    private Path temp;

    @Test
    void both_read_the_same_variables_and_take_the_same_steps() throws Exception {
        Path file = FmuFiles.second(temp);
        Unpacked ours = new Unpacked(file, temp.resolve("unpacked"));
        try (Fmu fmu = Fmu.from(file.toFile());
                SteppedModel model = ours.order(false).create()) {
            List<String> theirVariables = new ArrayList<>();
            fmu.getModelDescription()
                    .getModelVariables()
                    .forEach(variable -> theirVariables.add(variable.getName() + " " + variable.getValueReference()));
            assertThat(ours.order(false).description().variables())
                    .extracting(variable -> variable.name() + " " + variable.valueReference())
                    .containsExactlyElementsOf(theirVariables);

            CoSimulationSlave slave = fmu.asCoSimulationFmu().newInstance("theirs");
            slave.simpleSetup();
            Unpacked.initialise(model);
            Random random = new Random(7);
            double[] theirs = new double[1];
            double time = 0;
            for (int i = 0; i < 1000; i++) {
                double input = random.nextGaussian();
                double step = random.nextDouble(0.01, 1);
                slave.writeReal(new long[] {0}, new double[] {input});
                model.set(0, input);
                assertThat(slave.doStep(time, step)).isTrue();
                model.step(time, step);
                time += step;
                slave.readReal(new long[] {1}, theirs);
                assertThat(model.get(1)).isEqualTo(theirs[0]);
            }
            slave.terminate();
        }
    }
}
