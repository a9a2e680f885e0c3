package org.voltwin.doe.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.optaplanner.core.api.domain.variable.ListVariableListener;
import org.optaplanner.core.api.score.director.ScoreDirector;

/** Keeps the times of a channel's tasks: each takes its place in what the ones before it have left free. */
public final class PlacementListener implements ListVariableListener<BenchPlan, ChannelOrder, PlannedTask> {
    @Override
    public void afterListVariableElementUnassigned(ScoreDirector<BenchPlan> director, PlannedTask task) {
        set(director, task, null);
    }

    @Override
    public void beforeListVariableChanged(
            ScoreDirector<BenchPlan> director, ChannelOrder channel, int fromIndex, int toIndex) {
        // The times are set after the change.
    }

    @Override
    public void afterListVariableChanged(
            ScoreDirector<BenchPlan> director, ChannelOrder channel, int fromIndex, int toIndex) {
        List<PlannedTask> order = channel.order();
        List<Span> taken = new ArrayList<>(channel.fixed());
        for (int i = 0; i < order.size(); i++) {
            PlannedTask task = order.get(i);
            if (i >= fromIndex) {
                set(director, task, bestPlace(channel, task, taken));
            }
            Placement place = task.placement();
            if (place != null) {
                taken.add(new Span(task.id(), place.setUpStart(), place.tearDownEnd()));
            }
        }
    }

    private static @Nullable Placement bestPlace(ChannelOrder channel, PlannedTask task, List<Span> taken) {
        return Placing.place(task.task(), channel.bench(), channel.calendar(), channel.now(), taken)
                .orElse(null);
    }

    private static void set(ScoreDirector<BenchPlan> director, PlannedTask task, @Nullable Placement place) {
        if (!Objects.equals(task.placement(), place)) {
            director.beforeVariableChanged(task, "placement");
            task.placement(place);
            director.afterVariableChanged(task, "placement");
        }
    }

    @Override
    public void beforeEntityAdded(ScoreDirector<BenchPlan> director, ChannelOrder channel) {
        // No channel comes or goes during a search.
    }

    @Override
    public void afterEntityAdded(ScoreDirector<BenchPlan> director, ChannelOrder channel) {
        // No channel comes or goes during a search.
    }

    @Override
    public void beforeEntityRemoved(ScoreDirector<BenchPlan> director, ChannelOrder channel) {
        // No channel comes or goes during a search.
    }

    @Override
    public void afterEntityRemoved(ScoreDirector<BenchPlan> director, ChannelOrder channel) {
        // No channel comes or goes during a search.
    }
}
