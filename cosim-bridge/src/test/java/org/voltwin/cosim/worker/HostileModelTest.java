package org.voltwin.cosim.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voltwin.cosim.fmu.FmuFiles;
import org.voltwin.model.failure.Failure;

/** Models that do harm: only their own run ends, as failed and with the cause. */
final class HostileModelTest {
    @TempDir
    private static Path temp = Path.of("");

    @BeforeAll
    static void compile() throws Exception {
        FmuFiles.hostile(temp.resolve("hostile"));
    }

    private Path work(int mode) {
        return temp.resolve("work" + mode);
    }

    private Rows run(int mode) throws Exception {
        Rows rows = new Rows();
        SimulationPlan plan = new SimulationPlan(
                work(mode).resolve("fmus").toString(),
                List.of(new SimulationPlan.ScenarioPlan(1, 5, Map.of("Mode", List.of((double) mode)), Map.of(), null)),
                1,
                1);
        WorkerLimits limits = new WorkerLimits(256L << 20, Duration.ofSeconds(mode == 3 ? 5 : 60), 1);
        try (Simulation simulation =
                Simulation.start(plan, temp.resolve("hostile"), work(mode), limits, rows, "hostile")) {
            simulation.await();
        }
        return rows;
    }

    private String log(int mode) throws Exception {
        return Files.readString(work(mode).resolve(Simulation.LOG_FILE));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1  | fmu.crashed | SIGSEGV
            -1 | fmu.crashed | SIGSEGV
            2  | fmu.crashed | signal 6
            3  | fmu.hang    | gave no row
            4  | fmu.memory  | MiB
            6  | fmu.crashed | doing 6
            8  | fmu.crashed | status 0
            15 | fmu.crashed | signal 11
            """)
    void the_run_fails_with_its_cause(int mode, String code, String cause) throws Exception {
        Rows rows = run(mode);

        assertThat(rows.failure).isNotNull().extracting(Failure::code).isEqualTo(code);
        assertThat(rows.failure.cause()).contains(cause);
        if (!code.equals("fmu.hang") && !code.equals("fmu.memory")) {
            assertThat(rows.failure.cause()).contains("doing " + Math.abs(mode));
        }
        assertThat(rows.done).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource({"9", "17"})
    void what_is_forged_into_the_results_is_no_result(int mode) throws Exception {
        Rows rows = run(mode);

        assertThat(rows.failure).isNotNull().extracting(Failure::code).isEqualTo("fmu.foreign_rows");
    }

    @Test
    void a_model_that_prints_without_end_runs_and_its_log_stays_small() throws Exception {
        Rows rows = run(5);

        assertThat(rows.failure).isNull();
        assertThat(rows.done).isEqualTo(6);
        assertThat(Files.size(work(5).resolve(Simulation.LOG_FILE))).isLessThan(200L << 20);
    }

    @Test
    void processes_network_signals_and_secrets_are_refused() throws Exception {
        Rows rows = run(20);

        assertThat(rows.failure).isNull();
        assertThat(rows.done).isEqualTo(6);
        assertThat(log(20))
                .contains(
                        "fork was refused",
                        "system was refused",
                        "socket was refused",
                        "secret of the environment was refused",
                        "kill was refused",
                        "file inside worked");
    }

    @Test
    void files_outside_are_neither_read_nor_written() throws Exception {
        assumeThat(Sandbox.here().hasWalls())
                .as("bubblewrap does not work on this machine")
                .isTrue();

        run(20);

        assertThat(log(20)).contains("secret file was refused", "file outside was refused");
        assertThat(Path.of("/usr/hostile")).doesNotExist();
    }

    @Test
    void threads_without_end_end_somewhere() throws Exception {
        Rows rows = run(16);

        assertThat(rows.failure != null || rows.done == 6).isTrue();
        assertThat(log(16)).doesNotContain("100000 threads worked");
    }
}
