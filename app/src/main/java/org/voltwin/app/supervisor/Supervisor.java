package org.voltwin.app.supervisor;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.app.config.DataFolder;

/** Starts components in the order of their needs, keeps them up, stops them in reverse order. */
public final class Supervisor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final DataFolder data;
    private final Instant startedAt = Instant.now();
    private final Map<String, SupervisedProcess> components = new LinkedHashMap<>();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("status").factory());

    public Supervisor(DataFolder data, List<ComponentSpec> specs) {
        this.data = data;
        for (ComponentSpec spec : specs) {
            components.put(spec.name(), new SupervisedProcess(spec, this::needsAreUp, http));
        }
    }

    /** Ends what a killed supervisor of the same data folder left running, then starts everything. */
    public void start() {
        LeftOvers.end(data);
        for (SupervisedProcess component : components.values()) {
            Thread.ofVirtual().name(component.spec().name()).start(() -> watch(component));
        }
        clock.scheduleWithFixedDelay(this::publish, 0, 500, TimeUnit.MILLISECONDS);
    }

    private void watch(SupervisedProcess component) {
        try {
            component.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("The watch over {} ended", component.spec().name(), e);
        }
    }

    private boolean needsAreUp(ComponentSpec spec) {
        return spec.needs().stream().allMatch(name -> {
            SupervisedProcess needed = components.get(name);
            return needed != null && needed.state() == ComponentState.UP;
        });
    }

    public PlatformStatus status() {
        return new PlatformStatus(
                ProcessHandle.current().pid(),
                startedAt,
                Instant.now(),
                components.values().stream().map(SupervisedProcess::status).toList());
    }

    private void publish() {
        try {
            status().write(data);
        } catch (RuntimeException e) {
            LOG.warn("The status could not be written: {}", e.getMessage());
        }
    }

    /** Stops everything, what others need last. */
    @Override
    public void close() {
        List<SupervisedProcess> order = new ArrayList<>(components.values()).reversed();
        clock.shutdownNow();
        for (SupervisedProcess component : order) {
            try {
                component.stop(PATIENCE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        try {
            Files.deleteIfExists(PlatformStatus.file(data));
        } catch (IOException e) {
            LOG.warn("The status file could not be removed: {}", e.getMessage());
        }
    }
}
