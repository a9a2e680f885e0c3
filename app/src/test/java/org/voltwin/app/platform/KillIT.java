package org.voltwin.app.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.voltwin.model.json.Json;

/** What was acknowledged survives kill -9 of any process while both kinds of runs are under way. */
@EnabledIfSystemProperty(
        named = "voltwin.platformTests",
        matches = "true",
        disabledReason = "needs all processes packaged: run ./voltwin test")
@ExtendWith(RunningPlatform.class)
class KillIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Platform platform;

    KillIT(Platform platform) {
        this.platform = platform;
    }

    @Test
    void ofTheProcessesThatDoTheWork() throws Exception {
        killDuringADemo(List.of("worker", "ditto", "edge", "rooms", "bench"));
    }

    @Test
    void ofTheProcessesThatKeepTheData() throws Exception {
        killDuringADemo(List.of("kafka", "stores", "keycloak"));
    }

    /** The rest goes on meanwhile; the next up takes over. */
    @Test
    void ofTheSupervisor() throws Exception {
        Platform.Running demo = demoUnderWay();

        end(platform.status().path("supervisorPid").asLong());
        Platform.Ran up = platform.voltwin("up", "--detach");

        assertThat(up.status()).as("%s%s", up.out(), up.err()).isZero();
        assertWhole(demo);
    }

    private void killDuringADemo(List<String> victims) throws Exception {
        Platform.Running demo = demoUnderWay();

        for (String victim : victims) {
            assertThat(running()).as("runs under way when %s is killed", victim).isPositive();
            if (victim.equals("worker")) {
                killWorker();
            } else {
                kill(victim);
            }
        }
        assertWhole(demo);
    }

    private Platform.Running demoUnderWay() throws Exception {
        platform.undisturbedDemo();
        Platform.Running demo = platform.start("demo", "--json", "--timeout", "400");
        await().atMost(PATIENCE).until(() -> running() == 2);
        return demo;
    }

    /** Both runs completed, with every row that an undisturbed run has. */
    private void assertWhole(Platform.Running demo) throws Exception {
        long rows =
                platform.undisturbedDemo().get(0).path("result").path("rows").asLong();
        Platform.Ran ran = demo.finish();
        assertThat(ran.status()).as("%s%s", ran.out(), ran.err()).isZero();
        JsonNode tests = Json.mapper().readTree(ran.out()).path("tests");
        assertThat(tests).hasSize(2);
        for (JsonNode test : tests) {
            assertThat(test.path("result").path("rows").asLong()).isEqualTo(rows);
            platform.assertComplete(test);
        }
    }

    private long running() throws Exception {
        return platform.get("vic", "/api/tests/analytics")
                .body()
                .path("byStage")
                .path("running")
                .asLong();
    }

    /** The process in which the virtual bench steps the FMUs. */
    private void killWorker() throws Exception {
        ProcessHandle worker = ProcessHandle.of(platform.pid("rooms"))
                .orElseThrow()
                .descendants()
                .filter(child -> commandLine(child.pid()).contains("WorkerMain"))
                .findFirst()
                .orElseThrow();
        end(worker.pid());
    }

    private static void end(long pid) throws Exception {
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        process.destroyForcibly();
        process.onExit().get(30, TimeUnit.SECONDS);
    }

    /** Whole, which ProcessHandle's is not when the class path is long. */
    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException ended) {
            return "";
        }
    }

    private void kill(String component) throws Exception {
        long pid = platform.pid(component);
        end(pid);
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> platform.voltwin("status").status() == 0 && platform.pid(component) != pid);
    }
}
