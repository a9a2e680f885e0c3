package org.voltwin.lims.request;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.voltwin.lims.catalogue.Catalogue;
import org.voltwin.lims.catalogue.ProcedurePlan;
import org.voltwin.lims.catalogue.Procedures;
import org.voltwin.lims.catalogue.RequestRules;
import org.voltwin.lims.database.LimsDatabase;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.http.Caller;
import org.voltwin.model.lab.BenchKind;
import org.voltwin.model.run.RunStage;
import org.voltwin.model.run.TestRequest;

/** Takes requests and cancellations: what it has taken reaches the twin, whatever stops in between. */
final class RequestDesk {
    private final LimsDatabase database;
    private final Catalogue catalogue;
    private final Procedures procedures;
    private final Clock clock;
    private final Supplier<UUID> uuids;
    private final Consumer<UUID> outboxFilled;

    RequestDesk(
            LimsDatabase database,
            Catalogue catalogue,
            Procedures procedures,
            Clock clock,
            Supplier<UUID> uuids,
            Consumer<UUID> outboxFilled) {
        this.database = database;
        this.catalogue = catalogue;
        this.procedures = procedures;
        this.clock = clock;
        this.uuids = uuids;
        this.outboxFilled = outboxFilled;
    }

    /** Files a request; refused with {@code request.*} or {@code message.not_json}. */
    Outcome<TestRequest> file(byte[] body, Caller caller) {
        return RequestForm.read(body)
                .flatMap(form -> catalogue
                        .unit(form.uut())
                        .flatMap(unit -> catalogue
                                .useCase(form.useCase())
                                .flatMap(use -> catalogue
                                        .standard(form.standard())
                                        .flatMap(standard -> catalogue
                                                .testName(form.testName(), unit, use, standard)
                                                .map(test -> new RequestRegister.Keys(unit, use, standard, test)))))
                        .flatMap(keys -> file(form, keys, caller)));
    }

    private Outcome<TestRequest> file(RequestForm form, RequestRegister.Keys keys, Caller caller) {
        Instant now = now();
        return RequestRules.date(form.preferredDate(), now)
                .flatMap(date -> RequestRules.bench(form.bench())
                        .flatMap(bench ->
                                plan(keys, bench).map(plan -> write(form, keys, caller, date, bench, plan, now))));
    }

    /** The procedure; a virtual bench needs one. */
    private Outcome<Optional<ProcedurePlan>> plan(RequestRegister.Keys keys, BenchKind bench) {
        Optional<ProcedurePlan> plan = procedures.find(
                keys.standard().code(), keys.test().name(), keys.unit().unit().level());
        if (plan.isEmpty() && bench == BenchKind.VIRTUAL) {
            return Outcome.refused(Failure.permanent(
                    "request.not_simulated",
                    "'" + keys.test().name() + "' of " + keys.standard().code() + " has no electrical procedure for a "
                            + keys.unit().unit().level().id() + ": a virtual bench cannot do it.",
                    "Choose a physical bench, or another test."));
        }
        return Outcome.ok(plan);
    }

    private TestRequest write(
            RequestForm form,
            RequestRegister.Keys keys,
            Caller caller,
            Instant date,
            BenchKind bench,
            Optional<ProcedurePlan> plan,
            Instant now) {
        UUID uuid = uuids.get();
        TestRequest written = database.inTransaction(c -> {
            TestRequest request = new TestRequest(
                    uuid,
                    RequestRegister.nextNumber(c, now),
                    keys.unit().unit(),
                    keys.useCase().useCase(),
                    keys.standard().code(),
                    keys.test().name(),
                    bench,
                    date.truncatedTo(ChronoUnit.MILLIS),
                    shortened(caller.name()),
                    form.requesterName().orElse(shortened(caller.name())),
                    now,
                    plan.map(ProcedurePlan::procedure).orElse(null),
                    plan.map(ProcedurePlan::factors).orElse(java.util.List.of()),
                    form.urgent() ? true : null);
            RequestRegister.insert(c, request, keys);
            Outbox.add(c, uuid, Outbox.REQUESTS, RequestMessage.of(request), now);
            return request;
        });
        outboxFilled.accept(uuid);
        return written;
    }

    /** Asks the twin to cancel; refused with {@code request.not_found} or {@code request.conflict}. */
    Outcome<UUID> cancel(UUID uuid, Caller caller) {
        Outcome<UUID> outcome = database.inTransaction(c -> {
            Optional<RequestRow> row = RequestRegister.lock(c, uuid);
            if (row.isEmpty()) {
                return Outcome.refused(notFound(uuid.toString()));
            }
            RunStage stage = row.get().stage();
            if (stage.isEnd() && stage != RunStage.CANCELLED) {
                return Outcome.refused(Failure.permanent(
                        "request.conflict",
                        "Request " + row.get().number() + " has already " + stage.id() + ".",
                        "There is nothing left to cancel."));
            }
            if (stage != RunStage.CANCELLED) {
                Outbox.settle(c, uuid, Outbox.CANCELLATIONS, now());
                Outbox.add(
                        c,
                        uuid,
                        Outbox.CANCELLATIONS,
                        RequestMessage.cancellation(uuid, shortened(caller.name())),
                        now());
            }
            return Outcome.ok(uuid);
        });
        outboxFilled.accept(uuid);
        return outcome;
    }

    static Failure notFound(String what) {
        return Failure.permanent(
                "request.not_found", "There is no request '" + what + "'.", "List the requests at /api/requests.");
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static String shortened(String name) {
        return name.length() <= 128 ? name : name.substring(0, 128);
    }
}
