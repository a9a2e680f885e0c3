package org.voltwin.cosim.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.cosim.Fixtures;
import org.voltwin.cosim.worker.Stepping;
import org.voltwin.model.failure.Failure;

final class BatchRunTest {
    @TempDir
    private Path temp;

    private Path battery() throws Exception {
        Path folder = Files.createDirectories(temp.resolve("battery"));
        Files.copy(Fixtures.model(temp).resolve("battery.fmu"), folder.resolve("battery.fmu"));
        Files.writeString(folder.resolve("input.csv"), "Time,Current\n0,-5\n");
        return folder;
    }

    private BatchReport run(Path folder, Path design, int workers, Path out, List<String> progress) throws Exception {
        return BatchRun.run(
                new BatchOptions(folder, design, Optional.of(out), 36, 1, workers, Stepping.USUAL),
                (done, all) -> progress.add(done + "/" + all));
    }

    @Test
    void the_result_does_not_depend_on_the_number_of_workers_and_failures_stand_alone() throws Exception {
        Path folder = battery();
        Path design = Files.writeString(
                temp.resolve("design.csv"), "Initial_SoC [1],New_Capacity\n0.9,5\n0.8,5\n0.7,-5\n0.6,4\n0.5,5\n");
        List<String> progress = new ArrayList<>();

        BatchReport one = run(folder, design, 1, temp.resolve("one.csv"), progress);
        BatchReport three = run(folder, design, 3, temp.resolve("three.csv"), new ArrayList<>());

        assertThat(one.failure()).isNull();
        assertThat(progress).hasSize(5).last().isEqualTo("5/5");
        assertThat(Files.readString(temp.resolve("three.csv"))).isEqualTo(Files.readString(temp.resolve("one.csv")));
        assertThat(one.scenarios()).isEqualTo(5);
        assertThat(one.completed()).isEqualTo(4);
        assertThat(three.failures()).singleElement().satisfies(failed -> {
            assertThat(failed.scenario()).isEqualTo(3);
            assertThat(failed.parameters()).containsEntry("New_Capacity", -5.0);
            assertThat(failed.failure().cause()).isNotBlank();
        });
        List<String> lines = Files.readAllLines(temp.resolve("one.csv"));
        assertThat(lines.getFirst()).startsWith("Scenario,Initial_SoC,New_Capacity,Outcome,End [s],/battery/");
        // 5 A for 36 s are 0.05 Ah
        int soc = List.of(lines.getFirst().split(",")).indexOf("/battery/SoC [1]");
        assertThat(Double.parseDouble(lines.get(1).split(",")[soc]))
                .isCloseTo(0.9 - 0.05 / 5, org.assertj.core.api.Assertions.within(1e-9));
        assertThat(lines.get(3)).contains(",0.7,-5.0,").doesNotContain("completed");
    }

    @Test
    void designs_are_read_as_json_too_and_bad_ones_are_told() throws Exception {
        Path json = Files.writeString(
                temp.resolve("design.json"), "{\"scenarios\":[{\"number\":7,\"parameters\":{\"Capacity\":5}}]}");
        assertThat(DesignFile.read(json)).singleElement().satisfies(scenario -> {
            assertThat(scenario.number()).isEqualTo(7);
            assertThat(scenario.parameters()).containsEntry("Capacity", 5.0);
        });
        Path bad = Files.writeString(temp.resolve("bad.csv"), "Capacity\nfive\n");
        Path model = battery();
        assertThat(run(model, bad, 1, temp.resolve("o.csv"), new ArrayList<>()).failure())
                .extracting(Failure::code)
                .isEqualTo("design.malformed");
        assertThat(run(model, temp.resolve("none.csv"), 1, temp.resolve("o.csv"), new ArrayList<>())
                        .failure())
                .extracting(Failure::code)
                .isEqualTo("design.missing");
    }
}
