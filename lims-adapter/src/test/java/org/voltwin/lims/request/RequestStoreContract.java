package org.voltwin.lims.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.voltwin.lims.TestClock;
import org.voltwin.lims.catalogue.Catalogue;
import org.voltwin.lims.catalogue.Procedures;
import org.voltwin.lims.database.LimsDatabase;
import org.voltwin.lims.database.Sql;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.http.Caller;
import org.voltwin.model.http.Changes;
import org.voltwin.model.http.Role;
import org.voltwin.model.json.Json;
import org.voltwin.model.run.RunStage;
import org.voltwin.model.run.TestRequest;

/** The tables and what the desk does with them; the same on H2 and on PostgreSQL. */
public abstract class RequestStoreContract {
    private static final Instant T0 = Instant.parse("2026-11-23T09:00:00Z");
    private static final Caller ERIN = new Caller("1", "erin", Set.of(Role.TEST_ENGINEER));

    private final TestClock clock = new TestClock(T0);

    /** A migrated database that all tests of the class share. */
    protected abstract LimsDatabase database();

    private RequestDesk desk() {
        return new RequestDesk(
                database(), new Catalogue(database()), Procedures.standard(), clock, UUID::randomUUID, uuid -> {});
    }

    private static byte[] form(String standard, String test, String uut, String useCase, String bench) {
        return """
                {"uut":"%s","useCase":"%s","standard":"%s","testName":"%s","bench":"%s",
                 "preferredDate":"2026-11-23T10:00:00+00:00","requesterName":"Erin Engineer"}""".formatted(uut, useCase, standard, test, bench).getBytes(UTF_8);
    }

    private TestRequest capacity() {
        return desk().file(form("IEC62660", "Capacity", "GEN3B-CELL-01", "Automotive", "virtual"), ERIN)
                .orThrow();
    }

    private RequestRow row(UUID uuid) {
        return database().inTransaction(c -> RequestRegister.find(c, uuid)).orElseThrow();
    }

    @Test
    void theColumnsAreThoseOfTheDocument() {
        List<String> columns = database()
                .inTransaction(c -> Sql.list(
                        c,
                        "SELECT column_name FROM information_schema.columns WHERE table_name = 'testrequests'",
                        row -> row.getString(1)));

        assertThat(columns)
                .contains(
                        "id",
                        "requestnumber",
                        "requesterid",
                        "requestername",
                        "preferredtestscheduledate",
                        "uutidid",
                        "usecaseid",
                        "standardid",
                        "testid",
                        "status",
                        "workflowid",
                        "simulationfolder",
                        "fmublobpath",
                        "simulationresultspath",
                        "simulationprogress",
                        "testmetricsjson",
                        "createdat",
                        "updatedat",
                        "fmureadyat",
                        "doecompleteat",
                        "schedulereadyat",
                        "simulationstartedat",
                        "simulationcompleteat",
                        "completedat",
                        "failedat");
    }

    @Test
    void namesFollowUnitUseCaseAndStandard() {
        Catalogue catalogue = new Catalogue(database());
        Catalogue.Use automotive = catalogue.useCase("automotive").orThrow();
        Catalogue.Use stationary = catalogue.useCase("Stationary").orThrow();
        Catalogue.Unit cell = catalogue.unit("GEN3B-CELL-01").orThrow();
        Catalogue.Unit pack = catalogue.unit("GEN4-PACK-01").orThrow();

        // IEC 62660-1 has seven tests of cells, and none for stationary use (requirements, section 6).
        assertThat(catalogue.testNames(
                        cell, automotive, catalogue.standard("IEC62660").orThrow()))
                .hasSize(7)
                .extracting(Catalogue.TestName::name)
                .contains("Capacity", "SOC adjustment");
        assertThat(catalogue.testNames(
                        cell, stationary, catalogue.standard("IEC62660").orThrow()))
                .isEmpty();
        assertThat(catalogue.testNames(
                        pack,
                        stationary,
                        catalogue.standard("UL1973:2022-02-25").orThrow()))
                .hasSize(24);
        assertThat(catalogue.testNames(
                        pack, stationary, catalogue.standard("IEC62619").orThrow()))
                .extracting(Catalogue.TestName::name)
                .containsExactly(
                        "Overcharge current control",
                        "Overcharge voltage control",
                        "Overheating control",
                        "Propagation");
        assertThat(catalogue.standards()).hasSize(10);
        assertThat(catalogue.units()).hasSize(6);
    }

