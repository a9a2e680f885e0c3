package org.voltwin.model.port;

import org.voltwin.model.failure.Outcome;
import org.voltwin.model.schedule.Schedule;
import org.voltwin.model.schedule.ScheduleProblem;

/** Plans benches. Blocks up to the problem's effort. */
public interface BenchScheduler {
    /** Refused with {@code schedule.*} codes, naming the task and what it lacks, when no plan exists. */
    Outcome<Schedule> schedule(ScheduleProblem problem);
}
