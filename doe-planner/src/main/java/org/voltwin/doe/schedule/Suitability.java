package org.voltwin.doe.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.voltwin.model.lab.Bench;
import org.voltwin.model.lab.Level;
import org.voltwin.model.schedule.ScheduleTask;

/** What a bench must be for a task, one reason per method. */
final class Suitability {
    private Suitability() {}

    static boolean isInService(Bench bench) {
        return bench.inService();
    }

    static boolean takesLevel(Bench bench, ScheduleTask task) {
        return bench.levels().contains(task.level());
    }

    static boolean isOfKind(Bench bench, ScheduleTask task) {
        return task.kind() == null || bench.kind() == task.kind();
    }

    static boolean hasCapabilities(Bench bench, ScheduleTask task) {
        return bench.capabilities().containsAll(task.capabilities());
    }

    static boolean carriesCurrent(Bench bench, ScheduleTask task) {
        return task.currentAmperes() <= bench.maxCurrentAmperes();
    }

    static boolean suits(Bench bench, ScheduleTask task) {
        return isInService(bench)
                && takesLevel(bench, task)
                && isOfKind(bench, task)
                && hasCapabilities(bench, task)
                && carriesCurrent(bench, task);
    }

    /** In words what the bench lacks; empty when it suits. */
    static List<String> lacks(Bench bench, ScheduleTask task) {
        List<String> lacks = new ArrayList<>();
        if (!isInService(bench)) {
            lacks.add("is out of service");
        }
        if (!takesLevel(bench, task)) {
            String levels = bench.levels().stream().sorted().map(Level::id).collect(Collectors.joining(", "));
            lacks.add("takes " + levels + " and not " + task.level().id());
        }
        if (!isOfKind(bench, task)) {
            lacks.add("is " + bench.kind().id());
        }
        if (!hasCapabilities(bench, task)) {
            TreeSet<String> missing = new TreeSet<>(task.capabilities());
            missing.removeAll(bench.capabilities());
            lacks.add("cannot do " + String.join(", ", missing));
        }
        if (!carriesCurrent(bench, task)) {
            lacks.add("carries at most " + bench.maxCurrentAmperes() + " A of " + task.currentAmperes() + " A");
        }
        return lacks;
    }
}
