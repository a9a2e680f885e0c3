package org.voltwin.doe.schedule.lab;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The shortest makespan of a small laboratory, by looking at everything that can be done in every quarter of an hour; it
 * shares nothing with the planner. One bench, technicians of one calendar, every duration in quarters. As nothing is longer
 * than whole quarters, no plan between them is shorter.
 */
final class ExhaustiveWeek {
    /** A test in quarters; {@code after} is the number of the test before it, or -1. */
    record Job(int setUp, int run, int tearDown, int after) {}

    private static final int WAITS = 0;
    private static final int SET_UP = 100;
    private static final int READY = 200;
    private static final int RUNS = 300;
    private static final int OVER = 400;
    private static final int TEAR_DOWN = 500;
    private static final int DONE = 600;

    private final List<Job> jobs;
    private final int channels;
    private final int technicians;
    private final boolean[] onShift;
    private final int mostRuns;

    /** {@code mostRuns}: how many the hall's power allows at once. */
    ExhaustiveWeek(List<Job> jobs, int channels, int technicians, boolean[] onShift, int mostRuns) {
        this.jobs = jobs;
        this.channels = channels;
        this.technicians = technicians;
        this.onShift = onShift;
        this.mostRuns = mostRuns;
    }

    /** In quarters. */
    int shortest() {
        Set<List<Integer>> now = Set.of(jobs.stream().map(job -> WAITS).toList());
        for (int quarter = 0; quarter < onShift.length; quarter++) {
            Set<List<Integer>> next = new HashSet<>();
            for (List<Integer> state : now) {
                if (state.stream().allMatch(s -> s == DONE)) {
                    return quarter;
                }
                begin(new ArrayList<>(state), 0, quarter, next);
            }
            now = next;
        }
        throw new IllegalStateException("The calendar is too short");
    }

    /** Every choice of what to begin now, from a test on; then a quarter goes by. */
    private void begin(List<Integer> state, int from, int quarter, Set<List<Integer>> next) {
        if (from == jobs.size()) {
            next.add(state.stream().map(ExhaustiveWeek::later).toList());
            return;
        }
        begin(state, from + 1, quarter, next);
        int was = state.get(from);
        Job job = jobs.get(from);
        int begun = switch (was) {
            case WAITS -> isSetUpPossible(state, job, quarter) ? SET_UP + job.setUp() : WAITS;
            case READY -> count(state, RUNS) < mostRuns ? RUNS + job.run() : READY;
            case OVER -> isStaffed(state, quarter, job.tearDown()) ? TEAR_DOWN + job.tearDown() : OVER;
            default -> was;
        };
        if (begun != was) {
            state.set(from, begun);
            begin(state, from + 1, quarter, next);
            state.set(from, was);
        }
    }

    private boolean isSetUpPossible(List<Integer> state, Job job, int quarter) {
        long taken = state.stream().filter(s -> s != WAITS && s != DONE).count();
        return taken < channels
                && (job.after() < 0 || state.get(job.after()) == DONE)
                && isStaffed(state, quarter, job.setUp());
    }

    private boolean isStaffed(List<Integer> state, int quarter, int length) {
        for (int i = quarter; i < quarter + length; i++) {
            if (i >= onShift.length || !onShift[i]) {
                return false;
            }
        }
        return count(state, SET_UP) + count(state, TEAR_DOWN) < technicians;
    }

    private static long count(List<Integer> state, int phase) {
        return state.stream().filter(s -> s > phase && s < phase + 100).count();
    }

    /** A quarter later; a phase that is over becomes the next one. */
    private static int later(int state) {
        boolean goesOn = state % 100 > 1;
        boolean works = state % 100 > 0;
        return !works ? state : goesOn ? state - 1 : (state / 100 + 1) * 100;
    }
}
