package org.voltwin.cosim.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.cosim.Fixtures;
import org.voltwin.cosim.worker.Simulation;
import org.voltwin.model.fake.FakeMessageBus;
import org.voltwin.model.json.Json;
import org.voltwin.model.port.BenchOrder;
import org.voltwin.model.port.BenchProgress;
import org.voltwin.model.procedure.ProcedureStep;
import org.voltwin.model.procedure.Scenario;
import org.voltwin.model.telemetry.ResultMessage;

final class VirtualBenchPoolTest {
    @TempDir
    private Path temp;

    private final FakeMessageBus bus = new FakeMessageBus();
    private VirtualBenchPool pool = new VirtualBenchPool(VirtualBenchConfig.of(Path.of(""), Path.of("")), bus);

    @BeforeEach
    void open() {
        pool = new VirtualBenchPool(VirtualBenchConfig.of(temp.resolve("storage"), temp.resolve("work")), bus);
    }

    @AfterEach
    void close() {
        pool.close();
    }

    private BenchOrder delivered(double speed, ProcedureStep... steps) throws IOException {
        BenchOrder order = Fixtures.order(1, List.of(new Scenario(1, Map.of("Initial_SoC", 0.8))), speed, steps);
        Path target = Files.createDirectories(
                temp.resolve("storage").resolve(order.folder()).resolve("fastest-models/fmus"));
        Path model = Fixtures.model(temp);
        for (String file : List.of("battery.fmu", "cycler.fmu", "connections.json")) {
            Files.copy(model.resolve(file), target.resolve(file));
        }
        return order;
    }

    private BenchProgress end(BenchOrder order) {
        return await().atMost(Duration.ofSeconds(40))
                .until(() -> pool.execute(order), progress -> !(progress instanceof BenchProgress.Working));
    }

    private List<ResultMessage> messages() {
        return bus.published().stream()
                .map(message ->
                        Json.read(message.payload(), ResultMessage.class).orThrow())
                .toList();
    }

    private void assertWholeStream(long rows) {
        long next = 0;
        for (ResultMessage message : messages()) {
            assertThat(message.sequence()).isEqualTo(next);
            int count = message.variables().getFirst().values().size();
            assertThat(count).isBetween(1, 200);
            assertThat(message.variables())
                    .allMatch(variable -> variable.values().size() == count);
            next += count;
        }
        assertThat(next).isEqualTo(rows);
        assertThat(messages().getLast().totalRows()).isEqualTo(rows);
        assertThat(messages().subList(0, messages().size() - 1)).allMatch(message -> message.totalRows() == null);
    }

    @Test
    void an_order_is_published_in_the_documents_units_and_kept_as_a_file() throws Exception {
        BenchOrder order = delivered(1e9, ProcedureStep.discharge(1, 2.5, 600));

        BenchProgress.Done done = (BenchProgress.Done) end(order);

        assertThat(done.rows()).isEqualTo(601);
        assertWholeStream(601);
        assertThat(bus.published())
                .allMatch(message -> message.topic().equals("LIMS/metrics/bench-virtual-01/simulation_metrics"));
        ResultMessage first = messages().getFirst();
        assertThat(first.testType()).isEqualTo("Cell-level");
        assertThat(first.testBench()).isEqualTo("Virtual");
        Map<String, ResultMessage.Variable> variables = first.variables().stream()
                .collect(java.util.stream.Collectors.toMap(ResultMessage.Variable::name, variable -> variable));
        assertThat(variables.get("SoC").unit()).isEqualTo("%");
        assertThat(variables.get("SoC").values().getFirst().value()).isCloseTo(80, within(1e-9));
        assertThat(variables.get("Internal_Resistance").unit()).isEqualTo("mOhm");
        assertThat(variables.get("Internal_Resistance").values().getFirst().value())
                .isCloseTo(30.03, within(1e-6));
        assertThat(variables.get("Current_Profile").type()).isEqualTo("Input");
        assertThat(Files.readAllLines(
                        temp.resolve("storage").resolve(order.folder()).resolve("simulation-output/results.csv")))
                .hasSize(602);
        assertThat(pool.execute(order)).isEqualTo(done);
    }

    @Test
    void a_killed_worker_starts_again_and_no_row_comes_twice() throws Exception {
        BenchOrder order = delivered(1500, ProcedureStep.discharge(0.5, 2.5, 5000));
        pool.execute(order);
        await().atMost(Duration.ofSeconds(20)).until(() -> bus.published().size() >= 2);

        long pid = pool.simulation(order.run()).flatMap(Simulation::workerPid).orElseThrow();
        assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();

        await().atMost(Duration.ofSeconds(20))
                .until(() -> pool.simulation(order.run())
                        .flatMap(Simulation::workerPid)
                        .filter(next -> next != pid)
                        .isPresent());
        assertThat(end(order)).isInstanceOf(BenchProgress.Done.class);
        assertWholeStream(5001);
    }

    @Test
    void rows_come_at_the_benchs_speed_and_progress_is_told() throws Exception {
        BenchOrder order = delivered(300, ProcedureStep.rest(600));
        long began = System.nanoTime();

        BenchProgress.Done done = (BenchProgress.Done) end(order);

        assertThat((System.nanoTime() - began) / 1e9).isBetween(2.0, 30.0);
        assertThat(messages().size()).isGreaterThanOrEqualTo(4);
        assertThat(done.rows()).isEqualTo(601);
    }

    @Test
    void a_cancelled_run_ends_with_its_worker() throws Exception {
        BenchOrder order = delivered(1, ProcedureStep.rest(60_000));
        pool.execute(order);
        Optional<Long> pid = await().atMost(Duration.ofSeconds(20))
                .until(() -> pool.simulation(order.run()).flatMap(Simulation::workerPid), Optional::isPresent);

        pool.cancel(order.run());

        assertThat(end(order))
                .isInstanceOfSatisfying(
                        BenchProgress.Broken.class,
                        broken -> assertThat(broken.failure().code()).isEqualTo("run.cancelled"));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> ProcessHandle.of(pid.orElseThrow())
                        .filter(ProcessHandle::isAlive)
                        .isEmpty());
    }

    /** A restart of the rooms must not fail the runs that are at work. */
    @Test
    void closing_the_pool_leaves_runs_at_work_and_ends_their_workers() throws Exception {
        BenchOrder order = delivered(1, ProcedureStep.rest(60_000));
        pool.execute(order);
        Optional<Long> pid = await().atMost(Duration.ofSeconds(20))
                .until(() -> pool.simulation(order.run()).flatMap(Simulation::workerPid), Optional::isPresent);

        pool.close();

        await().atMost(Duration.ofSeconds(10))
                .until(() -> ProcessHandle.of(pid.orElseThrow())
                        .filter(ProcessHandle::isAlive)
                        .isEmpty());
        assertThat(pool.execute(order)).isInstanceOf(BenchProgress.Working.class);
    }

    @Test
    void missing_models_are_told() {
        BenchOrder order = Fixtures.order(1, List.of(), 1, ProcedureStep.rest(60));

        assertThat(end(order))
                .isInstanceOfSatisfying(
                        BenchProgress.Broken.class,
                        broken -> assertThat(broken.failure().code()).isEqualTo("fmu.missing"));
    }
}
