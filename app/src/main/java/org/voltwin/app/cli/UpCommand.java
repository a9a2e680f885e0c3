package org.voltwin.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.voltwin.app.config.DataFolder;
import org.voltwin.app.config.PlatformConfig;
import org.voltwin.app.config.Secrets;
import org.voltwin.app.supervisor.ComponentStatus;
import org.voltwin.app.supervisor.LeftOvers;
import org.voltwin.app.supervisor.PlatformLayout;
import org.voltwin.app.supervisor.PlatformStatus;
import org.voltwin.app.supervisor.PortCheck;
import org.voltwin.app.supervisor.Processes;
import org.voltwin.app.supervisor.Supervisor;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts everything and keeps it up. */
@Command(name = "up", description = "Starts the whole platform on this machine.", mixinStandardHelpOptions = true)
public final class UpCommand implements Callable<Integer> {
    private static final Duration LONGEST_START = Duration.ofMinutes(4);

    @Mixin
    private PlatformOptions options = new PlatformOptions();

    @Option(names = "--detach", description = "Return when everything is healthy (0) or something failed (1).")
    private boolean detach;

    @Option(names = "--supervise", hidden = true, description = "Be the supervisor of --detach.")
    private boolean supervise;

    @Override
    public Integer call() throws Exception {
        DataFolder data = options.data();
        PlatformConfig config = options.config();
        Optional<PlatformStatus> running = PlatformStatus.read(data);
        if (running.isPresent()) {
            if (detach && running.get().allUp()) {
                System.out.println("Voltwin is up already (" + data.root() + ").");
                announce(config, data);
                return 0;
            }
            throw new RefusedException(Failure.permanent(
                    "up.running_already",
                    "Voltwin runs already on " + data.root() + " (process "
                            + running.get().supervisorPid() + ").",
                    "Look at ./voltwin status, or stop it with ./voltwin down."));
        }
        if (supervise) {
            return superviseUntilStopped(data, config);
        }
        int ended = LeftOvers.end(data);
        if (ended > 0) {
            System.out.println("  " + ended + " processes were left over from a supervisor that was killed: ended.");
        }
        PortCheck.requireFree(config);
        return startSupervisor(data, config);
    }

    private int superviseUntilStopped(DataFolder data, PlatformConfig config) throws InterruptedException {
        Supervisor supervisor = new Supervisor(
                data,
                new PlatformLayout(PlatformOptions.home(), data, config, Secrets.in(data), options.configFile())
                        .components());
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            supervisor.close();
            closed.countDown();
        }));
        supervisor.start();
        closed.await();
        return 0;
    }

    private int startSupervisor(DataFolder data, PlatformConfig config) throws IOException, InterruptedException {
        Path log = data.logs().resolve("supervisor.log");
        Instant begin = Instant.now();
        Process supervisor = new ProcessBuilder(supervisorCommand(data))
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        Thread stop = Thread.ofPlatform().unstarted(() -> endAndWait(supervisor));
        if (!detach) {
            Runtime.getRuntime().addShutdownHook(stop);
        }
        boolean up = new LiveTable(System.out)
                .follow(
                        () -> supervisor.isAlive() ? PlatformStatus.read(data) : noSupervisor(log),
                        begin,
                        LONGEST_START);
        if (!up) {
            PlatformStatus.read(data).ifPresent(UpCommand::explainFailure);
            endAndWait(supervisor);
            return 1;
        }
        announce(config, data);
        if (!detach) {
            System.out.println("Ctrl-C stops everything.");
            return supervisor.waitFor();
        }
        return 0;
    }

    private static void endAndWait(Process supervisor) {
        supervisor.destroy();
        supervisor.onExit().join();
    }

    /** In a session of its own, so that neither Ctrl-C nor a closed terminal ends everything at once and in disorder. */
    private List<String> supervisorCommand(DataFolder data) {
        List<String> command = new ArrayList<>(List.of("setsid"));
        command.addAll(PlatformLayout.javaCommand(PlatformOptions.home(), data, "supervisor", 48));
        command.add("org.voltwin.app.Main");
        command.addAll(List.of("up", "--supervise", "--data", data.root().toString()));
        Path configFile = options.configFile();
        if (configFile != null) {
            command.addAll(List.of("--config", configFile.toString()));
        }
        return command;
    }

    private static Optional<PlatformStatus> noSupervisor(Path log) {
        throw new RefusedException(Failure.passing(
                "up.supervisor_ended", "The supervisor ended while it started the platform.", "See " + log + "."));
    }

    private static void explainFailure(PlatformStatus status) {
        for (ComponentStatus component : status.components()) {
            switch (component.state()) {
                case UP, WAITING, STOPPED -> {}
                case STARTING, DOWN, FAILED -> {
                    System.err.println("voltwin: " + component.name() + " is "
                            + component.state().id() + ". " + component.detail());
                    LogsCommand.lastLines(status, component.name(), 15)
                            .forEach(line -> System.err.println("    " + line));
                }
            }
        }
    }

    static void announce(PlatformConfig config, DataFolder data) {
        Secrets secrets = Secrets.in(data);
        long resident =
                PlatformStatus.read(data).map(PlatformStatus::residentMiB).orElse(0L);
        System.out.println();
        System.out.println("  Dashboards     " + config.publicUrl());
        System.out.println("  Ditto          http://localhost:" + config.ports().ditto() + "/api/2");
        System.out.println("  Hono           mqtt://localhost:" + config.ports().honoMqtt() + "   http://localhost:"
                + config.ports().honoHttp());
        System.out.println(
                "  LIMS broker    mqtts://localhost:" + config.ports().limsBrokerTls());
        System.out.println(
                "  Keycloak       http://localhost:" + config.ports().keycloak() + "/realms/voltwin/account");
        System.out.println("  Memory         " + resident + " MiB resident, all processes");
        System.out.println();
        System.out.println("  Demonstration users (this data folder only)");
        for (String[] user : DEMONSTRATION_USERS) {
            System.out.printf("    %-6s %-26s %s%n", user[0], secrets.get("password." + user[0]), user[1]);
        }
        System.out.println();
    }

    private static final String[][] DEMONSTRATION_USERS = {
        {"erin", "test-engineer: files requests"},
        {"vic", "viewer: looks"},
        {"mia", "model-author: shares models"},
        {"ada", "lab-admin: users, roles, policies"},
    };

    static boolean isRunning(DataFolder data) {
        return PlatformStatus.read(data)
                .filter(status -> Processes.isOurs(status.supervisorPid(), data))
                .isPresent();
    }

    static void requireRunning(DataFolder data) {
        if (!isRunning(data) || !Files.exists(data.root())) {
            throw new RefusedException(Failure.permanent(
                    "platform.not_running", "Voltwin does not run on " + data.root() + ".", "Start it: ./voltwin up."));
        }
    }
}
