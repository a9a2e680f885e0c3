package org.voltwin.cosim.fmi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.cosim.fmu.FmuFiles;
import org.voltwin.cosim.fmu.ModelVariable.Type;
import org.voltwin.model.failure.RefusedException;

/** src/test/c/second.c aborts, and with it this process, when it is called where the standard does not allow it. */
final class Fmi2ModelTest {
    @TempDir
    private static Path compiled;

    @TempDir
    private Path temp;

    private Unpacked second;

    @BeforeAll
    static void compile() throws Exception {
        FmuFiles.second(compiled);
    }

    @BeforeEach
    void unpack() throws Exception {
        second = new Unpacked(compiled.resolve("second.fmu"), temp);
    }

    private SteppedModel started(boolean earlyReturn, int mode) {
        SteppedModel model = second.order(earlyReturn).create();
        second.write(model, "Mode", mode);
        Unpacked.initialise(model);
        second.write(model, "u", 1.5);
        return model;
    }

    @Test
    void values_of_every_type_come_back() {
        try (SteppedModel model = second.order(false).create()) {
            second.write(model, "whole", -7);
            second.write(model, "choice", 2);
            model.writeStrings(0, "größer");
            second.write(model, "flag", 1);

            assertThat(second.read(model, "whole")).isEqualTo(-7);
            assertThat(second.read(model, "choice")).isEqualTo(2);
            assertThat(second.read(model, "flag")).isEqualTo(1);
            assertThat(model.readStrings(0, 1)).containsExactly("größer");
            assertThat(model.get(2)).isEqualTo(2);
            assertThatThrownBy(() -> second.write(model, "whole", 0.5)).isInstanceOf(RefusedException.class);
            assertThatThrownBy(() -> second.write(model, "flag", 2)).isInstanceOf(RefusedException.class);
        }
    }

    @Test
    void steps_integrate_the_input() {
        try (SteppedModel model = started(true, 0)) {
            assertThat(model.step(0, 0.5)).isEqualTo(new StepAnswer(0.5, false, false));
            model.set(0, -1);
            assertThat(model.step(0.5, 1).early()).isFalse();

            assertThat(model.get(1)).isEqualTo(2 * (0.5 * 1.5 - 1));
        }
    }

    @Test
    void a_discarded_step_is_an_early_one_where_others_can_go_back() {
        try (SteppedModel model = started(true, 1)) {
            StepAnswer answer = model.step(5, 1);

            assertThat(answer).isEqualTo(new StepAnswer(5.5, true, false));
        }
    }

    @Test
    void a_model_alone_goes_on_from_where_it_discarded_the_rest() {
        try (SteppedModel model = started(false, 1)) {
            StepAnswer answer = model.step(5, 1);

            assertThat(answer).isEqualTo(new StepAnswer(6, false, false));
            assertThat(model.get(1)).isEqualTo(2 * 1.5);
        }
    }

    @Test
    void a_model_may_end_the_simulation() {
        try (SteppedModel model = started(false, 2)) {
            assertThat(model.step(4, 1).terminate()).isFalse();
            assertThat(model.step(5, 1).terminate()).isTrue();
        }
    }

    @Test
    void long_formatted_messages_are_whole() {
        try (SteppedModel model = started(false, 3)) {
            model.step(0.5, 1);
        }

        assertThat(second.log).singleElement().isEqualTo("model: 0 logAll: " + "0".repeat(5999) + "7 at 0.5 s, said");
    }

    @Test
    void an_error_is_told_in_the_models_words_and_the_instance_is_only_freed() {
        SteppedModel model = started(false, 4);
        model.saveState();

        assertThatThrownBy(() -> model.step(5, 1))
                .isInstanceOf(FmiException.class)
                .hasMessageContaining("fmi2DoStep answered status 3")
                .hasMessageContaining("100 % sure");
        model.close();
        model.close();
    }

    @Test
    void an_instance_that_was_never_initialised_is_not_terminated() {
        second.order(false).create().close();

        assertThat(second.log).isEmpty();
    }

    @Test
    void states_are_gone_back_to_and_travel_as_bytes() {
        byte[] bytes;
        try (SteppedModel model = started(false, 0)) {
            model.step(0, 1);
            model.saveState();
            bytes = model.serialisedState();
            model.step(1, 1);
            model.restoreState();
            model.restoreState();
            assertThat(model.get(1)).isEqualTo(3);
        }
        try (SteppedModel another = started(false, 0)) {
            another.restoreSerialised(bytes);
            another.step(1, 1);
            assertThat(another.get(1)).isEqualTo(6);
        }
    }

    @Test
    void bytes_of_something_else_are_refused_by_the_model() {
        try (SteppedModel model = started(false, 0)) {
            assertThatThrownBy(() -> model.restoreSerialised(new byte[3])).isInstanceOf(FmiException.class);
        }
    }

    @Test
    void derivatives_are_those_of_the_model() {
        try (SteppedModel model = started(false, 0)) {
            Differentiable differentiable = (Differentiable) model;

            assertThat(differentiable.offersDerivatives()).isTrue();
            assertThat(differentiable.directionalDerivative(new long[] {1, 2}, new long[] {0}, new double[] {0.5}))
                    .containsExactly(1, 0);
        }
    }

    @Test
    void what_cannot_be_loaded_says_why() throws Exception {
        Files.writeString(second.library(), "not a library");

        assertThatThrownBy(() -> second.order(false).create())
                .isInstanceOf(FmiException.class)
                .hasMessageContaining("second.so: ");
    }

    @Test
    void a_value_reference_that_the_model_does_not_know_is_an_error() {
        try (SteppedModel model = started(false, 0)) {
            assertThatThrownBy(() -> model.readNumbers(Type.FLOAT64, 99, new double[1]))
                    .hasMessageContaining("fmi2GetReal refused");
        }
    }
}
