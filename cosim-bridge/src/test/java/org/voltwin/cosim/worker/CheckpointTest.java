package org.voltwin.cosim.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.cosim.Fixtures;
import org.voltwin.cosim.coupling.CouplingMethod;
import org.voltwin.cosim.fmu.FmuFiles;
import org.voltwin.cosim.procedure.Protocol;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.json.Json;

/** Runs that end in the middle, and go on. */
final class CheckpointTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir
    private Path temp;

    /** Two scenarios of discharge, rest and constant-voltage charge: 1000 s each, 4 s of wall-clock time in all. */
    private SimulationPlan cycles(double realTimeFactor, double relativeTolerance) {
        String text = "[[1,-5,-1,300,-1,-1,-1,0],[3,0,-1,100,-1,-1,-1,0],[2,0,4.1,600,-1,0.01,-1,0]]";
        Map<String, List<Double>> parameters =
                new HashMap<>(Protocol.read(Json.read(text.getBytes(StandardCharsets.UTF_8), JsonNode.class)
                                .orThrow())
                        .parameters());
        parameters.put("Initial_SoC", List.of(0.8));
        SimulationPlan.ScenarioPlan scenario = new SimulationPlan.ScenarioPlan(1, 1000, parameters, Map.of(), null);
        return new SimulationPlan(
                temp.resolve("work").resolve("fmus").toString(),
                List.of(scenario, new SimulationPlan.ScenarioPlan(2, 1000, parameters, Map.of(), null)),
                5,
                1,
                new Stepping(CouplingMethod.ITERATED, relativeTolerance, 1e-3, Map.of(), realTimeFactor, false));
    }

    private Simulation start(SimulationPlan plan, Path models, Rows rows) {
        return Simulation.start(
                plan, models, temp.resolve("work"), temp.resolve("checkpoint"), Rows.LIMITS, rows, "test");
    }

    private Rows whole(SimulationPlan plan, Path models) throws Exception {
        Rows rows = new Rows();
        try (Simulation simulation = start(plan, models, rows)) {
            simulation.await();
        }
        assertThat(rows.failure).isNull();
        Files.deleteIfExists(temp.resolve("checkpoint"));
        return rows;
    }

    private static void kill(Simulation simulation) {
        simulation.workerPid().flatMap(ProcessHandle::of).ifPresent(ProcessHandle::destroyForcibly);
    }

    private String log() throws Exception {
        return Files.readString(temp.resolve("work").resolve(Simulation.LOG_FILE));
    }

    /** What does not depend on the clock. */
    private static Map<String, Double> figures(Rows rows) {
        Map<String, Double> figures = new TreeMap<>(rows.summary);
        figures.keySet()
                .removeIf(name -> name.startsWith("stepSeconds")
                        || name.equals("checkpoints")
                        || name.equals("largestLagSeconds"));
        return figures;
    }

    private void goesOnExactly(double relativeTolerance) throws Exception {
        Path models = Fixtures.model(temp);
        Rows expected = whole(cycles(1e300, relativeTolerance), models);
        Rows rows = new Rows();

        try (Simulation simulation = start(cycles(500, relativeTolerance), models, rows)) {
            await().atMost(PATIENCE).until(() -> rows.rows.size() > 250); // in the second scenario
            simulation.makeCheckpoint();
            await().atMost(PATIENCE).until(() -> Files.exists(temp.resolve("checkpoint")));
            kill(simulation);
            simulation.await();
        }

        assertThat(rows.failure).isNull();
        assertThat(log()).contains("Goes on from a checkpoint before row ");
        assertThat(rows.rows).usingRecursiveFieldByFieldElementComparator().isEqualTo(expected.rows);
        assertThat(figures(rows)).isEqualTo(figures(expected));
    }

    @Test
    void a_killed_worker_goes_on_from_its_checkpoint_and_gives_the_very_same_rows() throws Exception {
        goesOnExactly(0);
    }

    @Test
    void so_it_does_with_adaptive_steps() throws Exception {
        goesOnExactly(1e-3);
    }

    @Test
    void a_run_can_be_left_and_gone_on_with_later() throws Exception {
        Path models = Fixtures.model(temp);
        Rows expected = whole(cycles(1e300, 0), models);
        Rows first = new Rows();
        try (Simulation simulation = start(cycles(500, 0), models, first)) {
            await().atMost(PATIENCE).until(() -> first.rows.size() > 50);
            simulation.makeCheckpoint();
            await().atMost(PATIENCE).until(() -> Files.exists(temp.resolve("checkpoint")));
        }
        int before = (int) Simulation.rowsBefore(temp.resolve("checkpoint"));
        Rows rest = new Rows();

        try (Simulation simulation = start(cycles(1e300, 0), models, rest)) {
            simulation.await();
        }

        assertThat(before).isGreaterThan(50);
        assertThat(rest.signals).isEqualTo(expected.signals);
        assertThat(rest.rows)
                .usingRecursiveFieldByFieldElementComparator()
                .isEqualTo(expected.rows.subList(before, expected.rows.size()));
    }

    @Test
    void without_states_as_bytes_it_starts_again_and_no_row_comes_twice() throws Exception {
        FmuFiles.bad(temp.resolve("bad"));
        SimulationPlan plan = new SimulationPlan(
                temp.resolve("work").resolve("fmus").toString(),
                List.of(new SimulationPlan.ScenarioPlan(1, 25, Map.of("Mode", List.of(5.0)), Map.of(), null)),
                1,
                1);
        Rows rows = new Rows();

        try (Simulation simulation = start(plan, temp.resolve("bad"), rows)) {
            await().atMost(PATIENCE).until(() -> rows.rows.size() > 8);
            simulation.makeCheckpoint();
            kill(simulation);
            simulation.await();
        }

        assertThat(rows.failure).isNull();
        assertThat(log()).contains("No checkpoints").doesNotContain("Goes on");
        assertThat(rows.rows).extracting(RowObserver.Row::sequence).hasSize(26).doesNotHaveDuplicates();
    }

    @Test
    void a_pause_holds_the_run_and_a_stop_ends_it_with_what_there_is() throws Exception {
        Rows rows = new Rows();
        try (Simulation simulation = Simulation.start(
                cycles(500, 0),
                Fixtures.model(temp),
                temp.resolve("work"),
                temp.resolve("checkpoint"),
                Rows.SOON,
                rows,
                "test")) {
            await().atMost(PATIENCE).until(() -> rows.rows.size() > 10);
            simulation.pause();
            await().atMost(PATIENCE).until(() -> Files.exists(temp.resolve("checkpoint")));
            // longer than the silence that is allowed: a pause is not taken for a hang
            await().during(Duration.ofSeconds(4))
                    .atMost(PATIENCE)
                    .until(() -> rows.rows.size() == Simulation.rowsBefore(temp.resolve("checkpoint")));
            int held = rows.rows.size();
            simulation.resume();
            await().atMost(PATIENCE).until(() -> rows.rows.size() > held + 10);
            simulation.stop();
            simulation.await();
        }

        assertThat(rows.failure).isNull();
        assertThat(rows.summary).containsEntry("stoppedEarly", 1.0);
        assertThat(rows.done).isEqualTo(rows.rows.size()).isLessThan(400);
        assertThat(rows.summary.get("simulatedSeconds"))
                .isEqualTo(rows.rows.getLast().timeSeconds());
    }

    @Test
    void a_checkpoint_of_another_run_and_a_damaged_one_are_refused() throws Exception {
        Path file = temp.resolve("checkpoint");
        new Checkpoint("other", 3, new long[] {1, 2}, List.of(new byte[] {7})).write(file);
        Rows rows = new Rows();
        try (Simulation simulation = start(cycles(1e300, 0), Fixtures.model(temp), rows)) {
            simulation.await();
        }
        assertThat(rows.failure).extracting(Failure::code).isEqualTo("checkpoint.other_run");

        byte[] bytes = Files.readAllBytes(file);
        for (int cut = 0; cut < bytes.length; cut++) {
            Files.write(file, java.util.Arrays.copyOf(bytes, cut));
            assertThatThrownBy(() -> Checkpoint.read(file)).isInstanceOf(RefusedException.class);
        }
        for (int at = 0; at < bytes.length; at++) {
            byte[] changed = bytes.clone();
            changed[at] ^= 0x55;
            Files.write(file, changed);
            assertThatThrownBy(() -> Checkpoint.read(file)).isInstanceOf(RefusedException.class);
        }
    }
}
