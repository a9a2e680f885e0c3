package org.voltwin.standalone.ditto.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What Ditto's system tests do with the real client, done with the real client, in a JVM of its own: its 2.4.0 models
 * must not meet the 3.8.0 ones.
 */
class ClientConformanceIT {
    @TempDir
    Path folder;

    @Test
    void theRealClientFindsWhatItExpects() throws Exception {
        SharedDitto ditto = SharedDitto.get();
        String tokens = Stream.of("alice", "bob", "carol")
                .map(user -> user + "=" + ditto.token(user))
                .collect(Collectors.joining(","));
        Path output = folder.resolve("probe.log");
        Process probe = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx192m",
                        "-cp",
                        "target/ditto-client-lib/*",
                        "src/it/client/conformance/ConformanceProbe.java",
                        "http://127.0.0.1:" + ditto.running().port(),
                        tokens)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(probe.waitFor(180, TimeUnit.SECONDS))
                    .as("the probe ends")
                    .isTrue();
        } finally {
            probe.destroyForcibly();
        }
        assertThat(Files.readString(output)).contains("DONE").doesNotContain("FAILED");
    }
}
