package org.voltwin.cosim.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.io.DataOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.cosim.Fixtures;
import org.voltwin.cosim.coupling.CouplingMethod;
import org.voltwin.cosim.worker.Stepping;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;

final class CosimRunTest {
    @TempDir
    private Path temp;

    @Test
    void a_current_profile_drives_a_battery() throws Exception {
        Path folder = Files.createDirectories(temp.resolve("battery"));
        Files.copy(Fixtures.model(temp).resolve("battery.fmu"), folder.resolve("battery.fmu"));
        Files.writeString(folder.resolve("input.csv"), "Time [s],Current [A]\n0,-5\n60,0\n90,2.5\n");
        Files.writeString(folder.resolve("parameters.json"), "{\"/battery/Initial_SoC\": 0.5, \"New_Capacity\": 5}");

        CosimReport report = CosimRun.run(new CosimOptions(folder, 120, 1, Optional.empty()));

        assertThat(report.failure()).isNull();
        assertThat(report.rows()).isEqualTo(121);
        assertThat(report.realTimeFactor()).isPositive();
        List<String> lines = Files.readAllLines(folder.resolve("results.csv"));
        assertThat(lines.getFirst()).startsWith("Time [s],/battery/Cell_Voltage_01 [V],/battery/SoC [1]");
        double soc = Double.parseDouble(lines.getLast().split(",")[2]);
        assertThat(soc).isCloseTo(0.5 + (-5 * 60 + 2.5 * 30) / 3600 / 5, within(1e-12));
    }

    private CosimOptions pulses(Path out, Optional<Path> checkpoint, double realTimeFactor) throws Exception {
        Path folder = temp.resolve("pulses");
        if (Files.notExists(folder)) {
            Files.createDirectories(folder);
            Files.copy(Fixtures.model(temp).resolve("battery.fmu"), folder.resolve("battery.fmu"));
            Files.writeString(folder.resolve("input.csv"), "Time,Current\n0,-5\n700,0\n1500,-2\n2500,3\n");
        }
        return new CosimOptions(
                folder,
                3000,
                1,
                5,
                Optional.of(out),
                new Stepping(CouplingMethod.ITERATED, 0, 1e-6, Map.of(), realTimeFactor, false),
                new Selection(List.of("/battery/SoC", "*Voltage*:3")),
                checkpoint);
    }

    /** Once in one piece, and once interrupted with this written behind its last row, and gone on with. */
    private void run(Path whole, Path interrupted, String behind) throws Exception {
        assertThat(CosimRun.run(pulses(whole, Optional.empty(), 1e300)).failure())
                .isNull();
        Path checkpoint = temp.resolve("checkpoint");
        CosimOptions slow = pulses(interrupted, Optional.of(checkpoint), 100);
        FutureTask<CosimReport> running = new FutureTask<>(() -> CosimRun.run(slow));
        Thread thread = Thread.ofPlatform().start(running);
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(checkpoint));
        thread.interrupt();
        assertThatThrownBy(running::get).hasCauseInstanceOf(InterruptedException.class);
        Files.writeString(interrupted, behind, StandardOpenOption.APPEND);

        CosimReport report = CosimRun.run(pulses(interrupted, Optional.of(checkpoint), 1e300));

        assertThat(report.failure()).isNull();
        assertThat(report.summary().get("simulatedSeconds")).isEqualTo(3000);
        assertThat(checkpoint).doesNotExist();
    }

    @Test
    void an_interrupted_run_is_gone_on_with_and_its_file_continued() throws Exception {
        Path expected = temp.resolve("expected.csv");
        Path file = temp.resolve("results.csv");

        run(expected, file, "999999.0,1,2\n");

        assertThat(Files.readAllLines(file)).isEqualTo(Files.readAllLines(expected));
    }

    @Test
    void an_interrupted_arrow_file_is_continued() throws Exception {
        Path expected = temp.resolve("expected.arrow");
        Path file = temp.resolve("results.arrow");

        run(expected, file, "no footer");

        assertThat(ArrowRows.of(file)).hasSize(601).isEqualTo(ArrowRows.of(expected));
    }

    @Test
    void a_checkpoint_without_its_rows_is_refused() throws Exception {
        Path checkpoint = temp.resolve("checkpoint");
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(checkpoint))) {
            out.writeLong(0);
        }
        assertThat(CosimRun.run(pulses(temp.resolve("r.csv"), Optional.of(checkpoint), 1e300))
                        .failure())
                .extracting(Failure::code)
                .isEqualTo("checkpoint.malformed");
        Path csv = Files.writeString(temp.resolve("short.csv"), "Time [s],a\n0,1\n");
        assertThatThrownBy(() -> new CsvSink(csv, 2)).isInstanceOf(RefusedException.class);
        new CsvSink(csv, 1).close();
        assertThat(Files.readString(csv)).isEqualTo("Time [s],a\n0,1\n");
    }

    @Test
    void an_unknown_column_and_a_broken_folder_are_told() throws Exception {
        Path folder = Fixtures.model(temp);
        Files.writeString(folder.resolve("input.csv"), "Time,Curent\n0,1\n");

        assertThat(CosimRun.run(CosimOptions.of(folder)).failure())
                .extracting(Failure::code)
                .isEqualTo("stimulus.unknown_signal");
        Files.writeString(folder.resolve("connections.json"), "[]");
        CosimReport report = CosimRun.run(CosimOptions.of(folder));
        assertThat(report.failure()).extracting(Failure::code).isEqualTo("connections.malformed");
        assertThat(report.findings()).isNotEmpty();
    }
}
