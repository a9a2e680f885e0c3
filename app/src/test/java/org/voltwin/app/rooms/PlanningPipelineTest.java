package org.voltwin.app.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.doe.design.Designs;
import org.voltwin.doe.laboratory.LaboratoryPlanner;
import org.voltwin.lims.catalogue.ProcedurePlan;
import org.voltwin.lims.catalogue.Procedures;
import org.voltwin.lims.pipeline.DoeRunnerStage;
import org.voltwin.lims.pipeline.ScheduleStage;
import org.voltwin.lims.storage.LaboratoryStorage;
import org.voltwin.model.TwinId;
import org.voltwin.model.json.Json;
import org.voltwin.model.lab.Bench;
import org.voltwin.model.lab.BenchKind;
import org.voltwin.model.lab.ClimateChamber;
import org.voltwin.model.lab.Generation;
import org.voltwin.model.lab.LabCalendar;
import org.voltwin.model.lab.Level;
import org.voltwin.model.lab.UnitUnderTest;
import org.voltwin.model.lab.UseCase;
import org.voltwin.model.lab.WorkingHours;
import org.voltwin.model.port.BenchDirectory;
import org.voltwin.model.port.StageOutcome;
import org.voltwin.model.run.Booking;
import org.voltwin.model.run.Delivery;
import org.voltwin.model.run.ModelSelection;
import org.voltwin.model.run.RunState;
import org.voltwin.model.run.SimulationFolder;
import org.voltwin.model.run.TestRequest;
import org.voltwin.model.schedule.Assignment;
import org.voltwin.model.schedule.PlannedSoak;

/** From the LIMS message to the plan and its runs, with the real designer and the real planner. */
class PlanningPipelineTest {
    private static final Instant MONDAY = Instant.parse("2026-03-02T08:00:00Z");

    @TempDir
    private Path root;

    private final Laboratory laboratory = new Laboratory();
    private LaboratoryStorage storage;
    private ScheduleStage schedule;

    @BeforeEach
    void open() throws Exception {
        storage = new LaboratoryStorage(root);
        Clock clock = Clock.fixed(MONDAY, ZoneOffset.UTC);
        schedule = new ScheduleStage(
                storage, laboratory, new LaboratoryPlanner(), LabCalendar.none(), Duration.ofMillis(300), clock);
    }

    /** Two benches in one chamber, and the runs that are booked on them. */
    private static final class Laboratory implements BenchDirectory {
        private final Map<UUID, RunState.Open> runs = new LinkedHashMap<>();
        private final Set<String> lost = new java.util.HashSet<>();

        @Override
        public List<Bench> benches() {
            return List.of(bench("a"), bench("b"));
        }

        private Bench bench(String name) {
            return new Bench(
                    TwinId.of("org.voltwin:bench-" + name),
                    "Bench " + name,
                    BenchKind.PHYSICAL,
                    Set.of(Level.CELL),
                    Set.of("electrical"),
                    20,
                    1,
                    Duration.ofMinutes(30),
                    Duration.ofMinutes(15),
                    WorkingHours.always(),
                    1,
                    !lost.contains(name));
        }

        @Override
        public List<ClimateChamber> chambers() {
            return List.of("a", "b").stream()
                    .map(name -> new ClimateChamber(
                            TwinId.of("org.voltwin:chamber-" + name),
                            "Chamber " + name,
                            Set.of(TwinId.of("org.voltwin:bench-" + name)),
                            -20,
                            60,
                            25,
                            60))
                    .toList();
        }

        @Override
        public List<Assignment> bookings() {
            List<Assignment> bookings = new ArrayList<>();
            for (RunState.Open run : runs.values()) {
                Booking b = run.find(RunState.Scheduled.class).orElseThrow().booking();
                bookings.add(new Assignment(
                        run.request().uuid().toString(),
                        b.bench(),
                        b.channel(),
                        b.setUpStart(),
                        b.start(),
                        b.end(),
                        b.tearDownEnd(),
                        b.why()));
            }
            return bookings;
        }

        @Override
        public List<RunState.Open> booked() {
            return List.copyOf(runs.values());
        }

        @Override
        public boolean rebook(RunState.Scheduled planned, Booking other) {
            return runs.replace(planned.request().uuid(), planned, planned.rebooked(other));
        }

        Booking booking(RunState.Designed run) {
            return runs.get(run.request().uuid())
                    .find(RunState.Scheduled.class)
                    .orElseThrow()
                    .booking();
        }
    }

    /** The message as it comes over the broker. */
    private static byte[] message(int number, boolean urgent) {
        ProcedurePlan plan = Procedures.standard()
                .find("IEC62660", "Energy efficiency", Level.CELL)
                .orElseThrow();
        TestRequest request = new TestRequest(
                new UUID(0, number),
                "TR-2026-00000" + number,
                new UnitUnderTest(
                        "GEN3B-CELL-01", Generation.GEN3B, Level.CELL, TwinId.of("org.voltwin:cell-GEN3B-CELL-01")),
                UseCase.AUTOMOTIVE,
                "IEC62660",
                "Energy efficiency",
                BenchKind.PHYSICAL,
                MONDAY,
                "erin",
                "Erin",
                MONDAY,
                plan.procedure(),
                plan.factors(),
                urgent ? true : null);
        ObjectNode message = Json.mapper().createObjectNode();
        message.set("voltwin_request", Json.tree(request));
        return Json.bytes(message);
    }

