package org.voltwin.doe.schedule.validate;

import java.util.ArrayList;
import java.util.List;
import org.voltwin.doe.schedule.project.Project;
import org.voltwin.doe.schedule.project.ProjectPlan;

/** What a plan of a project must keep. */
public final class ProjectRules {
    private ProjectRules() {}

    /** What is broken, in words; empty when nothing is. */
    public static List<String> broken(Project project, ProjectPlan plan) {
        List<String> broken = new ArrayList<>();
        int count = project.activities().size();
        if (plan.starts().size() != count || plan.ends().size() != count) {
            return List.of("the plan has " + plan.starts().size() + " activities of " + count);
        }
        for (int i = 0; i < count; i++) {
            Project.Activity activity = project.activities().get(i);
            String name = "activity " + (i + 1);
            if (plan.starts().get(i) < 0) {
                broken.add(name + " starts before 0");
            }
            if (plan.ends().get(i) - plan.starts().get(i) != activity.duration()) {
                broken.add(name + " has the wrong duration");
            }
            for (int next : activity.successors()) {
                if (plan.starts().get(next) < plan.ends().get(i)) {
                    broken.add("activity " + (next + 1) + " starts before " + name + " ends");
                }
            }
        }
        // Use only rises at starts, so each start is where a capacity can be exceeded.
        for (int i = 0; i < count; i++) {
            long at = plan.starts().get(i);
            for (int r = 0; r < project.capacities().size(); r++) {
                int used = 0;
                for (int k = 0; k < count; k++) {
                    if (plan.starts().get(k) <= at && at < plan.ends().get(k)) {
                        used += project.activities().get(k).demands().get(r);
                    }
                }
                if (used > project.capacities().get(r)) {
                    broken.add("resource " + (r + 1) + " is used " + used + " of "
                            + project.capacities().get(r) + " at " + at);
                }
            }
        }
        return broken;
    }
}
