package org.voltwin.app.supervisor;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one component running: starts it when what it needs is up, asks for its health, brings it back when it ends or
 * hangs. One thread owns it; {@link #status} and {@link #stop} may be called from others.
 */
final class SupervisedProcess {
    private static final Logger LOG = LoggerFactory.getLogger(SupervisedProcess.class);
    private static final int STARTS_BEFORE_FAILED = 4;
    private static final int UNHEALTHY_BEFORE_RESTART = 20;
    private static final Duration LONGEST_START = Duration.ofSeconds(180);

    private final ComponentSpec spec;
    private final Predicate<ComponentSpec> mayStart;
    private final HttpClient http;
    private @Nullable Process process;
    private ComponentState state = ComponentState.WAITING;
    private Instant since = Instant.now();
    private String detail = "";
    private int restarts;
    private boolean stopping;
    private boolean wasUp;

    SupervisedProcess(ComponentSpec spec, Predicate<ComponentSpec> mayStart, HttpClient http) {
        this.spec = spec;
        this.mayStart = mayStart;
        this.http = http;
    }

    ComponentSpec spec() {
        return spec;
    }

    /** Runs until {@link #stop}. */
    void run() throws InterruptedException {
        int attempts = 0;
        while (!isStopping()) {
            awaitNeeds();
            if (isStopping()) {
                return;
            }
            Instant started = Instant.now();
            boolean reachedUp = runOnce();
            if (isStopping()) {
                return;
            }
            boolean lastedLong = Duration.between(started, Instant.now()).toSeconds() > 30;
            attempts = reachedUp && lastedLong ? 0 : attempts + 1;
            if (attempts >= STARTS_BEFORE_FAILED && !everUp()) {
                enter(ComponentState.FAILED, "ended " + attempts + " times before it was up; see " + spec.log());
            }
            pause(Duration.ofMillis(Math.min(10_000, 200L << Math.min(attempts, 6))));
            countRestart();
        }
    }

    private void awaitNeeds() throws InterruptedException {
        while (!isStopping() && !mayStart.test(spec)) {
            pause(Duration.ofMillis(200));
        }
    }

    private boolean runOnce() throws InterruptedException {
        Process started;
        try {
            started = launch();
        } catch (IOException e) {
            enter(ComponentState.DOWN, "cannot be started: " + e.getMessage());
            return false;
        }
        boolean up = false;
        int unhealthy = 0;
        Instant begin = Instant.now();
        while (!started.waitFor(up ? 2000 : 250, TimeUnit.MILLISECONDS)) {
            if (spec.health().isReady(http)) {
                unhealthy = 0;
                if (!up) {
                    up = true;
                    enter(ComponentState.UP, "");
                }
            } else if (up && ++unhealthy >= UNHEALTHY_BEFORE_RESTART) {
                LOG.warn("{} does not answer any more: it is ended and started again", spec.name());
                started.destroyForcibly();
            } else if (!up && Duration.between(begin, Instant.now()).compareTo(LONGEST_START) > 0) {
                LOG.warn(
                        "{} was not up after {} s: it is ended and started again",
                        spec.name(),
                        LONGEST_START.toSeconds());
                started.destroyForcibly();
            }
        }
        if (!isStopping()) {
            LOG.warn("{} ended with status {}", spec.name(), started.exitValue());
            enter(ComponentState.DOWN, "ended with status " + started.exitValue());
        }
        return up;
    }

    private synchronized Process launch() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(spec.command());
        builder.environment().putAll(spec.environment());
        builder.redirectErrorStream(true);
        builder.redirectInput(Redirect.from(new java.io.File("/dev/null")));
        builder.redirectOutput(Redirect.appendTo(spec.log().toFile()));
        Process started = builder.start();
        process = started;
        state = ComponentState.STARTING;
        since = Instant.now();
        LOG.info("{} started as process {}", spec.name(), started.pid());
        return started;
    }

    /** Ends the process: asks first, insists after a while. */
    void stop(Duration patience) throws InterruptedException {
        Process running;
        synchronized (this) {
            stopping = true;
            running = process;
            notifyAll();
        }
        if (running != null && running.isAlive()) {
            running.destroy();
            if (!running.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                running.destroyForcibly().waitFor();
            }
        }
        enter(ComponentState.STOPPED, "");
    }

    private synchronized void pause(Duration length) throws InterruptedException {
        long until = System.nanoTime() + length.toNanos();
        long left = length.toMillis();
        while (!stopping && left > 0) {
            wait(left);
            left = (until - System.nanoTime()) / 1_000_000;
        }
    }

    private synchronized boolean isStopping() {
        return stopping;
    }

    private synchronized boolean everUp() {
        return wasUp;
    }

    private synchronized void countRestart() {
        restarts++;
    }

    private synchronized void enter(ComponentState next, String why) {
        if (state != next) {
            since = Instant.now();
        }
        wasUp |= next == ComponentState.UP;
        state = next;
        detail = why;
    }

    synchronized ComponentState state() {
        return state;
    }

    synchronized ComponentStatus status() {
        Process now = process;
        long pid = now != null && now.isAlive() ? now.pid() : 0;
        return new ComponentStatus(
                spec.name(),
                spec.purpose(),
                state,
                pid,
                spec.address(),
                Processes.residentMiB(pid),
                since,
                restarts,
                detail);
    }
}
