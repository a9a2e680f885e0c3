package org.voltwin.benchmark.ditto;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The standalone Ditto as a process of its own, durable store and all. */
final class StandaloneProcess implements AutoCloseable {
    private static final long START_TIMEOUT_NANOS = TimeUnit.MINUTES.toNanos(2);

    private final Process process;
    private final double startSeconds;

    private StandaloneProcess(Process process, double startSeconds) {
        this.process = process;
        this.startSeconds = startSeconds;
    }

    /** Returns when {@code /health} answers 200. */
    static StandaloneProcess start(Path target, Path folder, int port, String heap) throws IOException {
        Path config = folder.resolve("ditto.conf");
        Files.writeString(config, """
                ditto.standalone.data-dir = "%s"
                ditto.gateway.http.port = %d
                ditto.gateway.authentication.pre-authentication.enabled = true
                """.formatted(folder.resolve("data"), port));
        long start = System.nanoTime();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + heap,
                        "-XX:+UseSerialGC",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        target.resolve("voltwin-standalone-ditto-0.1.0-SNAPSHOT.jar") + ":" + target.resolve("lib")
                                + "/*",
                        "org.voltwin.standalone.ditto.Main",
                        config.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("ditto.log").toFile()))
                .start();
        while (!healthy(port)) {
            if (!process.isAlive() || System.nanoTime() - start > START_TIMEOUT_NANOS) {
                process.destroyForcibly();
                throw new IOException("It does not start; see " + folder.resolve("ditto.log") + ".");
            }
            java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        return new StandaloneProcess(process, (System.nanoTime() - start) / 1e9);
    }

    private static boolean healthy(int port) {
        try {
            var connection = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + port + "/health").toURL().openConnection();
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        }
    }

    double startSeconds() {
        return startSeconds;
    }

    /** Resident memory now; Linux only. */
    double residentMegabytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
            }
        }
        return Double.NaN;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
