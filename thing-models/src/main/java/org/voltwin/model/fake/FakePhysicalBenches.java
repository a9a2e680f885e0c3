package org.voltwin.model.fake;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.port.BenchOrder;
import org.voltwin.model.port.PhysicalBenches;

/** Physical benches that accept everything. */
public final class FakePhysicalBenches implements PhysicalBenches {
    private final Map<UUID, BenchOrder> started = new LinkedHashMap<>();

    public List<BenchOrder> started() {
        return List.copyOf(started.values());
    }

    @Override
    public Outcome<Boolean> start(BenchOrder order) {
        started.put(order.run(), order);
        return Outcome.ok(true);
    }

    @Override
    public Outcome<Boolean> cancel(BenchOrder order, UUID run) {
        started.remove(run);
        return Outcome.ok(true);
    }
}
