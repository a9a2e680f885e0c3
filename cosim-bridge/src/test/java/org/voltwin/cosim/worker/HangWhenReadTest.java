package org.voltwin.cosim.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.cosim.fmu.FmuFiles;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.json.Json;

/** Values are read by critical calls, which hold up the whole Java machine: a model that hangs in one is the worst. */
final class HangWhenReadTest {
    private static final Map<String, List<Double>> MODE = Map.of("Mode", List.of(6.0));

    @TempDir
    private Path temp;

    @Test
    void the_run_fails_as_hanging() throws Exception {
        FmuFiles.bad(temp.resolve("bad"));

        Rows rows = Rows.of(temp.resolve("bad"), temp.resolve("work"), 20, 1, MODE, 1, Rows.SOON);

        assertThat(rows.failure).extracting(Failure::code).isEqualTo("fmu.hang");
    }

    @Test
    void the_worker_ends_with_its_parent() throws Exception {
        FmuFiles.bad(temp.resolve("bad"));
        Path plan = temp.resolve("plan.json");
        Path log = temp.resolve("log");
        Files.write(
                plan,
                Json.bytes(new SimulationPlan(
                        temp.resolve("bad").toString(),
                        List.of(new SimulationPlan.ScenarioPlan(1, 20, MODE, Map.of(), null)),
                        1,
                        1)));
        WorkerProcess worker = WorkerProcess.start(plan, temp, temp.resolve("checkpoint"), log, Rows.LIMITS);
        ProcessHandle handle = ProcessHandle.of(worker.pid()).orElseThrow();
        Awaitility.await()
                .atMost(20, TimeUnit.SECONDS)
                .until(() -> Files.readString(log).contains("bad: 3 logStatusError: about to hang"));

        worker.closeInput();

        assertThat(handle.onExit().get(20, TimeUnit.SECONDS)).isNotNull();
    }
}
