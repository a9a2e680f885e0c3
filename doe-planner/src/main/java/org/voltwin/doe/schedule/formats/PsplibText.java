package org.voltwin.doe.schedule.formats;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.voltwin.doe.schedule.project.Project;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.failure.RefusedException;

/** PSPLIB's {@code .sm} files: one mode per job, renewable resources. */
public final class PsplibText {
    private static final int MOST = 1_000_000;

    private PsplibText() {}

    private record Work(int duration, List<Integer> demands) {}

    /** The instance; refused with {@code schedule.unreadable_instance} and the place. */
    public static Outcome<Project> read(String text) {
        try {
            return Outcome.ok(project(text));
        } catch (RefusedException e) {
            return Outcome.refused(e.failure());
        }
    }

    private static Project project(String text) {
        Map<Integer, List<Integer>> successors = new TreeMap<>();
        Map<Integer, Work> works = new TreeMap<>();
        List<Integer> capacities = new ArrayList<>();
        String section = "";
        int resources = -1;
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String place = "Line " + number;
            if (line.startsWith("***")) {
                continue;
            }
            if (line.matches("\\s*- renewable\\s*:.*")) {
                resources = new Words(place, line.replaceAll(".*:\\s*(\\d+).*", "$1"))
                        .number("the number of renewable resources", 0, 1000);
            } else if (line.matches("\\s*- (nonrenewable|doubly constrained)\\s*:\\s*[1-9].*")) {
                throw Words.refused(place + ": only renewable resources can be planned");
            } else if (line.startsWith("PRECEDENCE RELATIONS")
                    || line.startsWith("REQUESTS/DURATIONS")
                    || line.startsWith("RESOURCEAVAILABILITIES")) {
                section = line.strip();
            } else if (line.matches("[\\s\\d]*\\d[\\s\\d]*")) {
                Words words = new Words(place, line);
                if (section.startsWith("PRECEDENCE")) {
                    int job = words.number("the job", 1, MOST);
                    words.number("the number of modes (only 1 can be planned)", 1, 1);
                    int count = words.number("the number of successors", 0, MOST);
                    List<Integer> next = new ArrayList<>();
                    for (int i = 0; i < count; i++) {
                        next.add(words.number("a successor of job " + job, 1, MOST) - 1);
                    }
                    successors.put(job, next);
                } else if (section.startsWith("REQUESTS")) {
                    int job = words.number("the job", 1, MOST);
                    words.number("the mode (only 1 can be planned)", 1, 1);
                    int duration = words.number("the duration", 0, MOST);
                    works.put(job, new Work(duration, numbers(words, "a demand of job " + job, resources)));
                } else if (section.startsWith("RESOURCEAVAILABILITIES")) {
                    capacities.addAll(numbers(words, "an availability", resources));
                }
            }
        }
        return checked(successors, works, capacities, resources);
    }

    private static List<Integer> numbers(Words words, String what, int count) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add(words.number(what, 0, MOST));
        }
        return numbers;
    }

    private static Project checked(
            Map<Integer, List<Integer>> successors, Map<Integer, Work> works, List<Integer> capacities, int resources) {
        int count = works.size();
        if (count == 0 || resources < 0 || capacities.size() != resources) {
            throw Words.refused("The file lacks jobs, the number of renewable resources or their availabilities");
        }
        List<Project.Activity> activities = new ArrayList<>();
        for (int job = 1; job <= count; job++) {
            Work work = works.get(job);
            if (work == null) {
                throw Words.refused("Job " + job + " of " + count + " has no duration");
            }
            for (int r = 0; r < resources; r++) {
                if (work.demands().get(r) > capacities.get(r)) {
                    throw Words.refused("Job " + job + " needs "
                            + work.demands().get(r) + " of resource " + (r + 1) + ", which has " + capacities.get(r));
                }
            }
            List<Integer> next = successors.getOrDefault(job, List.of());
            for (int successor : next) {
                if (successor >= count) {
                    throw Words.refused(
                            "Job " + job + " has the successor " + (successor + 1) + " of " + count + " jobs");
                }
            }
            activities.add(new Project.Activity(work.duration(), work.demands(), next));
        }
        Project project = new Project(capacities, activities);
        List<Integer> cycle = Cycle.find(count, i -> activities.get(i).successors());
        if (!cycle.isEmpty()) {
            throw Words.refused("The precedences form a cycle: jobs "
                    + String.join(
                            " -> ",
                            cycle.stream().map(i -> String.valueOf(i + 1)).toList()));
        }
        return project;
    }
}
