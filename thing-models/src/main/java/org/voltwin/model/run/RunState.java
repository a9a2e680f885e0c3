package org.voltwin.model.run;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.voltwin.model.design.ExperimentDesign;
import org.voltwin.model.failure.Failure;

/**
 * Where a test run stands. Each state holds the one before it, and has only the moves that are legal from it: a run
 * cannot be scheduled that was not designed.
 */
public sealed interface RunState {
    RunStage stage();

    /** When this state was entered. */
    Instant since();

    TestRequest request();

    /** The state before, empty for the first. */
    Optional<RunState> previous();

    /** States that work goes on from. */
    sealed interface Open extends RunState {
        default Failed failed(Failure failure, Instant at) {
            return new Failed(this, failure, at);
        }

        default Cancelled cancelled(String by, Instant at) {
            return new Cancelled(this, by, at);
        }
    }

    /** This state or the one before it that is of the given kind. */
    default <S extends RunState> Optional<S> find(Class<S> kind) {
        RunState state = this;
        while (true) {
            if (kind.isInstance(state)) {
                return Optional.of(kind.cast(state));
            }
            Optional<RunState> before = state.previous();
            if (before.isEmpty()) {
                return Optional.empty();
            }
            state = before.get();
        }
    }

    /** When each stage so far was entered, oldest first. */
    default Map<RunStage, Instant> transitions() {
        Map<RunStage, Instant> times =
                new LinkedHashMap<>(previous().map(RunState::transitions).orElse(Map.of()));
        times.put(stage(), since());
        return times;
    }

    /** Filed and acknowledged. */
    record Requested(TestRequest request, Instant since) implements Open {
        @Override
        public RunStage stage() {
            return RunStage.REQUESTED;
        }

        @Override
        public Optional<RunState> previous() {
            return Optional.empty();
        }

        public Modelled modelled(ModelSelection models, Instant at) {
            return new Modelled(this, models, at);
        }
    }

    /** Models are chosen. */
    record Modelled(Requested before, ModelSelection models, Instant since) implements Open, After {
        @Override
        public RunStage stage() {
            return RunStage.MODELLED;
        }

        public Delivered delivered(Delivery delivery, Instant at) {
            return new Delivered(this, delivery, at);
        }
    }

    /** The laboratory has the models in its pool. */
    record Delivered(Modelled before, Delivery delivery, Instant since) implements Open, After {
        @Override
        public RunStage stage() {
            return RunStage.DELIVERED;
        }

        public Validated validated(SimulationFolder folder, Instant at) {
            return new Validated(this, folder, at);
        }
    }

    /** Files are checked and in the run's folder. */
    record Validated(Delivered before, SimulationFolder folder, Instant since) implements Open, After {
        @Override
        public RunStage stage() {
            return RunStage.VALIDATED;
        }

        public Designed designed(ExperimentDesign design, Instant at) {
            return new Designed(this, design, at);
        }
    }

    /** The experiment is designed. */
    record Designed(Validated before, ExperimentDesign design, Instant since) implements Open, After {
        @Override
        public RunStage stage() {
            return RunStage.DESIGNED;
        }

        public Scheduled scheduled(Booking booking, Instant at) {
            return new Scheduled(this, booking, at);
        }
    }

    /** It has a bench and a start. */
    record Scheduled(Designed before, Booking booking, Instant since) implements Open, After {
        @Override
        public RunStage stage() {
            return RunStage.SCHEDULED;
        }

        public Running running(Instant at) {
            return new Running(this, at);
        }

        /** The same stage with another place in the plan. */
        public Scheduled rebooked(Booking other) {
            return new Scheduled(before, other, since);
        }
    }

    /** The bench has taken it. */
    record Running(Scheduled before, Instant since) implements Open, After {
        @Override
        public RunStage stage() {
            return RunStage.RUNNING;
        }

        public Completed completed(RunResult result, Instant at) {
            return new Completed(this, result, at);
        }
    }

    /** All samples are stored. */
    record Completed(Running before, RunResult result, Instant since) implements RunState, After {
        @Override
        public RunStage stage() {
            return RunStage.COMPLETED;
        }
    }

    /** It cannot go on. {@code before().stage()} says where. */
    record Failed(Open before, Failure failure, Instant since) implements RunState, After {
        @Override
        public RunStage stage() {
            return RunStage.FAILED;
        }
    }

    /** Somebody called it off. */
    record Cancelled(Open before, String by, Instant since) implements RunState, After {
        @Override
        public RunStage stage() {
            return RunStage.CANCELLED;
        }
    }

    /** States that have a state before them. */
    sealed interface After extends RunState {
        RunState before();

        @Override
        default Optional<RunState> previous() {
            return Optional.of(before());
        }

        @Override
        default TestRequest request() {
            return before().request();
        }
    }
}
