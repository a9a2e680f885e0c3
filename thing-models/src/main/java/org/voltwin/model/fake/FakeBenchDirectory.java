package org.voltwin.model.fake;

import java.util.List;
import org.voltwin.model.lab.Bench;
import org.voltwin.model.port.BenchDirectory;
import org.voltwin.model.schedule.Assignment;

/** A laboratory with fixed benches and bookings. */
public record FakeBenchDirectory(List<Bench> benches, List<Assignment> bookings) implements BenchDirectory {
    public FakeBenchDirectory {
        benches = List.copyOf(benches);
        bookings = List.copyOf(bookings);
    }
}
