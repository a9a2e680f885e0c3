package org.voltwin.model.port;

import java.util.List;
import java.util.UUID;
import org.voltwin.model.TwinId;
import org.voltwin.model.lab.UnitUnderTest;
import org.voltwin.model.lab.UseCase;
import org.voltwin.model.procedure.Scenario;
import org.voltwin.model.procedure.TestProcedure;

/**
 * What a bench is told to do: the same for physical and virtual benches. A bench that gets the same order twice does
 * it once; one that is restarted goes on with it, and gives every row the same sequence number again.
 *
 * @param run the run; also the id of the stream of samples
 * @param scenarios executed one after the other
 * @param folder the run's folder in the storage, relative to its root
 * @param speed test seconds per wall-clock second
 */
public record BenchOrder(
        UUID run,
        TwinId bench,
        UnitUnderTest unit,
        UseCase useCase,
        TestProcedure procedure,
        List<Scenario> scenarios,
        String folder,
        double speed) {
    public BenchOrder {
        scenarios = List.copyOf(scenarios);
    }
}
