package org.voltwin.standalone.ditto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real ditto-client 2.4.0 in a JVM of its own: its model classes must not meet ours. */
class DittoClientIT {
    @TempDir
    Path folder;

    @Test
    void theRealClientWorks() throws Exception {
        try (var ditto = new RunningDitto(folder)) {
            Path output = folder.resolve("probe.log");
            Process probe = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx128m",
                            "-cp",
                            "target/ditto-client-lib/*",
                            "src/it/client/ClientProbe.java",
                            "ws://127.0.0.1:" + ditto.port(),
                            ditto.issuer().token("alice"),
                            ditto.issuer().token("bob"))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try {
                assertThat(probe.waitFor(60, TimeUnit.SECONDS))
                        .as("the probe ends")
                        .isTrue();
            } finally {
                probe.destroyForcibly();
            }

            assertThat(Files.readString(output)).contains("DONE");
            assertThat(probe.exitValue()).isZero();
        }
    }
}
