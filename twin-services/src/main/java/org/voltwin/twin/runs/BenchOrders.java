package org.voltwin.twin.runs;

import org.voltwin.model.TwinId;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.lab.Bench;
import org.voltwin.model.lab.BenchKind;
import org.voltwin.model.port.BenchDirectory;
import org.voltwin.model.port.BenchOrder;
import org.voltwin.model.procedure.TestProcedure;
import org.voltwin.model.run.RunState;
import org.voltwin.model.run.TestRequest;

/** What a bench is told to do for a run: the same every time it is asked. */
final class BenchOrders {
    private final BenchDirectory benches;

    BenchOrders(BenchDirectory benches) {
        this.benches = benches;
    }

    /** Refused with {@code run.no_procedure} when the test cannot be described as an electrical procedure. */
    Outcome<BenchOrder> of(RunState.Scheduled state) {
        TestRequest request = state.request();
        TestProcedure procedure = request.procedure();
        if (procedure == null) {
            return Outcome.refused(Failure.permanent(
                    "run.no_procedure",
                    "Test " + request.testName() + " of " + request.standard() + " has no electrical procedure that a "
                            + state.booking().kind().id() + " bench could execute.",
                    "Choose a test with an electrical procedure, or do this one by hand."));
        }
        TwinId bench = state.booking().bench();
        double speed = benches.benches().stream()
                .filter(known -> known.twin().equals(bench))
                .findFirst()
                .map(Bench::speed)
                .orElse(1.0);
        return Outcome.ok(new BenchOrder(
                request.uuid(),
                bench,
                request.unit(),
                request.useCase(),
                procedure,
                state.before().design().scenarios(),
                state.before().before().folder().path(),
                speed));
    }

    static boolean isVirtual(RunState.Scheduled state) {
        return state.booking().kind() == BenchKind.VIRTUAL;
    }
}
