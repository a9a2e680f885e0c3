package org.voltwin.lims.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.lims.catalogue.ProcedurePlan;
import org.voltwin.lims.catalogue.Procedures;
import org.voltwin.lims.storage.LaboratoryStorage;
import org.voltwin.model.Examples;
import org.voltwin.model.TwinId;
import org.voltwin.model.design.DesignSpecification;
import org.voltwin.model.design.ExperimentDesign;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.fake.FakeBenchDirectory;
import org.voltwin.model.fake.FakeExperimentDesigner;
import org.voltwin.model.json.Json;
import org.voltwin.model.lab.Bench;
import org.voltwin.model.lab.BenchKind;
import org.voltwin.model.lab.LabCalendar;
import org.voltwin.model.lab.Level;
import org.voltwin.model.lab.WorkingHours;
import org.voltwin.model.port.BenchScheduler;
import org.voltwin.model.port.StageOutcome;
import org.voltwin.model.procedure.Scenario;
import org.voltwin.model.run.RunState;
import org.voltwin.model.run.TestRequest;
import org.voltwin.model.schedule.Assignment;
import org.voltwin.model.schedule.Schedule;
import org.voltwin.model.schedule.ScheduleProblem;
import org.voltwin.model.schedule.ScheduleTask;

class PlanningStagesTest {
    private static final Clock CLOCK = Clock.fixed(Examples.T0, ZoneOffset.UTC);
    private static final Procedures PROCEDURES = Procedures.standard();

    @TempDir
    private Path root;

    private LaboratoryStorage storage;
    private final List<ScheduleProblem> problems = new ArrayList<>();

    @BeforeEach
    void open() throws Exception {
        storage = new LaboratoryStorage(root);
    }

    private static TestRequest request(UUID uuid, boolean electrical) {
        ProcedurePlan plan = PROCEDURES.find("IEC62660", "Capacity", Level.CELL).orElseThrow();
        return new TestRequest(
                uuid,
                "TR-2026-000001",
                Examples.cell(),
                Examples.request().useCase(),
                "IEC62660",
                electrical ? "Capacity" : "Storage",
                electrical ? BenchKind.VIRTUAL : BenchKind.PHYSICAL,
                Examples.T0.plusSeconds(60),
                "erin",
                "Erin",
                Examples.T0,
                electrical ? plan.procedure() : null,
                electrical ? plan.factors() : List.of());
    }

    private static RunState.Validated validated(TestRequest request) {
        RunState.Scheduled example = Examples.scheduled();
        return new RunState.Requested(request, Examples.T0)
                .modelled(Examples.models(), Examples.T0)
                .delivered(example.before().before().before().delivery(), Examples.T0)
                .validated(example.before().before().folder(), Examples.T0);
    }

    private ExperimentDesign design(TestRequest request) {
        StageOutcome outcome = new DoeRunnerStage(storage, new FakeExperimentDesigner(), PROCEDURES, 8, CLOCK)
                .perform(validated(request));
        return ((RunState.Designed) ((StageOutcome.Advance) outcome).next()).design();
    }

    @Test
    void theDesignIsWrittenAndHoldsWhatStaysTheSame() throws Exception {
        ExperimentDesign design = design(request(Examples.RUN, true));

        assertThat(design.scenarios())
                .hasSize(2)
                .allSatisfy(scenario -> assertThat(scenario.parameters())
                        .containsEntry(Scenario.INITIAL_SOC, 1.0)
                        .containsKey(Scenario.AMBIENT_TEMPERATURE));
        assertThat(root.resolve("f/doe-output/design.csv"))
                .hasContent("run,Ambient_Temperature,Initial_SoC\n1,10.0,1.0\n2,40.0,1.0\n");
        byte[] written = java.nio.file.Files.readAllBytes(root.resolve("f/doe-output/design.json"));
        assertThat(Json.read(written, ExperimentDesign.class)).isEqualTo(Outcome.ok(design));
        assertThat(root.resolve("f/doe-output/run-002/parameters.json"))
                .hasContent("{\"Ambient_Temperature\":40.0,\"Initial_SoC\":1.0}");
        assertThat(root.resolve("f/doe-output/run-002/input.csv"))
                .hasContent("Time,Ambient_Temperature,Initial_SoC\n0,40.0,1.0\n");
    }

    @Test
    void theDesignerIsToldThatSimulationsHaveNoNoise() {
        List<DesignSpecification> asked = new ArrayList<>();
        new DoeRunnerStage(
                        storage,
                        specification -> {
                            asked.add(specification);
                            return new FakeExperimentDesigner().design(specification);
                        },
                        PROCEDURES,
                        8,
                        CLOCK)
                .perform(validated(request(Examples.RUN, true)));

        assertThat(asked.getFirst().study()).containsEntry("response", Map.of("noise", 0));
        assertThat(asked.getFirst().maxRuns()).isEqualTo(8);
    }

