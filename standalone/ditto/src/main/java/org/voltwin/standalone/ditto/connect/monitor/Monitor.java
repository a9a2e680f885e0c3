package org.voltwin.standalone.ditto.connect.monitor;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.connectivity.model.AddressMetric;
import org.eclipse.ditto.connectivity.model.ConnectionId;
import org.eclipse.ditto.connectivity.model.ConnectivityModelFactory;
import org.eclipse.ditto.connectivity.model.LogCategory;
import org.eclipse.ditto.connectivity.model.LogEntry;
import org.eclipse.ditto.connectivity.model.LogLevel;
import org.eclipse.ditto.connectivity.model.LogType;
import org.eclipse.ditto.connectivity.model.Measurement;
import org.eclipse.ditto.connectivity.model.MetricType;
import org.eclipse.ditto.connectivity.model.signals.commands.query.RetrieveConnectionLogsResponse;
import org.eclipse.ditto.connectivity.model.signals.commands.query.RetrieveConnectionMetricsResponse;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.config.ConnectivitySettings.LogSettings;

/** Counts what happens on a connection, always, and keeps its log while somebody wants it. Thread-safe. */
public final class Monitor {
    private static final int MAX_MESSAGE = 1_000;

    private record CountKey(boolean inbound, String address, MetricType type, boolean success) {}

    private record LogKey(LogCategory category, LogType type, String address, LogLevel level) {}

    private final LogSettings settings;
    private final Clock clock;
    private final Map<CountKey, SlidingCount> counts = new LinkedHashMap<>();
    private final Map<LogKey, Deque<LogEntry>> log = new HashMap<>();
    private @Nullable Instant enabledSince;
    private Instant enabledUntil = Instant.MIN;

    public Monitor(LogSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Counts it and, while the log is on, writes it down. */
    public synchronized void record(Incident incident) {
        Instant now = clock.instant();
        var key = new CountKey(
                incident.category() == LogCategory.SOURCE, incident.address(), incident.type(), incident.success());
        counts.computeIfAbsent(key, ignored -> new SlidingCount()).add(now);
        LogType type = LogType.forType(incident.type().getName()).orElse(LogType.OTHER);
        write(incident, type, now);
    }

    /** Writes down something about the connection itself. */
    public synchronized void note(boolean success, String message) {
        var about =
                new Incident(LogCategory.CONNECTION, MetricType.OTHER, "", success, "<not-provided>", null, message);
        write(about, LogType.OTHER, clock.instant());
    }

    private void write(Incident incident, LogType type, Instant now) {
        if (!now.isBefore(enabledUntil)) {
            return;
        }
        LogLevel level = incident.success() ? LogLevel.SUCCESS : LogLevel.FAILURE;
        var key = new LogKey(incident.category(), type, incident.address(), level);
        Deque<LogEntry> entries = log.computeIfAbsent(key, ignored -> new ArrayDeque<>());
        int capacity = incident.success() ? settings.successCapacity() : settings.failureCapacity();
        while (!entries.isEmpty() && entries.size() >= capacity) {
            entries.removeFirst();
        }
        String text = incident.message();
        var entry = ConnectivityModelFactory.newLogEntryBuilder(
                incident.correlationId(),
                now,
                incident.category(),
                type,
                level,
                text.length() > MAX_MESSAGE ? text.substring(0, MAX_MESSAGE) : text);
        if (!incident.address().isEmpty()) {
            entry.address(incident.address());
        }
        if (incident.entity() != null) {
            entry.entityId(incident.entity());
        }
        entries.addLast(entry.build());
    }

    /** Keeps the log from now on, for the configured time. */
    public synchronized void enableLog() {
        Instant now = clock.instant();
        if (!now.isBefore(enabledUntil)) {
            enabledSince = now;
        }
        enabledUntil = now.plus(settings.duration());
    }

    /** Nothing is written down any more, and what was is gone. */
    public synchronized void muteLog() {
        enabledSince = null;
        enabledUntil = Instant.MIN;
        log.clear();
    }

    public synchronized void resetLog() {
        log.clear();
        note(true, "Successfully reset the logs.");
    }

    public synchronized void resetCounts() {
        counts.clear();
    }

    public synchronized RetrieveConnectionLogsResponse log(ConnectionId id) {
        boolean on = clock.instant().isBefore(enabledUntil);
        if (!on) {
            muteLog();
        }
        List<LogEntry> entries = log.values().stream()
                .flatMap(Deque::stream)
                .sorted(Comparator.comparing(LogEntry::getTimestamp))
                .toList();
        return RetrieveConnectionLogsResponse.of(
                id, entries, enabledSince, on ? enabledUntil : null, DittoHeaders.empty());
    }

    public synchronized RetrieveConnectionMetricsResponse metrics(ConnectionId id) {
        Map<String, AddressMetric> sources = byAddress(true);
        Map<String, AddressMetric> targets = byAddress(false);
        return RetrieveConnectionMetricsResponse.getBuilder(id, DittoHeaders.empty())
                .connectionMetrics(ConnectivityModelFactory.newConnectionMetrics(total(true), total(false)))
                .sourceMetrics(ConnectivityModelFactory.newSourceMetrics(sources))
                .targetMetrics(ConnectivityModelFactory.newTargetMetrics(targets))
                .build();
    }

    private Map<String, AddressMetric> byAddress(boolean inbound) {
        var byAddress = new LinkedHashMap<String, Set<Measurement>>();
        counts.forEach((key, count) -> {
            if (key.inbound() == inbound) {
                byAddress
                        .computeIfAbsent(key.address(), ignored -> new LinkedHashSet<>())
                        .add(measurement(key, count.counts(clock.instant()), count.last()));
            }
        });
        var metrics = new LinkedHashMap<String, AddressMetric>();
        byAddress.forEach((address, measurements) ->
                metrics.put(address, ConnectivityModelFactory.newAddressMetric(measurements)));
        return metrics;
    }

    private AddressMetric total(boolean inbound) {
        record Kind(MetricType type, boolean success) {}
        var byKind = new LinkedHashMap<Kind, List<SlidingCount>>();
        counts.forEach((key, count) -> {
            if (key.inbound() == inbound) {
                byKind.computeIfAbsent(new Kind(key.type(), key.success()), ignored -> new ArrayList<>())
                        .add(count);
            }
        });
        var measurements = new LinkedHashSet<Measurement>();
        byKind.forEach((kind, all) -> {
            var sums = new LinkedHashMap<java.time.Duration, Long>();
            all.forEach(count ->
                    count.counts(clock.instant()).forEach((window, number) -> sums.merge(window, number, Long::sum)));
            Instant last = all.stream()
                    .map(SlidingCount::last)
                    .filter(java.util.Objects::nonNull)
                    .max(Comparator.naturalOrder())
                    .orElse(null);
            measurements.add(measurement(new CountKey(inbound, "", kind.type(), kind.success()), sums, last));
        });
        return ConnectivityModelFactory.newAddressMetric(measurements);
    }

    private static Measurement measurement(
            CountKey key, Map<java.time.Duration, Long> counts, @Nullable Instant lastMessageAt) {
        return ConnectivityModelFactory.newMeasurement(key.type(), key.success(), counts, lastMessageAt);
    }
}
