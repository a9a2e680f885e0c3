package org.voltwin.cosim.coupling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.cosim.check.Connection;
import org.voltwin.cosim.fmi.SteppedModel;
import org.voltwin.cosim.fmi.Unpacked;
import org.voltwin.cosim.fmu.FmuFiles;
import org.voltwin.cosim.fmu.ModelVariable.Type;

/** Signals that are not scalar Float64, between two instances of src/test/c/third.c. */
final class AllTypesTest {
    @TempDir
    private Path temp;

    private Unpacked third;

    @BeforeEach
    void compile() throws Exception {
        third = new Unpacked(FmuFiles.third(temp), temp.resolve("unpacked"));
    }

    private Part part(String name, SteppedModel model) {
        return new Part(name, third.order(true).description(), model);
    }

    @Test
    void arrays_strings_binaries_and_clocks_go_from_model_to_model() {
        try (SteppedModel a = third.order(true).create();
                SteppedModel b = third.order(true).create()) {
            a.writeNumbers(Type.FLOAT64, 11, 0.5, -3);
            a.writeNumbers(Type.UINT8, 13, 7, 255);
            a.writeNumbers(Type.BOOLEAN, 20, 1, 0);
            a.writeStrings(21, "one", "zwei");
            a.writeBinaries(22, new byte[] {1}, new byte[] {2, 3});
            CoupledSystem system = new CoupledSystem(
                    List.of(part("a", a), part("b", b)),
                    List.of(
                            new Connection("a", "Float64_output", "b", "Float64_input"),
                            new Connection("a", "UInt8_output", "b", "Float32_input", 10, 1, false),
                            new Connection("a", "Boolean_output", "b", "Int64_input"),
                            new Connection("a", "String_output", "b", "String_input"),
                            new Connection("a", "Binary_output", "b", "Binary_input"),
                            new Connection("a", "ticked", "b", "triggered"),
                            new Connection("a", "timeEvents", "b", "discrete")));
            system.initialise(0);
            for (int i = 1; i <= 4; i++) {
                system.stepTo(0.25 * i);
            }

            double[] pair = new double[2];
            b.readNumbers(Type.FLOAT64, 111, pair);
            assertThat(pair).containsExactly(0.5, -3);
            b.readNumbers(Type.FLOAT32, 110, pair);
            assertThat(pair).containsExactly(71, 2551);
            b.readNumbers(Type.INT64, 118, pair);
            assertThat(pair).containsExactly(1, 0);
            assertThat(b.readStrings(121, 2)).containsExactly("one", "zwei");
            assertThat(b.readBinaries(122, 2)).isDeepEqualTo(new byte[][] {{1}, {2, 3}});
            assertThat(third.read(b, "takenOver")).isEqualTo(4);
            assertThat(third.read(b, "triggeredTicks")).isEqualTo(3); // the fourth is carried before the next step
        }
    }

    /** Each element is x = 0.5 x + 1. */
    @Test
    void a_loop_of_arrays_is_iterated_as_a_whole() {
        try (SteppedModel a = third.order(true).create();
                SteppedModel b = third.order(true).create()) {
            a.writeNumbers(Type.FLOAT64, 11, 4, 5);
            b.writeNumbers(Type.FLOAT64, 11, 4, 5);
            CoupledSystem system = new CoupledSystem(
                    List.of(part("a", a), part("b", b)),
                    List.of(
                            new Connection("a", "Float64_output", "b", "Float64_input"),
                            new Connection("b", "Float64_output", "a", "Float64_input", 0.5, 1, false)));
            system.initialise(0);
            system.stepTo(0.1);

            double[] pair = new double[2];
            b.readNumbers(Type.FLOAT64, 111, pair);
            assertThat(pair[0]).isCloseTo(2, within(1e-6));
            assertThat(pair[1]).isCloseTo(2, within(1e-6));
        }
    }
}
