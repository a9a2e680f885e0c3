package org.voltwin.standalone.stores;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The real process, forked, on free ports. */
final class StoresProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("stores ready documents=(\\d+) sftp=(\\d+) health=(\\d+)");

    private final Process process;
    private final int documentsPort;
    private final int healthPort;

    private StoresProcess(Process process, int documentsPort, int healthPort) {
        this.process = process;
        this.documentsPort = documentsPort;
        this.healthPort = healthPort;
    }

    static StoresProcess start(Path folder) throws IOException {
        Path config = folder.resolve("stores.json");
        Files.writeString(config, """
                {"dataDir": "%s", "documents": {"port": 0}, "sftp": {"port": 0, "users": []}, "healthPort": 0}
                """.formatted(folder.resolve("data")));
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx96m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.voltwin.standalone.stores.Main",
                        config.toString()))
                .redirectErrorStream(true)
                .start();
        BufferedReader output = process.inputReader();
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            said.append(line).append('\n');
            Matcher ready = READY.matcher(line);
            if (ready.find()) {
                Thread.ofVirtual().start(() -> output.lines().forEach(System.out::println));
                return new StoresProcess(process, Integer.parseInt(ready.group(1)), Integer.parseInt(ready.group(3)));
            }
        }
        throw new AssertionError("The process ended: " + said);
    }

    MongoClient client() {
        return MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString("mongodb://127.0.0.1:" + documentsPort
                        + "/?retryWrites=false&serverSelectionTimeoutMS=5000&connectTimeoutMS=2000"))
                .build());
    }

    int healthPort() {
        return healthPort;
    }

    /** Resident memory, KiB, from Linux. */
    long residentKibibytes() throws IOException {
        Matcher resident = Pattern.compile("VmRSS:\\s+(\\d+) kB")
                .matcher(Files.readString(Path.of("/proc/" + process.pid() + "/status")));
        assertThat(resident.find()).isTrue();
        return Long.parseLong(resident.group(1));
    }

    /** {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    /** {@code SIGTERM}. */
    int stop() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
