package org.voltwin.app.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.voltwin.app.config.DataFolder;
import org.voltwin.app.supervisor.LeftOvers;
import org.voltwin.app.supervisor.PlatformStatus;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops everything in order. */
@Command(name = "down", description = "Stops the platform in order.", mixinStandardHelpOptions = true)
public final class DownCommand implements Callable<Integer> {
    @Mixin
    private PlatformOptions options = new PlatformOptions();

    @Override
    public Integer call() throws Exception {
        Instant begin = Instant.now();
        boolean ran = stop(options.data());
        System.out.println(
                ran
                        ? "Stopped after "
                                + Duration.between(begin, Instant.now()).toSeconds() + " s."
                        : "Voltwin was not running on " + options.data().root() + ".");
        return 0;
    }

    /** Whether there was something to stop. */
    static boolean stop(DataFolder data) throws InterruptedException {
        Optional<PlatformStatus> status = PlatformStatus.read(data);
        if (status.isEmpty()) {
            return LeftOvers.end(data) > 0;
        }
        Optional<ProcessHandle> supervisor = ProcessHandle.of(status.get().supervisorPid());
        if (supervisor.isPresent()) {
            supervisor.get().destroy();
            try {
                supervisor.get().onExit().get(120, TimeUnit.SECONDS);
            } catch (TimeoutException | java.util.concurrent.ExecutionException e) {
                throw new RefusedException(Failure.passing(
                        "down.slow",
                        "The supervisor (process " + status.get().supervisorPid() + ") has not stopped after 120 s.",
                        "Look at ./voltwin logs supervisor and try again."));
            }
        }
        return true;
    }
}
