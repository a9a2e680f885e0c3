package org.voltwin.cosim.fmi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.voltwin.cosim.fmu.FmuFiles;
import org.voltwin.cosim.fmu.ModelVariable;
import org.voltwin.cosim.fmu.ModelVariable.Type;
import org.voltwin.model.failure.RefusedException;

/** src/test/c/third.c aborts, and with it this process, when it is called where the standard does not allow it. */
final class Fmi3ModelTest {
    @TempDir
    private static Path compiled;

    @TempDir
    private Path temp;

    private Unpacked third;

    @BeforeAll
    static void compile() throws Exception {
        FmuFiles.third(compiled);
    }

    @BeforeEach
    void unpack() throws Exception {
        third = new Unpacked(compiled.resolve("third.fmu"), temp);
    }

    private Fmi3Model started(boolean earlyReturn) {
        Fmi3Model model = new Fmi3Model(third.order(earlyReturn));
        Unpacked.initialise(model);
        return model;
    }

    private static Stream<Object[]> arrays() {
        return Stream.of(
                new Object[] {"Float32", new double[] {0.5, -1e30f, 3}},
                new Object[] {"Float64", new double[] {0.1, -1e300, Double.MIN_VALUE}},
                new Object[] {"Int8", new double[] {-128, 127, 0}},
                new Object[] {"UInt8", new double[] {0, 255, 128}},
                new Object[] {"Int16", new double[] {-32768, 32767, 1}},
                new Object[] {"UInt16", new double[] {0, 65535, 32768}},
                new Object[] {"Int32", new double[] {Integer.MIN_VALUE, Integer.MAX_VALUE, -1}},
                new Object[] {"UInt32", new double[] {0, 4294967295.0, 2147483648.0}},
                new Object[] {"Int64", new double[] {-9007199254740992.0, 9007199254740992.0, 7}},
                new Object[] {"UInt64", new double[] {0, 0x1.8p63, 7}},
                new Object[] {"Boolean", new double[] {1, 0, 1}});
    }

    @ParameterizedTest
    @MethodSource("arrays")
    void arrays_of_every_number_come_back_whatever_their_size(String type, double[] values) {
        try (SteppedModel model = third.order(false).create()) {
            third.write(model, "n", 3);
            ModelVariable input = third.variable(type + "_input");
            model.writeNumbers(input.type(), input.valueReference(), values);
            Unpacked.initialise(model);
            ModelVariable output = third.variable(type + "_output");
            double[] read = new double[3];
            model.readNumbers(output.type(), output.valueReference(), read);

            assertThat(read).containsExactly(values);
        }
    }

    @Test
    void whole_numbers_of_64_bits_are_exact() {
        try (SteppedModel model = started(false)) {
            long[] read = new long[2];
            model.writeIntegers(Type.INT64, 18, Long.MAX_VALUE, Long.MIN_VALUE + 1);
            model.readIntegers(Type.INT64, 118, read);
            assertThat(read).containsExactly(Long.MAX_VALUE, Long.MIN_VALUE + 1);

            model.writeIntegers(Type.UINT64, 19, -1L, 5);
            model.readIntegers(Type.UINT64, 119, read);
            assertThat(read).containsExactly(-1L, 5);
        }
    }

    @Test
    void what_does_not_fit_into_the_type_is_refused_before_the_model_sees_it() {
        try (SteppedModel model = started(false)) {
            assertThatThrownBy(() -> model.writeNumbers(Type.INT8, 12, 1, 128)).isInstanceOf(RefusedException.class);
            assertThatThrownBy(() -> model.writeNumbers(Type.UINT16, 15, 1, -1)).isInstanceOf(RefusedException.class);
            assertThatThrownBy(() -> model.writeNumbers(Type.INT32, 16, 1, 0.5)).isInstanceOf(RefusedException.class);
            assertThatThrownBy(() -> model.writeNumbers(Type.UINT64, 19, 1, 0x1p64))
                    .isInstanceOf(RefusedException.class);
            assertThatThrownBy(() -> model.writeNumbers(Type.INT64, 18, 1, Double.NaN))
                    .isInstanceOf(RefusedException.class);
        }
    }

