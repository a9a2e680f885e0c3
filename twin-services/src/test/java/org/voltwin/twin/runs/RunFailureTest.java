package org.voltwin.twin.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.voltwin.model.Examples;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.lab.BenchKind;
import org.voltwin.model.port.BenchProgress;
import org.voltwin.model.port.StageOutcome;
import org.voltwin.model.run.Delivery;
import org.voltwin.model.run.RunStage;
import org.voltwin.model.run.RunState;
import org.voltwin.twin.requests.RequestHandler;

/** What becomes of a run when something is in its way. */
final class RunFailureTest extends RunWorld {
    @Test
    void passingFailureIsTriedAgainAndThenFailsWithTheStage() {
        AtomicInteger tries = new AtomicInteger();
        Room room = new Room();
        room.start(List.of(stage(RunState.Modelled.class, s -> {
            tries.incrementAndGet();
            return new StageOutcome.Fail(Failure.passing("pool.unreachable", "The pool is away.", "Bring it back."));
        })));
        room.moves.create(Examples.request());

        awaitStage(room, RunStage.FAILED);

        RunState.Failed failed =
                (RunState.Failed) room.board.find(Examples.RUN).orElseThrow().state();
        assertThat(tries).hasValue(3);
        assertThat(failed.before().stage()).isEqualTo(RunStage.MODELLED);
        assertThat(failed.failure().remedy()).isEqualTo("Bring it back.");
    }

    @Test
    void resultThatItsTwinDoesNotTakeFailsTheRunInsteadOfBeingTriedForever() {
        Room room = new Room();
        room.start(others(BenchKind.VIRTUAL));
        room.moves.create(Examples.request());
        awaitStage(room, RunStage.RUNNING);
        rows(5);
        virtual.set(Examples.RUN, new BenchProgress.Done(5, Map.of("stepSeconds/cell", 1.0)));

        awaitStage(room, RunStage.FAILED);

        RunState.Failed failed =
                (RunState.Failed) room.board.find(Examples.RUN).orElseThrow().state();
        assertThat(failed.failure().code()).isEqualTo("twin.refused");
        assertThat(failed.failure().cause()).contains("stepSeconds/cell");
    }

    @Test
    void brokenInfrastructureIsTriedUntilItWorks() {
        AtomicInteger tries = new AtomicInteger();
        Room room = new Room();
        room.start(List.of(stage(RunState.Modelled.class, s -> {
            if (tries.incrementAndGet() < 6) {
                throw new IllegalStateException("database away");
            }
            return new StageOutcome.Advance(s.delivered(new Delivery("p", List.of(), List.of()), clock.instant()));
        })));
        room.moves.create(Examples.request());

        awaitStage(room, RunStage.DELIVERED);
        assertThat(tries).hasValue(6);
    }

    @Test
    void dittoAwayForAWhileOnlyDelays() {
        Room room = new Room();
        room.start(others(BenchKind.VIRTUAL));
        room.listen();
        await().atMost(PATIENCE).until(room.mirror::isSynced);
        twins.setDown(true);
        bus.publish(RequestHandler.REQUESTS, message(Examples.request()), false);
        await().pollDelay(Duration.ofMillis(500)).until(() -> true);
        twins.setDown(false);

        awaitStage(room, RunStage.RUNNING);
        assertThat(room.board.find("TR-2026-000001")).isPresent();
        assertThat(Outcome.ok(room.board.run(Examples.RUN))).isNotNull();
    }
}
