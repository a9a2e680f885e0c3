package org.voltwin.model.port;

import java.util.List;
import org.voltwin.model.lab.Bench;
import org.voltwin.model.lab.ClimateChamber;
import org.voltwin.model.run.Booking;
import org.voltwin.model.run.RunState;
import org.voltwin.model.schedule.Assignment;

/** The laboratory's benches and what they are booked for, from the twins. Blocking. */
public interface BenchDirectory {
    List<Bench> benches();

    /** Bookings of runs that are scheduled or running. The task of each is the run's uuid. */
    List<Assignment> bookings();

    /** Climate chambers with the benches in them. */
    default List<ClimateChamber> chambers() {
        return List.of();
    }

    /** Whether all benches and bookings were seen: before that, a bench may only seem to be free, or gone. */
    default boolean isComplete() {
        return true;
    }

    /** The runs that {@link #bookings()} are of: scheduled or running. */
    default List<RunState.Open> booked() {
        return List.of();
    }

    /**
     * Gives a run that has not begun another place. False when somebody else has moved it on or elsewhere before, or when
     * this directory cannot.
     */
    default boolean rebook(RunState.Scheduled planned, Booking other) {
        return false;
    }
}
