package org.voltwin.twin.runs;

import java.time.Clock;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.port.ModelLibrary;
import org.voltwin.model.port.StageOutcome;
import org.voltwin.model.port.StageWork;
import org.voltwin.model.run.ModelSelection;
import org.voltwin.model.run.RunState;

/** requested -> modelled: the latest models for the use case and unit under test (DT-13). */
public record ModelSelectionStage(ModelLibrary library, Clock clock) implements StageWork<RunState.Requested> {
    @Override
    public Class<RunState.Requested> from() {
        return RunState.Requested.class;
    }

    @Override
    public StageOutcome perform(RunState.Requested state) {
        return switch (library.select(state.request())) {
            case Outcome.Ok<ModelSelection> models ->
                new StageOutcome.Advance(state.modelled(models.value(), clock.instant()));
            case Outcome.Refused<ModelSelection> refused -> new StageOutcome.Fail(refused.failure());
        };
    }
}
