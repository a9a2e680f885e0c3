package org.voltwin.standalone.ditto.devops;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/** Counters and gauges in Prometheus' text format, version 0.0.4. Safe to use from any thread. */
public final class Metrics {
    private static final double NANOS_PER_SECOND = 1e9;

    private record Roundtrip(String method, int status) implements Comparable<Roundtrip> {
        @Override
        public int compareTo(Roundtrip other) {
            int order = method.compareTo(other.method);
            return order != 0 ? order : Integer.compare(status, other.status);
        }
    }

    private record Durations(LongAdder count, DoubleAdder seconds) {}

    private final Map<Roundtrip, Durations> roundtrips = new ConcurrentSkipListMap<>();
    private final Map<String, DoubleSupplier> gauges = new ConcurrentSkipListMap<>();

    /** @param name in Prometheus' form, with its unit */
    public void gauge(String name, DoubleSupplier value) {
        gauges.put(name, value);
    }

    /** One request that was answered. */
    public void roundtrip(String method, int status, long durationNanos) {
        Durations durations = roundtrips.computeIfAbsent(
                new Roundtrip(method, status), key -> new Durations(new LongAdder(), new DoubleAdder()));
        durations.count().increment();
        durations.seconds().add(durationNanos / NANOS_PER_SECOND);
    }

    /** Everything, one sample a line. */
    public String toText() {
        var text = new StringBuilder("# TYPE roundtrip_http_seconds summary\n");
        roundtrips.forEach((key, durations) -> {
            String labels =
                    "{ditto_request_method=\"" + key.method() + "\",ditto_statusCode=\"" + key.status() + "\"} ";
            text.append("roundtrip_http_seconds_count")
                    .append(labels)
                    .append(durations.count().sum());
            text.append("\nroundtrip_http_seconds_sum").append(labels);
            text.append(number(durations.seconds().sum())).append('\n');
        });
        gauges.forEach((name, value) -> gauge(text, name, value.getAsDouble()));
        var memory = ManagementFactory.getMemoryMXBean();
        gauge(text, "jvm_memory_heap_used_bytes", memory.getHeapMemoryUsage().getUsed());
        gauge(text, "jvm_memory_heap_max_bytes", memory.getHeapMemoryUsage().getMax());
        gauge(
                text,
                "jvm_memory_nonheap_used_bytes",
                memory.getNonHeapMemoryUsage().getUsed());
        gauge(text, "jvm_threads", ManagementFactory.getThreadMXBean().getThreadCount());
        gauge(
                text,
                "process_uptime_seconds",
                ManagementFactory.getRuntimeMXBean().getUptime() / 1e3);
        long collectionMillis = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
        gauge(text, "jvm_gc_seconds_total", collectionMillis / 1e3);
        return text.toString();
    }

    private static void gauge(StringBuilder text, String name, double value) {
        text.append("# TYPE ").append(name).append(" gauge\n");
        text.append(name).append(' ').append(number(value)).append('\n');
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.6f", value);
    }
}