    @Test
    void everyProcedureIsOfATestThatTheCatalogueHas() {
        Catalogue catalogue = new Catalogue(database());
        List<String> all = database()
                .inTransaction(c -> Sql.list(
                        c,
                        "SELECT DISTINCT s.Code AS Standard, t.Name AS Test FROM TestNameApplicability a"
                                + " JOIN RelevantStandards s ON s.Id = a.StandardId JOIN TestNames t ON t.Id = a.TestId"
                                + " JOIN UUTIDs u ON u.Id = a.UUTIDId",
                        row -> row.getString("Standard") + "|" + row.getString("Test")));

        assertThat(all).containsAll(org.voltwin.lims.catalogue.ProceduresTest.standardAndTest());
        assertThat(catalogue.useCases()).hasSize(3);
    }

    @Test
    void aRequestIsWrittenWithItsMessage() {
        TestRequest request = capacity();

        assertThat(request.number()).matches("TR-2026-\\d{6}");
        assertThat(request.procedure()).isNotNull();
        assertThat(row(request.uuid()).stage()).isEqualTo(RunStage.REQUESTED);
        Outbox.Message message = database().inTransaction(c -> Outbox.due(c, clock.instant())).stream()
                .filter(m -> m.uuid().equals(request.uuid()))
                .findFirst()
                .orElseThrow();
        var json = Json.read(message.payload().getBytes(UTF_8), com.fasterxml.jackson.databind.JsonNode.class)
                .orThrow();
        assertThat(json.path("test_UUT").asText()).isEqualTo("Gen3b - Cell");
        assertThat(json.path("test_bench").asText()).isEqualTo("Virtual");
        assertThat(json.path("test_date").asText()).isEqualTo("2026-11-23 10:00:00");
        assertThat(Json.convert(json.path("voltwin_request"), TestRequest.class).orThrow())
                .isEqualTo(request);
    }