    @Test
    void strings_and_binaries_come_back() {
        try (SteppedModel model = started(false)) {
            model.writeStrings(21, "", "Zelle 3 °C");
            model.writeBinaries(22, new byte[] {0, -1, 7}, new byte[0]);

            assertThat(model.readStrings(121, 2)).containsExactly("", "Zelle 3 °C");
            assertThat(model.readBinaries(122, 2)).isDeepEqualTo(new byte[][] {{0, -1, 7}, {}});
        }
    }

    @Test
    void an_enumeration_is_its_number() {
        try (SteppedModel model = started(false)) {
            third.write(model, "choice", 2);

            assertThat(third.read(model, "choice")).isEqualTo(2);
        }
    }

    /** Time events at 0.25, 0.5, 0.75 and 1 s; a countdown of 0.07 s from each but the last; a period of 0.1 s. */
    @Test
    void events_and_ticks_within_steps_are_met() {
        try (Fmi3Model model = started(false)) {
            for (int i = 0; i < 4; i++) {
                model.step(0.3 * i, i < 3 ? 0.3 : 0.1);
            }

            assertThat(third.read(model, "timeEvents")).isEqualTo(4);
            assertThat(third.read(model, "countedTicks")).isEqualTo(3);
            assertThat(third.read(model, "periodicTicks")).isEqualTo(10);
            assertThat(model.ticks(63)).isEqualTo(4);
            assertThat(third.read(model, "x")).isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void going_back_brings_events_and_ticks_back() {
        try (Fmi3Model model = started(true)) {
            model.step(0, 0.3);
            model.saveState();
            byte[] bytes = model.serialisedState();
            model.step(0.3, 0.7);
            model.restoreState();
            assertThat(model.ticks(63)).isEqualTo(1);
            model.step(0.3, 0.7);
            assertThat(third.read(model, "periodicTicks")).isEqualTo(10);

            try (Fmi3Model another = started(true)) {
                another.restoreSerialised(bytes);
                another.step(0.3, 0.7);
                assertThat(third.read(another, "periodicTicks")).isEqualTo(10);
                assertThat(third.read(another, "countedTicks")).isEqualTo(3);
                assertThat(another.ticks(63)).isEqualTo(4);
            }
        }
    }

    @Test
    void discrete_inputs_and_triggered_clocks_take_effect_before_the_next_step() {
        try (Fmi3Model model = started(false)) {
            model.step(0, 0.05);
            third.write(model, "discrete", 5);
            model.tick(third.variable("triggered").valueReference());
            assertThat(third.read(model, "takenOver")).isEqualTo(0);
            model.step(0.05, 0.01);

            assertThat(third.read(model, "takenOver")).isEqualTo(5);
            assertThat(third.read(model, "triggeredTicks")).isEqualTo(1);
        }
    }

    @Test
    void an_early_return_comes_when_it_is_asked_for_only() {
        try (Fmi3Model model = started(true)) {
            assertThat(model.step(0, 0.04).early()).isFalse();
            assertThat(model.intermediateUpdates()).isEqualTo(1);
            model.returnEarlyAfter(0.05);

            assertThat(model.step(0.04, 0.04)).isEqualTo(new StepAnswer(0.06, true, false));
        }
    }

    @Test
    void derivatives_are_those_of_the_model() {
        try (Fmi3Model model = started(false)) {
            assertThat(model.directionalDerivative(new long[] {1, 2}, new long[] {3, 4}, new double[] {1, 0.5}))
                    .containsExactly(1.5, 3);
        }
    }

    @Test
    void an_error_is_told_and_the_instance_is_only_freed() {
        Fmi3Model model = started(false);

        assertThatThrownBy(() -> model.set(99, 1))
                .isInstanceOf(FmiException.class)
                .hasMessageContaining("fmi3SetFloat64 answered status 3")
                .hasMessageContaining("set f64: reference 99");
        model.close();
    }

    @Test
    void an_instance_in_configuration_or_initialisation_mode_is_not_terminated() {
        Fmi3Model configured = new Fmi3Model(third.order(false));
        third.write(configured, "n", 1);
        configured.close();
        Fmi3Model initialising = new Fmi3Model(third.order(false));
        initialising.enterInitialization(0);
        initialising.close();

        assertThat(third.log).isEmpty();
    }
}
