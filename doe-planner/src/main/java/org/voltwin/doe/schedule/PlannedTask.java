package org.voltwin.doe.schedule;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.optaplanner.core.api.domain.entity.PlanningEntity;
import org.optaplanner.core.api.domain.lookup.PlanningId;
import org.optaplanner.core.api.domain.variable.InverseRelationShadowVariable;
import org.optaplanner.core.api.domain.variable.ShadowVariable;
import org.voltwin.model.schedule.ScheduleTask;

/** A task during the search. Its channel and times follow from the channels' orders. */
@PlanningEntity
public final class PlannedTask {
    @PlanningId
    private String id = "";

    private @Nullable ScheduleTask task;

    @InverseRelationShadowVariable(sourceVariableName = "order")
    private @Nullable ChannelOrder channel;

    @ShadowVariable(
            variableListenerClass = PlacementListener.class,
            sourceEntityClass = ChannelOrder.class,
            sourceVariableName = "order")
    private @Nullable Placement placement;

    /** For the solver's cloning. */
    PlannedTask() {}

    PlannedTask(ScheduleTask task) {
        this.id = task.id();
        this.task = task;
    }

    String id() {
        return id;
    }

    ScheduleTask task() {
        return present(task);
    }

    @Nullable ChannelOrder channel() {
        return channel;
    }

    @Nullable Placement placement() {
        return placement;
    }

    void placement(@Nullable Placement value) {
        placement = value;
    }

    void channel(@Nullable ChannelOrder value) {
        channel = value;
    }

    boolean isOnChannel() {
        return channel != null;
    }

    boolean isPlaced() {
        return channel != null && placement != null;
    }

    ChannelOrder where() {
        return present(channel);
    }

    Placement when() {
        return present(placement);
    }

    /** Milliseconds between the start and the preferred date; 0 without one. */
    long distanceMillis() {
        Instant preferred = task().preferred();
        return preferred == null
                ? 0
                : Duration.between(preferred, when().start()).abs().toMillis();
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("asked before the search has set it");
        }
        return value;
    }

    @Override
    public String toString() {
        return id;
    }
}