    @Test
    void aTestThatVariesNothingIsOneRun() {
        assertThat(design(request(Examples.RUN, false)).scenarios()).hasSize(1);
    }

    private static Bench bench(BenchKind kind, Set<String> capabilities) {
        return new Bench(
                TwinId.of("org.voltwin:bench-" + kind.id()),
                kind.label(),
                kind,
                Set.of(Level.CELL),
                capabilities,
                20,
                1,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                WorkingHours.always(),
                600,
                true);
    }

    /** Puts each task after everything that is fixed on the first bench that can do it. */
    private Outcome<Schedule> plan(ScheduleProblem problem) {
        problems.add(problem);
        ScheduleTask task = problem.tasks().getFirst();
        return problem.benches().stream()
                .filter(b -> b.kind() == task.kind() && b.capabilities().containsAll(task.capabilities()))
                .findFirst()
                .map(b -> {
                    var free = problem.fixed().stream()
                            .map(Assignment::tearDownEnd)
                            .max(java.util.Comparator.naturalOrder())
                            .orElse(problem.now());
                    var end = free.plusSeconds(15);
                    Assignment place = new Assignment(
                            task.id(), b.twin(), 1, free, free.plusSeconds(5), free.plusSeconds(10), end, "free");
                    return Outcome.ok(new Schedule(List.of(place), Duration.ofSeconds(15), Duration.ZERO, false));
                })
                .orElseGet(() -> Outcome.refused(Failure.permanent("schedule.no_bench", "None can.", "Add one.")));
    }

    private ScheduleStage stage(List<Assignment> bookings, BenchScheduler scheduler) {
        return new ScheduleStage(
                storage,
                new FakeBenchDirectory(
                        List.of(
                                bench(BenchKind.VIRTUAL, Set.of("electrical")),
                                bench(BenchKind.PHYSICAL, Set.of("electrical"))),
                        bookings),
                scheduler,
                LabCalendar.none(),
                Duration.ofSeconds(1),
                CLOCK);
    }

    private static RunState.Designed designed(UUID uuid, boolean electrical) {
        return validated(request(uuid, electrical)).designed(Examples.design(), Examples.T0);
    }

    @Test
    void theTaskSaysWhatTheProcedureAsksFor() {
        StageOutcome outcome = stage(List.of(), this::plan).perform(designed(Examples.RUN, true));

        ScheduleTask task = problems.getFirst().tasks().getFirst();
        // Capacity: 1C of 5 Ah; at most 4200 + 300 + 1800 s, twice in the example design.
        assertThat(task.currentAmperes()).isEqualTo(5);
        assertThat(task.testTime()).isEqualTo(Duration.ofSeconds(2 * 6300));
        assertThat(task.capabilities()).containsExactly("electrical");
        assertThat(task.preferred()).isEqualTo(Examples.T0.plusSeconds(60));
        RunState.Scheduled next = (RunState.Scheduled) ((StageOutcome.Advance) outcome).next();
        assertThat(next.booking().kind()).isEqualTo(BenchKind.VIRTUAL);
        assertThat(next.booking().why()).isEqualTo("free");
        assertThat(next.booking().outputPath()).isEqualTo("f/schedule-output/schedule.json");
        assertThat(root.resolve("f/schedule-output/schedule.json")).exists();
    }

    @Test
    void aTestThatNoBenchCanDoIsRefused() {
        StageOutcome outcome = stage(List.of(), this::plan).perform(designed(Examples.RUN, false));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        StageOutcome.Fail.class,
                        fail -> assertThat(fail.failure().code()).isEqualTo("schedule.no_bench"));
        assertThat(problems.getFirst().tasks().getFirst().capabilities()).containsExactly("mechanical");
    }

    @Test
    void runsThatArePlannedAtOnceNeverShareAPlace() throws Exception {
        ScheduleStage stage = stage(List.of(), this::plan);
        List<Assignment> places = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<StageOutcome>> all = java.util.stream.IntStream.range(0, 8)
                    .mapToObj(i -> threads.submit(() -> stage.perform(designed(UUID.randomUUID(), true))))
                    .toList();
            for (Future<StageOutcome> one : all) {
                var booking = ((RunState.Scheduled) ((StageOutcome.Advance) one.get()).next()).booking();
                places.add(new Assignment(
                        "x",
                        booking.bench(),
                        1,
                        booking.setUpStart(),
                        booking.start(),
                        booking.end(),
                        booking.tearDownEnd(),
                        ""));
            }
        }
        assertThat(places.stream().map(Assignment::setUpStart).distinct()).hasSize(8);
    }

    @Test
    void itsOwnEarlierPlaceIsNotInTheWay() {
        ScheduleStage stage = stage(List.of(), this::plan);
        stage.perform(designed(Examples.RUN, true));

        stage.perform(designed(Examples.RUN, true));

        assertThat(problems.getLast().fixed()).isEmpty();
    }
}
