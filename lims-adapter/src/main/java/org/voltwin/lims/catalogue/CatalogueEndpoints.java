package org.voltwin.lims.catalogue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.http.Endpoint;
import org.voltwin.model.http.Reply;
import org.voltwin.model.http.Request;
import org.voltwin.model.http.Role;
import org.voltwin.model.json.Json;
import org.voltwin.model.lab.BenchKind;
import org.voltwin.model.lab.UnitUnderTest;

/** The catalogue over HTTP. */
public final class CatalogueEndpoints {
    private static final Set<Role> READERS =
            Set.of(Role.VIEWER, Role.TEST_ENGINEER, Role.MODEL_AUTHOR, Role.LAB_ADMIN, Role.SERVICE);

    private final Catalogue catalogue;
    private final Procedures procedures;
    private final Clock clock;

    public CatalogueEndpoints(Catalogue catalogue, Procedures procedures, Clock clock) {
        this.catalogue = catalogue;
        this.procedures = procedures;
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
            boolean electrical = procedures
                    .find(standard.code(), test.name(), unit.unit().level())
                    .isPresent();
            ObjectNode entry = names.addObject()
                    .put("name", test.name())
                    .put("virtual", electrical)
                    .put("physical", true);
            if (!electrical) {
                entry.put(
                        "reason",
                        virtualWanted
                                ? "It has no electrical procedure for a "
                                        + unit.unit().level().id() + ": choose a physical bench."
                                : "It needs a physical bench: it has no electrical procedure for a "
                                        + unit.unit().level().id() + ".");
            }
        }
        return Reply.ok(body);
    }

    private static String needed(Request request, String name) {
        return request.query(name)
                .orElseThrow(() -> new RefusedException(Failure.permanent(
                        "request.missing_field",
                        "The query parameter " + name + " is missing.",
                        "Give uut, useCase and standard; date and bench are optional.")));
    }
}
