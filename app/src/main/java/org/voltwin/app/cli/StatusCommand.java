package org.voltwin.app.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.voltwin.app.config.DataFolder;
import org.voltwin.app.supervisor.PlatformStatus;
import org.voltwin.model.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Health, pid, address, memory and uptime of each component. */
@Command(
        name = "status",
        description = "Shows how the platform stands; 1 if not all is up.",
        mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {
    @Mixin
    private PlatformOptions options = new PlatformOptions();

    @Option(names = "--json", description = "One JSON document.")
    private boolean json;

    @Override
    public Integer call() {
        DataFolder data = options.data();
        Optional<PlatformStatus> status = PlatformStatus.read(data);
        if (json) {
            System.out.println(status.map(Json::text).orElse("{\"components\":[],\"supervisorPid\":0}"));
        } else if (status.isEmpty()) {
            System.out.println("Voltwin does not run on " + data.root() + ".");
        } else {
            status.get()
                    .components()
                    .forEach(c -> System.out.printf(
                            "%s  pid %-7d up %s%s%n",
                            LiveTable.line(c),
                            c.pid(),
                            age(c.since()),
                            c.restarts() > 0 ? "  restarts " + c.restarts() : ""));
            System.out.println("  " + status.get().residentMiB() + " MiB resident, all processes");
        }
        return status.map(PlatformStatus::allUp).orElse(false) ? 0 : 1;
    }

    private static String age(Instant since) {
        Duration age = Duration.between(since, Instant.now());
        return age.toHours() > 0
                ? age.toHours() + " h " + age.toMinutesPart() + " min"
                : age.toMinutes() + " min " + age.toSecondsPart() + " s";
    }
}
