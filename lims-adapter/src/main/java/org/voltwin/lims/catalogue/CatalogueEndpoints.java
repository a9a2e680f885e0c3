package org.voltwin.lims.catalogue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.http.Endpoint;
import org.voltwin.model.http.Reply;
import org.voltwin.model.http.Request;
import org.voltwin.model.http.Role;
import org.voltwin.model.json.Json;
import org.voltwin.model.lab.BenchKind;
import org.voltwin.model.lab.UnitUnderTest;
import org.voltwin.model.lab.UseCase;
import org.voltwin.model.port.ModelLibrary;
import org.voltwin.model.run.ModelSelection;
import org.voltwin.model.run.TestRequest;

/** The catalogue over HTTP. */
public final class CatalogueEndpoints {
    private static final Set<Role> READERS =
            Set.of(Role.VIEWER, Role.TEST_ENGINEER, Role.MODEL_AUTHOR, Role.LAB_ADMIN, Role.SERVICE);

    private final Catalogue catalogue;
    private final Procedures procedures;
    private final ModelLibrary models;
    private final Clock clock;

    /** @param models asked whether there is a model that a virtual bench could run the test on */
    public CatalogueEndpoints(Catalogue catalogue, Procedures procedures, ModelLibrary models, Clock clock) {
        this.catalogue = catalogue;
        this.procedures = procedures;
        this.models = models;
        this.clock = clock;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                new Endpoint(
                        "GET",
                        "/api/catalogue",
                        false,
                        READERS,
                        "Units under test, use cases and standards.",
                        this::everything),
                new Endpoint(
                        "GET",
                        "/api/catalogue/test-names",
                        false,
                        READERS,
                        "The tests for a unit, use case, standard and date, and on which kind of bench they can run.",
                        this::testNames));
    }

    private Reply everything(Request request) {
        ObjectNode body = Json.mapper().createObjectNode();
        ArrayNode units = body.putArray("uuts");
        for (Catalogue.Unit entry : catalogue.units()) {
            UnitUnderTest unit = entry.unit();
            units.addObject()
                    .put("code", unit.code())
                    .put("label", unit.label())
                    .put("level", unit.level().id())
                    .put("generation", unit.generation().id());
        }
        ArrayNode useCases = body.putArray("useCases");
        catalogue.useCases().forEach(use -> useCases.add(use.useCase().label()));
        ArrayNode standards = body.putArray("standards");
        catalogue
                .standards()
                .forEach(s -> standards.addObject().put("code", s.code()).put("name", s.name()));
        body.put("note", Catalogue.NOTE);
        return Reply.ok(body);
    }

    private Reply testNames(Request request) {
        Catalogue.Unit unit = catalogue.unit(needed(request, "uut")).orThrow();
        Catalogue.Use useCase = catalogue.useCase(needed(request, "useCase")).orThrow();
        Catalogue.Standard standard =
                catalogue.standard(needed(request, "standard")).orThrow();
        request.query("date")
                .ifPresent(date -> RequestRules.date(date, clock.instant()).orThrow());
        boolean virtualWanted = request.query("bench")
                .map(bench -> RequestRules.bench(bench).orThrow())
                .filter(kind -> kind == BenchKind.VIRTUAL)
                .isPresent();
        ObjectNode body = Json.mapper().createObjectNode();
        ArrayNode names = body.putArray("testNames");
        for (Catalogue.TestName test : catalogue.testNames(unit, useCase, standard)) {
            Optional<String> against = againstVirtual(unit.unit(), useCase.useCase(), standard.code(), test.name());
            ObjectNode entry = names.addObject()
                    .put("name", test.name())
                    .put("virtual", against.isEmpty())
                    .put("physical", true);
            against.ifPresent(cause -> entry.put(
                    "reason",
                    virtualWanted
                            ? cause.substring(0, 1).toUpperCase(Locale.ROOT) + cause.substring(1)
                                    + ": choose a physical bench."
                            : "It needs a physical bench: " + cause + "."));
        }
        return Reply.ok(body);
    }

    /** Why a virtual bench cannot do it, as the rest of a sentence; empty when it can. */
    private Optional<String> againstVirtual(UnitUnderTest unit, UseCase useCase, String standard, String test) {
        Optional<ProcedurePlan> plan = procedures.find(standard, test, unit.level());
        if (plan.isEmpty()) {
            return Optional.of("it has no electrical or thermal procedure for a "
                    + unit.level().id());
        }
        Instant now = clock.instant();
        TestRequest question = new TestRequest(
                new UUID(0, 0),
                "",
                unit,
                useCase,
                standard,
                test,
                BenchKind.VIRTUAL,
                now,
                "",
                "",
                now,
                plan.get().procedure(),
                plan.get().factors());
        return models.select(question) instanceof Outcome.Refused<ModelSelection> refused
                ? Optional.of(
                        refused.failure().cause().replaceFirst("^The ", "the ").replaceFirst("\\.$", ""))
                : Optional.empty();
    }

    private static String needed(Request request, String name) {
        return request.query(name)
                .orElseThrow(() -> new RefusedException(Failure.permanent(
                        "request.missing_field",
                        "The query parameter " + name + " is missing.",
                        "Give uut, useCase and standard; date and bench are optional.")));
    }
}
