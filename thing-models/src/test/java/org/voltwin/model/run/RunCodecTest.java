package org.voltwin.model.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.voltwin.model.Examples;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.json.Json;

class RunCodecTest {
    static Stream<RunState> everyStage() {
        RunState.Scheduled scheduled = Examples.scheduled();
        RunState.Completed completed = Examples.completed();
        return Stream.of(
                scheduled.before().before().before().before().before(),
                scheduled.before().before().before().before(),
                scheduled.before().before().before(),
                scheduled.before().before(),
                scheduled.before(),
                scheduled,
                completed.before(),
                completed,
                scheduled.failed(Failure.passing("bench.lost", "The bench is gone.", "Start it."), Examples.T0),
                scheduled.before().before().cancelled("erin", Examples.T0));
    }

    @ParameterizedTest
    @MethodSource("everyStage")
    void everyStateSurvivesTheRoundTripThroughText(RunState state) throws Exception {
        String text = Json.text(RunCodec.toAttributes(state));

        Outcome<RunState> read = RunCodec.fromAttributes(Json.mapper().readTree(text));

        assertThat(read).isEqualTo(Outcome.ok(state));
    }

    @Test
    void thereIsAnExampleOfEveryStage() {
        assertThat(everyStage().map(RunState::stage)).containsExactlyInAnyOrder(RunStage.values());
    }

    @Test
    void attributesOfSomethingElseAreRefusedWithAReason() throws Exception {
        for (String text : List.of("{}", "{\"stage\":\"flying\"}", "{\"stage\":\"modelled\",\"request\":{}}")) {
            assertThat(RunCodec.fromAttributes(Json.mapper().readTree(text)))
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            refused -> assertThat(refused.failure().code()).matches("(run|message)\\.wrong_shape"));
        }
    }

    @Test
    void transitionsAreInTheOrderOfTheLifeCycle() {
        assertThat(Examples.completed().transitions().keySet())
                .containsExactly(
                        RunStage.REQUESTED,
                        RunStage.MODELLED,
                        RunStage.DELIVERED,
                        RunStage.VALIDATED,
                        RunStage.DESIGNED,
                        RunStage.SCHEDULED,
                        RunStage.RUNNING,
                        RunStage.COMPLETED);
    }
}
