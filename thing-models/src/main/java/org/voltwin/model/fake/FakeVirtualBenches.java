package org.voltwin.model.fake;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.voltwin.model.port.BenchOrder;
import org.voltwin.model.port.BenchProgress;
import org.voltwin.model.port.VirtualBenches;

/** Virtual benches whose progress a test sets. */
public final class FakeVirtualBenches implements VirtualBenches {
    private final Map<UUID, BenchProgress> progress = new HashMap<>();
    private final Map<UUID, BenchOrder> orders = new HashMap<>();
    private final Set<UUID> cancelled = new HashSet<>();

    public void set(UUID run, BenchProgress now) {
        progress.put(run, now);
    }

    public Map<UUID, BenchOrder> orders() {
        return Map.copyOf(orders);
    }

    public Set<UUID> cancelled() {
        return Set.copyOf(cancelled);
    }

    @Override
    public BenchProgress execute(BenchOrder order) {
        orders.putIfAbsent(order.run(), order);
        return progress.getOrDefault(order.run(), new BenchProgress.Working(0, 0));
    }

    @Override
    public void cancel(UUID run) {
        cancelled.add(run);
    }
}
