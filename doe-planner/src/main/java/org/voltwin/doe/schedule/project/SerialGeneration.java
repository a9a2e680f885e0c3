package org.voltwin.doe.schedule.project;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.voltwin.doe.schedule.engine.Progress;

/**
 * Serial schedule generation by latest start, then again with noise on the priorities: a good plan in milliseconds.
 * Kolisch, "Serial and parallel resource-constrained project scheduling methods revisited", EJOR 90 (1996).
 */
final class SerialGeneration {
    static final String NAME = "serial generation";

    private final Project project;
    private final int count;
    private final int horizon;
    final int[] head;
    final int[] tail;
    private final int[][] predecessors;

    /** @throws IllegalArgumentException when precedences form a cycle; readers refuse that before */
    SerialGeneration(Project project) {
        this.project = project;
        count = project.activities().size();
        horizon = project.activities().stream()
                .mapToInt(Project.Activity::duration)
                .sum();
        head = new int[count];
        tail = new int[count];
        List<List<Integer>> before = new ArrayList<>();
        int[] waiting = new int[count];
        for (int i = 0; i < count; i++) {
            before.add(new ArrayList<>());
        }
        for (int i = 0; i < count; i++) {
            for (int next : project.activities().get(i).successors()) {
                before.get(next).add(i);
                waiting[next]++;
            }
        }
        predecessors = before.stream()
                .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
        Deque<Integer> ready = new ArrayDeque<>();
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (waiting[i] == 0) {
                ready.add(i);
            }
        }
        while (!ready.isEmpty()) {
            int i = ready.remove();
            order.add(i);
            for (int next : project.activities().get(i).successors()) {
                head[next] = Math.max(head[next], head[i] + duration(i));
                if (--waiting[next] == 0) {
                    ready.add(next);
                }
            }
        }
        if (order.size() < count) {
            throw new IllegalArgumentException("The activities' precedences form a cycle");
        }
        for (int i : order.reversed()) {
            for (int next : project.activities().get(i).successors()) {
                tail[i] = Math.max(tail[i], tail[next] + duration(next));
            }
        }
    }

    private int duration(int i) {
        return project.activities().get(i).duration();
    }

    /** The longest chain, or the work that a resource must do. */
    int bound() {
        int bound = 0;
        for (int i = 0; i < count; i++) {
            bound = Math.max(bound, head[i] + duration(i) + tail[i]);
        }
        for (int r = 0; r < project.capacities().size(); r++) {
            long work = 0;
            for (Project.Activity activity : project.activities()) {
                work += (long) activity.duration() * activity.demands().get(r);
            }
            if (work > 0) {
                bound = Math.max(
                        bound, (int) Math.ceilDiv(work, project.capacities().get(r)));
            }
        }
        return bound;
    }

    /** Offers plans until they are proved or {@code rounds} are made. */
    void run(Progress<ProjectPlan> progress, int rounds, long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < rounds && !progress.isOver(); round++) {
            double noise = round == 0 ? 0 : 0.15 * horizon / Math.sqrt(count);
            double[] priority = new double[count];
            for (int i = 0; i < count; i++) {
                priority[i] = tail[i] + duration(i) + noise * random.nextGaussian();
            }
            progress.offer(generate(priority), NAME);
        }
    }

    private ProjectPlan generate(double[] priority) {
        int[][] used = new int[project.capacities().size()][horizon + 1];
        Long[] starts = new Long[count];
        Long[] ends = new Long[count];
        boolean[] done = new boolean[count];
        for (int placed = 0; placed < count; placed++) {
            int best = -1;
            for (int i = 0; i < count; i++) {
                if (!done[i] && (best < 0 || priority[i] > priority[best]) && areDone(predecessors[i], done)) {
                    best = i;
                }
            }
            int from = 0;
            for (int before : predecessors[best]) {
                from = Math.max(from, ends[before].intValue());
            }
            int at = firstFit(project.activities().get(best), from, used);
            for (int r = 0; r < used.length; r++) {
                for (int t = at; t < at + duration(best); t++) {
                    used[r][t] += project.activities().get(best).demands().get(r);
                }
            }
            starts[best] = (long) at;
            ends[best] = (long) at + duration(best);
            done[best] = true;
        }
        return new ProjectPlan(List.of(starts), List.of(ends));
    }

    private int firstFit(Project.Activity activity, int from, int[][] used) {
        int start = from;
        for (int t = start; t < start + activity.duration(); t++) {
            for (int r = 0; r < used.length; r++) {
                if (used[r][t] + activity.demands().get(r)
                        > project.capacities().get(r)) {
                    start = t + 1;
                }
            }
        }
        return start;
    }

    private static boolean areDone(int[] activities, boolean[] done) {
        for (int i : activities) {
            if (!done[i]) {
                return false;
            }
        }
        return true;
    }
}