    @Test
    void numbersHaveNoGapAndNoDouble() throws Exception {
        RequestDesk desk = desk();
        byte[] form = form("IEC62660", "Power", "GEN3B-CELL-01", "Automotive", "virtual");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Outcome<TestRequest>>> all = java.util.stream.IntStream.range(0, 20)
                    .mapToObj(i -> threads.submit(() -> desk.file(form, ERIN)))
                    .toList();
            List<Integer> numbers = new java.util.ArrayList<>();
            for (Future<Outcome<TestRequest>> one : all) {
                numbers.add(Integer.parseInt(one.get().orThrow().number().substring(8)));
            }
            numbers.sort(null);
            assertThat(numbers).doesNotHaveDuplicates();
            assertThat(numbers.getLast() - numbers.getFirst()).isEqualTo(19);
        }
    }

    @Test
    void aRowOnlyGoesForwards() {
        TestRequest request = capacity();
        StatusListener listener = new StatusListener(database(), clock, new Changes<>());
        status(listener, request, RunStage.DESIGNED, T0.plusSeconds(4), 0);
        status(listener, request, RunStage.RUNNING, T0.plusSeconds(6), 0.4);

        // Late, double, and out of order.
        status(listener, request, RunStage.DELIVERED, T0.plusSeconds(2), 0);
        status(listener, request, RunStage.RUNNING, T0.plusSeconds(6), 0.3);

        RequestRow running = row(request.uuid());
        assertThat(running.stage()).isEqualTo(RunStage.RUNNING);
        assertThat(running.progressPercent()).isEqualTo(40);
        assertThat(running.times())
                .containsEntry(RunStage.DELIVERED, T0.plusSeconds(2))
                .containsEntry(RunStage.DESIGNED, T0.plusSeconds(4))
                .containsEntry(RunStage.RUNNING, T0.plusSeconds(6));

        status(listener, request, RunStage.COMPLETED, T0.plusSeconds(60), 1);
        status(listener, request, RunStage.FAILED, T0.plusSeconds(61), 0);

        assertThat(row(request.uuid()).stage()).isEqualTo(RunStage.COMPLETED);
        assertThat(row(request.uuid()).progressPercent()).isEqualTo(100);
        assertThat(row(request.uuid()).acknowledged()).isTrue();
    }

    @Test
    void aStatusMakesUpForThoseThatWereLost() {
        TestRequest request = capacity();
        String message = """
                {"uuid":"%s","stage":"completed","at":"2026-11-23T10:00:00Z","progress":1,
                 "transitions":{"requested":"2026-11-23T09:00:00Z","designed":"2026-11-23T09:10:00Z",
                 "running":"2026-11-23T09:20:00Z","completed":"2026-11-23T09:59:00Z"}}""".formatted(request.uuid());

        new StatusListener(database(), clock, new Changes<>())
                .status("LIMS/status/" + request.uuid(), message.getBytes(UTF_8));

        assertThat(row(request.uuid()).times())
                .containsEntry(RunStage.DESIGNED, Instant.parse("2026-11-23T09:10:00Z"))
                .containsEntry(RunStage.RUNNING, Instant.parse("2026-11-23T09:20:00Z"))
                .containsEntry(RunStage.COMPLETED, Instant.parse("2026-11-23T09:59:00Z"));
    }

    private static void status(StatusListener listener, TestRequest request, RunStage stage, Instant at, double done) {
        listener.status("LIMS/status/" + request.uuid(), """
                {"uuid":"%s","stage":"%s","at":"%s","progress":%s,"message":"m"}""".formatted(request.uuid(), stage.id(), at, done)
                .getBytes(UTF_8));
    }

    @Test
    void aRefusalOfTheTwinFailsTheRow() {
        TestRequest request = capacity();
        StatusListener listener = new StatusListener(database(), clock, new Changes<>());

        listener.answer(
                "LIMS/requests/ack/" + request.uuid(),
                Json.bytes(Json.mapper()
                        .createObjectNode()
                        .put("accepted", false)
                        .<com.fasterxml.jackson.databind.node.ObjectNode>set(
                                "failure", Json.tree(Failure.permanent("request.odd", "It is odd.", "Even it.")))));

        assertThat(row(request.uuid()).stage()).isEqualTo(RunStage.FAILED);
        assertThat(row(request.uuid()).failure()).extracting(Failure::code).isEqualTo("request.odd");
    }

    @Test
    void aMessageIsDueAgainUntilTheTwinAnswers() {
        TestRequest request = capacity();
        Outbox.Message first = mine(request).getFirst();
        database().inTransaction(c -> {
            Outbox.sent(c, first, clock.instant());
            return 0;
        });
        assertThat(mine(request)).isEmpty();

        clock.advance(Duration.ofSeconds(5));
        assertThat(mine(request)).hasSize(1);

        new StatusListener(database(), clock, new Changes<>())
                .answer(
                        "LIMS/requests/ack/" + request.uuid(),
                        "{\"accepted\":true,\"thing\":\"org.voltwin:run-x\"}".getBytes(UTF_8));
        clock.advance(Duration.ofDays(1));
        assertThat(mine(request)).isEmpty();
        assertThat(row(request.uuid()).thing()).isEqualTo("org.voltwin:run-x");
    }

    private List<Outbox.Message> mine(TestRequest request) {
        return database()
                .inTransaction(c -> Sql.list(
                        c,
                        "SELECT Id FROM RequestOutbox WHERE RunUuid = ? AND SettledAt IS NULL AND NextAttemptAt <= ?",
                        row -> new Outbox.Message(row.getLong("Id"), request.uuid(), Outbox.REQUESTS, "", 0),
                        request.uuid(),
                        clock.instant()));
    }

    @Test
    void whatHasEndedCannotBeCancelled() {
        TestRequest request = capacity();
        assertThat(desk().cancel(request.uuid(), ERIN)).isEqualTo(Outcome.ok(request.uuid()));

        StatusListener listener = new StatusListener(database(), clock, new Changes<>());
        status(listener, request, RunStage.FAILED, T0.plusSeconds(1), 0);

        assertThat(code(desk().cancel(request.uuid(), ERIN))).isEqualTo("request.conflict");
        assertThat(code(desk().cancel(UUID.randomUUID(), ERIN))).isEqualTo("request.not_found");
    }

    private static String code(Outcome<?> outcome) {
        return outcome instanceof Outcome.Refused<?> refused ? refused.failure().code() : "ok";
    }
}