    private RunState.Designed designed(int number, boolean urgent) throws Exception {
        TestRequest request = Json.convert(
                        Json.mapper().readTree(message(number, urgent)).path("voltwin_request"), TestRequest.class)
                .orThrow();
        String folder = "run-" + number;
        RunState.Validated validated = new RunState.Requested(request, MONDAY)
                .modelled(new ModelSelection("m", "1.0.0", List.of()), MONDAY)
                .delivered(new Delivery(folder, List.of(), List.of()), MONDAY)
                .validated(new SimulationFolder(folder, folder + "/fmus", folder + "/doe-input", List.of(), 1), MONDAY);
        StageOutcome outcome = new DoeRunnerStage(
                        storage, new Designs(), Procedures.standard(), 4, Clock.fixed(MONDAY, ZoneOffset.UTC))
                .perform(validated);
        return (RunState.Designed) ((StageOutcome.Advance) outcome).next();
    }

    private RunState.Designed planned(int number, boolean urgent) throws Exception {
        RunState.Designed run = designed(number, urgent);
        StageOutcome outcome = schedule.perform(run);
        laboratory.runs.put(run.request().uuid(), (RunState.Scheduled) ((StageOutcome.Advance) outcome).next());
        return run;
    }

    @Test
    void theCataloguesDesignBecomesRunsInWholePlots() throws Exception {
        RunState.Designed run = designed(1, false);

        assertThat(run.design().kind()).isEqualTo("d-optimal");
        assertThat(run.design().factors()).extracting("name").containsExactly("Ambient_Temperature", "C_Rate");
        assertThat(run.design().scenarios())
                .hasSize(8)
                .allSatisfy(scenario -> assertThat(scenario.parameter("C_Rate", 0) <= 1.5
                                || scenario.parameter("Ambient_Temperature", 0) >= 20)
                        .isTrue());
        assertThat(run.design().wholePlots().stream().distinct()).containsExactly(1, 2, 3, 4);
        assertThat(Files.readString(root.resolve("run-1/doe-output/run-008/input.csv")))
                .contains("Ambient_Temperature", "C_Rate", "Initial_SoC");
    }

    @Test
    void wholePlotsAreSoaksOfTheChamberInThePlan() throws Exception {
        RunState.Designed run = planned(1, false);

        Booking booking = laboratory.booking(run);
        assertThat(booking.soaks()).hasSize(4);
        for (int i = 0; i < 4; i++) {
            PlannedSoak soak = booking.soaks().get(i);
            // Two runs of 4200 + 600 + 8400 + 3600 + 600 s.
            assertThat(Duration.between(soak.start(), soak.end())).isEqualTo(Duration.ofSeconds(2 * 17_400));
            if (i > 0) {
                PlannedSoak before = booking.soaks().get(i - 1);
                // The chamber changes by 1 K a minute.
                assertThat(Duration.between(before.end(), soak.start()).toMinutes())
                        .isEqualTo((long) Math.abs(soak.celsius() - before.celsius()));
            }
        }
        assertThat(booking.soaks().getLast().end()).isBeforeOrEqualTo(booking.end());
        assertThat(booking.why()).isNotBlank();
        assertThat(booking.plan()).isNotNull().satisfies(plan -> {
            assertThat(plan.gap()).isBetween(0.0, 1.0);
            assertThat(plan.boundFrom()).isNotBlank();
            assertThat(plan.occasion()).isEqualTo("request TR-2026-000001");
        });
        assertThat(root.resolve("run-1/schedule-output/schedule.json"))
                .content()
                .contains("\"wholePlot\":4");
    }

    @Test
    void theSameRunPlannedAgainGetsTheSamePlace() throws Exception {
        RunState.Designed run = planned(1, false);
        laboratory.runs.clear();

        assertThat(((RunState.Scheduled) ((StageOutcome.Advance) schedule.perform(run)).next()).booking())
                .usingRecursiveComparison()
                .ignoringFields("plan")
                .isEqualTo(((RunState.Scheduled) ((StageOutcome.Advance) schedule.perform(run)).next()).booking());
    }

    @Test
    void aLostBenchMovesWhatWaitsForIt() throws Exception {
        List<RunState.Designed> runs = List.of(planned(1, false), planned(2, false), planned(3, false));
        RunState.Designed waiting = runs.getLast();
        Booking before = laboratory.booking(waiting);
        assertThat(before.setUpStart()).isAfter(MONDAY);
        laboratory.lost.add(before.bench().name().substring("bench-".length()));

        try (var keeper = schedule.keeper()) {
            keeper.look();
        }

        Booking after = laboratory.booking(waiting);
        assertThat(after.bench()).isNotEqualTo(before.bench());
        assertThat(after.plan()).isNotNull().satisfies(plan -> {
            assertThat(plan.occasion()).endsWith("is out of service");
            // The other one was being set up on the lost bench.
            assertThat(plan.moved()).isEqualTo(2);
            assertThat(plan.planned()).isEqualTo(2);
        });
    }

    @Test
    void anUrgentRequestMovesWhatHasNotBegun() throws Exception {
        List<RunState.Designed> runs =
                List.of(planned(1, false), planned(2, false), planned(3, false), planned(4, false));
        List<Instant> before = starts(runs);

        Booking urgent = laboratory.booking(planned(5, true));

        List<Instant> after = starts(runs);
        assertThat(urgent.plan()).isNotNull().satisfies(plan -> {
            assertThat(plan.moved()).isEqualTo(1);
            assertThat(plan.planned()).isEqualTo(2);
            assertThat(plan.occasion()).isEqualTo("urgent request TR-2026-000005");
        });
        assertThat(after.subList(0, 2)).as("what is being set up stays").isEqualTo(before.subList(0, 2));
        assertThat(after.subList(2, 4)).isNotEqualTo(before.subList(2, 4));
        assertThat(urgent.start())
                .isBefore(after.stream().max(Instant::compareTo).orElseThrow());
    }

    private List<Instant> starts(List<RunState.Designed> runs) {
        return runs.stream().map(run -> laboratory.booking(run).start()).toList();
    }
}
