package org.voltwin.model.port;

import java.util.List;
import org.voltwin.model.lab.Bench;
import org.voltwin.model.schedule.Assignment;

/** The laboratory's benches and what they are booked for, from the twins. Blocking. */
public interface BenchDirectory {
    List<Bench> benches();

    /** Bookings of runs that are scheduled or running. The task of each is the run's uuid. */
    List<Assignment> bookings();
}
