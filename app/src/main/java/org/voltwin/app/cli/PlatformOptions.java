package org.voltwin.app.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.voltwin.app.config.DataFolder;
import org.voltwin.app.config.PlatformConfig;
import picocli.CommandLine.Option;

/** Options of every command that deals with a running platform. */
final class PlatformOptions {
    @Option(names = "--data", paramLabel = "DIR", description = "Data folder (default: .voltwin in the repository).")
    private @Nullable Path dataOption;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration (default: voltwin.yaml in the current folder, if it is there).")
    private @Nullable Path configOption;

    DataFolder data() {
        Path chosen = dataOption;
        return DataFolder.at(chosen != null ? chosen : home().resolve(".voltwin"));
    }

    PlatformConfig config() {
        return PlatformConfig.load(configFile());
    }

    @Nullable Path configFile() {
        Path chosen = configOption;
        if (chosen != null) {
            return chosen.toAbsolutePath();
        }
        Path here = Path.of("voltwin.yaml").toAbsolutePath();
        return Files.isRegularFile(here) ? here : null;
    }

    /** The repository's root, given by the script that starts this. */
    static Path home() {
        return Path.of(System.getProperty("voltwin.home", ".")).toAbsolutePath().normalize();
    }
}
