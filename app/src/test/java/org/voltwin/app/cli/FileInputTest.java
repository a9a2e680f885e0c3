package org.voltwin.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voltwin.model.failure.RefusedException;

/** Files that cannot be read are refused with the place; large JSON is read. */
class FileInputTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            a.json | {"a": 1, "a": 2}    | line 1, column 13: Duplicate field 'a'
            a.yaml | {a: 1, a: 2}        | line 1, column 9: Duplicate field 'a'
            a.json | {"a": [1, 2}        | line 1, column 12: Unexpected close marker '}': expected ']' (for Array starting at line: 1, column: 7)
            a.yaml | factors: [{name: A  | line 1, column 19: while parsing a flow mapping, expected ',' or '}', but got <stream end>
            a.yaml | low: .nan           | line 1, column 10: Malformed numeric value '.nan'
            """)
    void thePlaceIsNamed(String name, String text, String cause) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);

        RefusedException refused = catchThrowableOfType(RefusedException.class, () -> FileInput.tree(file));

        assertThat(refused.failure().cause()).contains(name, cause);
    }

    @Test
    void largeJsonIsRead() throws IOException {
        Path file =
                Files.writeString(folder.resolve("large.json"), "{\"tests\": [" + "1234567,".repeat(500_000) + "0]}");

        assertThat(FileInput.tree(file).path("tests")).hasSize(500_001);
    }
}
