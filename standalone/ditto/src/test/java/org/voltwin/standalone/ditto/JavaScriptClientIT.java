package org.voltwin.standalone.ditto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The npm package of Ditto's JavaScript client in Node; what it shows is in src/it/javascript-client. */
class JavaScriptClientIT {
    private static final Path PROBE = Path.of("src/it/javascript-client");
    private static final int INSTALL_SECONDS = 120;
    private static final int PROBE_SECONDS = 60;

    @TempDir
    Path folder;

    @Test
    void theDocumentedExamplesWork() throws Exception {
        assumeTrue(isThere("node") && isThere("npm"), "node and npm are not installed");
        for (String file : List.of("package.json", "package-lock.json", "probe.mjs")) {
            Files.copy(PROBE.resolve(file), folder.resolve(file));
        }
        run(INSTALL_SECONDS, "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
        try (var ditto = new RunningDitto(folder)) {
            String output = run(
                    PROBE_SECONDS,
                    "node",
                    "probe.mjs",
                    "127.0.0.1:" + ditto.port(),
                    ditto.issuer().token("alice"));

            assertThat(output).endsWith("DONE\n");
        }
    }

    private static boolean isThere(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(part -> Files.isExecutable(Path.of(part, program)));
    }

    private String run(int seconds, String... command) throws Exception {
        Path output = folder.resolve(command[0] + ".log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
        process.destroyForcibly();
        String said = Files.readString(output);
        assertThat(ended).as("%s ends: %s", command[0], said).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
