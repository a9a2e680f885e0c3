package org.voltwin.app.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.app.config.DataFolder;

class SupervisorTest {
    @TempDir
    private Path folder;

    /** A real process that listens on the port until it is ended. */
    private ComponentSpec listener(String name, int port, Set<String> needs, DataFolder data) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ComponentSpec(
                name,
                "a test",
                List.of(
                        java,
                        "-Xmx16m",
                        "-XX:+UseSerialGC",
                        Processes.marker(data),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Listener.class.getName(),
                        String.valueOf(port)),
                Map.of(),
                data.logs().resolve(name + ".log"),
                new Health.Tcp("127.0.0.1", port),
                needs,
                "localhost:" + port);
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static ComponentStatus status(Supervisor supervisor, String name) {
        return supervisor.status().components().stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void startsInTheOrderOfNeedsBringsBackWhatIsKilledAndStopsAll() throws Exception {
        DataFolder data = DataFolder.at(folder);
        List<ComponentSpec> specs = List.of(
                listener("second", freePort(), Set.of("first"), data), listener("first", freePort(), Set.of(), data));
        Supervisor supervisor = new Supervisor(data, specs);
        supervisor.start();
        await().atMost(Duration.ofSeconds(30)).until(() -> supervisor.status().allUp());
        assertThat(status(supervisor, "first").since())
                .isBefore(status(supervisor, "second").since());

        long killed = status(supervisor, "first").pid();
        ProcessHandle.of(killed).orElseThrow().destroyForcibly();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> supervisor.status().allUp()
                        && status(supervisor, "first").pid() != killed);
        assertThat(status(supervisor, "first").restarts()).isEqualTo(1);

        List<Long> pids = supervisor.status().components().stream()
                .map(ComponentStatus::pid)
                .toList();
        supervisor.close();
        assertThat(pids)
                .noneMatch(pid ->
                        ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent());
    }

    @Test
    void aNewSupervisorEndsWhatAKilledOneLeft() throws Exception {
        DataFolder data = DataFolder.at(folder);
        int port = freePort();
        ComponentSpec spec = listener("only", port, Set.of(), data);
        Process left = new ProcessBuilder(spec.command()).start();

        Supervisor supervisor = new Supervisor(data, List.of(spec));
        supervisor.start();
        await().atMost(Duration.ofSeconds(30)).until(() -> supervisor.status().allUp());

        assertThat(left.isAlive()).isFalse();
        supervisor.close();
    }

    @Test
    void whatNeverComesUpIsFailedAndSaysWhere() throws Exception {
        DataFolder data = DataFolder.at(folder);
        ComponentSpec bad = new ComponentSpec(
                "bad",
                "a test",
                List.of("false"),
                Map.of(),
                data.logs().resolve("bad.log"),
                new Health.Tcp("127.0.0.1", freePort()),
                Set.of(),
                "nowhere");
        Supervisor supervisor = new Supervisor(data, List.of(bad));
        supervisor.start();

        await().atMost(Duration.ofSeconds(30))
                .until(() -> supervisor.status().failed().isPresent());
        assertThat(status(supervisor, "bad").detail()).contains("bad.log");
        supervisor.close();
    }
}
