package org.voltwin.cosim.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.cosim.Fixtures;
import org.voltwin.cosim.fmu.FmuFiles;
import org.voltwin.model.failure.Failure;

final class WorkerIsolationTest {
    @TempDir
    private Path temp;

    private Rows run(double mode) throws Exception {
        return run(mode, 20, 1, Rows.LIMITS);
    }

    private Rows run(double mode, double stop, double interval, WorkerLimits limits) throws Exception {
        FmuFiles.bad(temp.resolve("bad"));
        return Rows.of(
                temp.resolve("bad"), temp.resolve("work"), stop, interval, Map.of("Mode", List.of(mode)), 1, limits);
    }

    @Test
    void a_crash_ends_only_the_run_with_the_last_log_lines() throws Exception {
        Rows rows = run(1);

        assertThat(rows.failure).extracting(Failure::code).isEqualTo("fmu.crashed");
        assertThat(rows.failure.cause()).contains("signal 6").contains("about to crash");
    }

    @Test
    void a_hang_is_ended() throws Exception {
        Rows rows = run(2, 20, 1, Rows.SOON);

        assertThat(rows.failure).extracting(Failure::code).isEqualTo("fmu.hang");
    }

    /** Steps of 0.1 s, no row for 3.5 s, and 3 s of silence allowed. */
    @Test
    void slow_steps_without_rows_are_no_hang() throws Exception {
        Rows rows = run(5, 40, 40, Rows.SOON);

        assertThat(rows.failure).isNull();
        assertThat(rows.done).isEqualTo(2);
    }

    @Test
    void what_a_model_prints_does_not_get_between_the_rows() throws Exception {
        Rows rows = run(3);

        assertThat(rows.failure).isNull();
        assertThat(rows.done).isEqualTo(21);
        assertThat(rows.rows).extracting(RowObserver.Row::sequence).hasSize(21).doesNotHaveDuplicates();
        assertThat(Files.readString(temp.resolve("work").resolve(Simulation.LOG_FILE)))
                .contains("noise");
    }

    @Test
    void an_error_of_the_model_is_told_in_its_words() throws Exception {
        Rows rows = run(4);

        assertThat(rows.failure).extracting(Failure::code).isEqualTo("fmu.step_failed");
        assertThat(rows.failure.cause()).contains("the test's own error");
    }

    @Test
    void unknown_parameters_are_refused() throws Exception {
        Rows rows = Rows.of(Fixtures.model(temp), temp.resolve("work"), 10, 1, Map.of("Initial_Soc", List.of(0.5)));

        assertThat(rows.failure).extracting(Failure::code).isEqualTo("parameter.unknown");
    }

    @Test
    void a_worker_whose_parent_is_gone_ends_by_itself() throws Exception {
        FmuFiles.bad(temp.resolve("bad"));
        Path plan = temp.resolve("plan.json");
        Files.write(
                plan,
                org.voltwin.model.json.Json.bytes(new SimulationPlan(
                        temp.resolve("bad").toString(),
                        List.of(new SimulationPlan.ScenarioPlan(1, 20, Map.of("Mode", List.of(2.0)), Map.of(), null)),
                        1,
                        1)));
        WorkerProcess worker =
                WorkerProcess.start(plan, temp, temp.resolve("checkpoint"), temp.resolve("log"), Rows.LIMITS);
        ProcessHandle handle = ProcessHandle.of(worker.pid()).orElseThrow();

        worker.closeInput();

        assertThat(handle.onExit().get(20, TimeUnit.SECONDS)).isNotNull();
    }
}
