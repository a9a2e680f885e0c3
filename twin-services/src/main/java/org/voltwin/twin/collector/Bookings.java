package org.voltwin.twin.collector;

import java.util.Optional;
import java.util.UUID;
import org.voltwin.model.TwinId;
import org.voltwin.model.run.RunState;

/** What the collector asks about runs. Blocking; throws when the twins cannot be reached. */
public interface Bookings {
    Optional<RunState> run(UUID uuid);

    /** Whether the device may send this stream of this thing: its own, or that of a run booked on it. */
    default boolean mayReport(TwinId device, TwinId thing, Optional<UUID> run) {
        if (device.equals(thing)) {
            return true;
        }
        return run.flatMap(this::run)
                .filter(state -> state.request().unit().twin().equals(thing))
                .flatMap(state -> state.find(RunState.Scheduled.class))
                .filter(state -> state.booking().bench().equals(device))
                .isPresent();
    }
}
