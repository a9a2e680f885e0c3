package org.voltwin.cosim.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voltwin.model.failure.RefusedException;

/** Whatever is in a run's own files: it is read, or refused with cause and remedy. */
final class InputFuzzTest {
    private static final String PARAMETERS = """
            {"Initial_SoC": 0.9, "/battery/Cooling": 0.1, "Ageing": true, "R0": [[0.01, 0.02], [3e-2, 4]], "Name": "A"}
            """;
    private static final String INPUT = "Time [s],Current [A],/battery/Ambient\n0,-5,20\n60.5,0,21\n90,2.5,-3e1\n";
    private static final String DESIGN = "scenario,Initial_SoC,R0\n1,0.5,0.01\n2,0.6,0.02\n3,0.7,0.03\n";
    private static final String RUNS =
            "{\"scenarios\": [{\"number\": 1, \"parameters\": {\"a\": 1}}, {\"number\": 2, \"a\": 2.5e3}]}";
    private static final List<String> WORDS = List.of(
            "NaN",
            "1e999",
            "-",
            ",",
            "\n",
            "null",
            "{",
            "}",
            "[",
            "]",
            "\"",
            "\u0000",
            ":",
            "true",
            "\\u",
            "9".repeat(400));

    private final Random random = new Random(20261121);

    @TempDir
    private Path temp;

    private interface Reading {
        void read() throws IOException;
    }

    /** True when it was read. */
    private static boolean readOrRefused(Reading reading) throws IOException {
        try {
            reading.read();
            return true;
        } catch (RefusedException e) {
            assertThat(e.failure().code()).isNotBlank();
            assertThat(e.failure().cause()).isNotBlank();
            assertThat(e.failure().remedy()).isNotBlank();
            return false;
        }
    }

    private byte[] broken(String good) {
        byte[] bytes = good.getBytes(StandardCharsets.UTF_8);
        int place = random.nextInt(bytes.length);
        switch (random.nextInt(3)) {
            case 0 -> {
                return Arrays.copyOf(bytes, place);
            }
            case 1 -> {
                bytes[place] = (byte) random.nextInt();
                return bytes;
            }
            default -> {
                int end = Math.min(good.length(), place + random.nextInt(6));
                String word = WORDS.get(random.nextInt(WORDS.size()));
                return (good.substring(0, place) + word + good.substring(end)).getBytes(StandardCharsets.UTF_8);
            }
        }
    }

    private void fuzz(String good, String name, Reading reading) throws IOException {
        Path file = Files.writeString(temp.resolve(name), good);
        assertThat(readOrRefused(reading)).isTrue();
        int refused = 0;
        for (int i = 0; i < 500; i++) {
            Files.write(file, broken(good));
            refused += readOrRefused(reading) ? 0 : 1;
        }
        assertThat(refused).isBetween(50, 499);
    }

    @Test
    void parameters() throws IOException {
        fuzz(PARAMETERS, "parameters.json", () -> {
            ParameterFile read = RunInputs.parameters(temp);
            assertThat(read.numbers().values())
                    .allSatisfy(values -> assertThat(values).allMatch(Double::isFinite));
        });
    }

    @Test
    void stimuli() throws IOException {
        fuzz(INPUT, "input.csv", () -> RunInputs.stimuli(temp));
    }

    @Test
    void designs() throws IOException {
        fuzz(DESIGN, "design.csv", () -> DesignFile.read(temp.resolve("design.csv")));
        fuzz(RUNS, "design.json", () -> DesignFile.read(temp.resolve("design.json")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [1, 2]                 | parameter.malformed
            {"a": null}            | parameter.not_a_number
            {"a": {"b": 1}}        | parameter.not_a_number
            {"a": ["x", 1]}        | parameter.not_a_number
            {"a": 1e999}           | parameter.not_a_number
            {"a": 1                | message.not_json
            """)
    void what_is_wrong_with_parameters_is_said(String text, String code) throws IOException {
        Path file = Files.writeString(temp.resolve("parameters.json"), text);

        assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                                RefusedException.class, () -> ParameterFile.read(file))
                        .failure()
                        .code())
                .isEqualTo(code);
    }

    @Test
    void truths_and_texts_are_parameters_too() throws IOException {
        Files.writeString(temp.resolve("parameters.json"), PARAMETERS);

        ParameterFile read = RunInputs.parameters(temp);

        assertThat(read.numbers())
                .containsEntry("Ageing", List.of(1.0))
                .containsEntry("R0", List.of(0.01, 0.02, 0.03, 4.0));
        assertThat(read.texts()).containsOnlyKeys("Name").containsEntry("Name", List.of("A"));
    }
}
