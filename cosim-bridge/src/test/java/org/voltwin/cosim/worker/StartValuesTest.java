package org.voltwin.cosim.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.cosim.coupling.Part;
import org.voltwin.cosim.fmi.Instantiation;
import org.voltwin.cosim.fmi.SteppedModel;
import org.voltwin.cosim.fmi.Unpacked;
import org.voltwin.cosim.fmu.FmuFiles;
import org.voltwin.model.failure.RefusedException;

final class StartValuesTest {
    @TempDir
    private Path temp;

    @Test
    void strings_are_set_by_name_and_refused_where_they_do_not_belong() throws Exception {
        Unpacked fmu = new Unpacked(FmuFiles.second(temp), temp.resolve("second"));
        Instantiation order = fmu.order(false);
        try (SteppedModel model = order.create()) {
            StartValues values = new StartValues(List.of(new Part("cell", order.description(), model)));

            values.requireTexts("/cell/text", List.of("NMC 811, größer"));

            assertThat(model.readStrings(fmu.variable("text").valueReference(), 1))
                    .containsExactly("NMC 811, größer");
            assertCode("parameter.wrong_type", () -> values.requireTexts("u", List.of("fast")));
            assertCode("parameter.wrong_type", () -> values.requireTexts("text", List.of("one", "two")));
            assertCode("parameter.unknown", () -> values.requireTexts("txt", List.of("one")));
            assertCode("parameter.wrong_size", () -> values.require("text", List.of(1.0)));
        }
    }

    private static void assertCode(String code, Runnable action) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.failure().code()).isEqualTo(code));
    }
}
