package org.voltwin.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.app.config.DataFolder;
import org.voltwin.app.supervisor.PlatformLayout;

/** The packaged command line finds the solver's library where the build unpacked it. */
class NativeSolverIT {
    @Test
    void aProofLeavesNothingInTheTemporaryFolder(@TempDir Path folder, @TempDir Path temporary) throws Exception {
        Path home = Path.of("").toAbsolutePath().getParent();
        List<String> command = new ArrayList<>(PlatformLayout.javaCommand(home, new DataFolder(folder), "cli", 256));
        command.add(1, "-Djava.io.tmpdir=" + temporary);
        command.addAll(List.of("org.voltwin.app.Main", "schedule", "docs/examples/project.sm", "--format", "rcpsp"));
        File said = folder.resolve("said.txt").toFile();

        Process process = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said)
                .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }

        assertThat(said).content(UTF_8).startsWith("Makespan 37 (serial generation), no plan is below 37 (CP-SAT)");
        // A start that has to unpack the library takes a second longer, and leaves 70 MB behind when it is killed.
        assertThat(unpacked(temporary)).isEmpty();
    }

    private static List<String> unpacked(Path temporary) throws IOException {
        try (var made = Files.walk(temporary)) {
            return made.map(Path::toString)
                    .filter(name -> name.contains("ortools"))
                    .toList();
        }
    }
}
