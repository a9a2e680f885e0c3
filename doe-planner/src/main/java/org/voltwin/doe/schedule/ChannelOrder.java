package org.voltwin.doe.schedule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.optaplanner.core.api.domain.entity.PlanningEntity;
import org.optaplanner.core.api.domain.lookup.PlanningId;
import org.optaplanner.core.api.domain.variable.PlanningListVariable;
import org.voltwin.model.lab.Bench;

/**
 * A channel of a bench and the order in which its tasks choose their place in its free time. The order is one of
 * choice, not of time: a later task may still fit into a gap before an earlier one.
 */
@PlanningEntity
public final class ChannelOrder {
    @PlanningId
    private String id = "";

    private @Nullable Bench bench;
    private int channel;
    private @Nullable WorkCalendar calendar;
    private Instant now = Instant.EPOCH;
    private List<Span> fixed = List.of();

    @PlanningListVariable(valueRangeProviderRefs = "tasks")
    private List<PlannedTask> order = new ArrayList<>();

    /** For the solver's cloning. */
    ChannelOrder() {}

    ChannelOrder(Bench bench, int channel, WorkCalendar calendar, Instant now, List<Span> fixed) {
        this.id = bench.twin() + "#" + channel;
        this.bench = bench;
        this.channel = channel;
        this.calendar = calendar;
        this.now = now;
        this.fixed = List.copyOf(fixed);
    }

    Bench bench() {
        if (bench == null) {
            throw new IllegalStateException("a channel without a bench");
        }
        return bench;
    }

    WorkCalendar calendar() {
        if (calendar == null) {
            throw new IllegalStateException("a channel without a calendar");
        }
        return calendar;
    }

    int channel() {
        return channel;
    }

    Instant now() {
        return now;
    }

    List<Span> fixed() {
        return fixed;
    }

    List<PlannedTask> order() {
        return order;
    }

    /** Everything that takes the channel but {@code except}. */
    List<Span> takenBut(PlannedTask except) {
        List<Span> taken = new ArrayList<>(fixed);
        for (PlannedTask other : order) {
            if (!other.id().equals(except.id()) && other.isPlaced()) {
                taken.add(new Span(
                        other.id(), other.when().setUpStart(), other.when().tearDownEnd()));
            }
        }
        return taken;
    }

    @Override
    public String toString() {
        return id;
    }
}
