package org.voltwin.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.model.json.Json;
import picocli.CommandLine;

/** From a specification to files, and from results with the numbers of runs alone to an analysis. */
class DoeCommandTest {
    @TempDir
    private Path folder;

    private int run(String... arguments) {
        return new CommandLine(new DoeCommand()).execute(arguments);
    }

    @Test
    void aDesignsFolderAndResultsBecomeAnAnalysis() throws IOException {
        Path specification = Files.writeString(folder.resolve("study.yaml"), """
                kind: full-factorial
                replicates: 2
                model: main
                factors:
                  - {name: Temperature, unit: degC, low: 10, high: 40}
                  - {name: C_Rate, unit: 1/h, low: 0.5, high: 2}
                response: {name: Capacity, goal: maximise}
                """);
        Path design = folder.resolve("design");

        assertThat(run(specification.toString(), "--out", design.toString())).isZero();

        assertThat(design.resolve("run-008/input.csv")).content().startsWith("Time,C_Rate,Temperature\n0,");
        List<String> runs = Files.readAllLines(design.resolve("design.csv"));
        StringBuilder results = new StringBuilder("run,Capacity\n");
        for (String line : runs.subList(1, runs.size())) {
            String[] cells = line.split(",");
            double noise = Integer.parseInt(cells[0]) % 2 == 0 ? 0.01 : -0.01;
            results.append(cells[0])
                    .append(',')
                    .append(4 + 0.02 * Double.parseDouble(cells[2]) - 0.2 * Double.parseDouble(cells[3]) + noise)
                    .append('\n');
        }
        Path table = Files.writeString(folder.resolve("results.csv"), results);
        Path analysis = folder.resolve("analysis");

        assertThat(run("analyse", design.toString(), table.toString(), "--out", analysis.toString()))
                .isZero();

        JsonNode found = Json.read(Files.readAllBytes(analysis.resolve("analysis.json")), JsonNode.class)
                .orThrow();
        // 0.02 per kelvin over 30 K.
        assertThat(found.path("coefficients").path(1).path("effect").doubleValue())
                .isBetween(0.58, 0.62);
        assertThat(found.path("best").path("values").path("C_Rate").doubleValue())
                .isEqualTo(0.5);
        assertThat(analysis.resolve("residuals.csv")).content().hasLineCount(9);
        assertThat(analysis.resolve("next.csv")).exists();
    }

    @Test
    void withoutAFileTheUsageIsShown() {
        assertThat(run()).isEqualTo(CommandLine.ExitCode.USAGE);
    }
}
