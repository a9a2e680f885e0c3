package org.voltwin.doe.schedule.project;

import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.CumulativeConstraint;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.IntervalVar;
import com.google.ortools.sat.LinearExpr;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.voltwin.doe.schedule.engine.CpSat;
import org.voltwin.doe.schedule.engine.Progress;
import org.voltwin.doe.schedule.engine.SearchEvent;
import org.voltwin.doe.schedule.engine.SearchLimits;
import org.voltwin.doe.schedule.engine.SearchResult;
import org.voltwin.doe.schedule.validate.ProjectRules;

/** Plans a project for the shortest makespan: serial generation for a plan, CP-SAT for the proof and the rest. */
public final class ProjectPlanner {
    private static final int ROUNDS = 200;

    private ProjectPlanner() {}

    /**
     * The plan; {@code listener} is told of each incumbent and bound as it is found.
     *
     * @throws IllegalArgumentException when precedences form a cycle or a demand is above its capacity
     */
    public static SearchResult<ProjectPlan> plan(Project project, SearchLimits limits, Consumer<SearchEvent> listener) {
        Progress<ProjectPlan> progress = new Progress<>(
                plan -> ProjectRules.broken(project, plan), ProjectPlan::makespan, limits.effort(), listener);
        SerialGeneration generation = new SerialGeneration(project);
        progress.raise(generation.bound(), "work and paths");
        generation.run(progress, ROUNDS, limits.seed());
        if (!progress.isOver() && CpSat.unavailable().isEmpty()) {
            improve(project, generation, progress, limits);
        }
        return progress.result();
    }

    private static void improve(
            Project project, SerialGeneration windows, Progress<ProjectPlan> progress, SearchLimits limits) {
        CpModel model = new CpModel();
        ProjectPlan known = progress.best();
        long upper = known.makespan();
        int count = project.activities().size();
        IntVar makespan = model.newIntVar(progress.bound(), upper, "makespan");
        model.addHint(makespan, upper);
        IntVar[] start = new IntVar[count];
        IntervalVar[] interval = new IntervalVar[count];
        for (int i = 0; i < count; i++) {
            int duration = project.activities().get(i).duration();
            start[i] = model.newIntVar(windows.head[i], upper - windows.tail[i] - duration, "s" + i);
            model.addHint(start[i], known.starts().get(i));
            interval[i] = model.newFixedSizeIntervalVar(start[i], duration, "i" + i);
            model.addLessOrEqual(LinearExpr.affine(start[i], 1, duration + windows.tail[i]), makespan);
        }
        for (int i = 0; i < count; i++) {
            for (int next : project.activities().get(i).successors()) {
                model.addGreaterOrEqual(
                        start[next],
                        LinearExpr.affine(
                                start[i], 1, project.activities().get(i).duration()));
            }
        }
        for (int r = 0; r < project.capacities().size(); r++) {
            CumulativeConstraint use = model.addCumulative(project.capacities().get(r));
            for (int i = 0; i < count; i++) {
                int demand = project.activities().get(i).demands().get(r);
                if (demand > 0) {
                    use.addDemand(interval[i], demand);
                }
            }
        }
        model.minimize(makespan);
        CpSat.minimise(
                model,
                limits,
                progress.remainingSeconds(),
                values -> {
                    if (values.apply(makespan) < progress.value()) {
                        progress.offer(plan(project, start, values), CpSat.NAME);
                    }
                },
                bound -> progress.raise(bound, CpSat.NAME));
    }

    private static ProjectPlan plan(Project project, IntVar[] start, CpSat.Values values) {
        List<Long> starts = new ArrayList<>();
        List<Long> ends = new ArrayList<>();
        for (int i = 0; i < start.length; i++) {
            starts.add(values.apply(start[i]));
            ends.add(starts.get(i) + project.activities().get(i).duration());
        }
        return new ProjectPlan(starts, ends);
    }
}
