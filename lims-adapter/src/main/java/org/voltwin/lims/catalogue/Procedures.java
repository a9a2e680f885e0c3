package org.voltwin.lims.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.voltwin.model.design.Factor;
import org.voltwin.model.json.Json;
import org.voltwin.model.lab.Level;
import org.voltwin.model.procedure.ProcedureStep;
import org.voltwin.model.procedure.SafetyLimits;
import org.voltwin.model.procedure.TestProcedure;

/** The electrical procedures, from {@code procedures.json}. A test that is not there has none: crush, salt fog. */
public final class Procedures {
    private static final String RESOURCE = "/org/voltwin/lims/catalogue/procedures.json";

    private final Document document;

    private Procedures(Document document) {
        this.document = document;
    }

    private record Document(double nominalCapacityAmpereHours, SafetyLimits limits, List<Entry> procedures) {}

    private record Entry(
            List<Test> tests,
            Set<Level> levels,
            String basis,
            double sampleIntervalSeconds,
            List<ProcedureStep> steps,
            List<Factor> factors,
            Map<String, Double> fixed) {}

    private record Test(String standard, String test) {}

    /** The procedures that come with this version. */
    public static Procedures standard() {
        try (InputStream in = Procedures.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("The resource " + RESOURCE + " is missing from the build");
            }
            return new Procedures(Json.read(in.readAllBytes(), Document.class).orThrow());
        } catch (IOException e) {
            throw new IllegalStateException("The resource " + RESOURCE + " cannot be read", e);
        }
    }

    /** How the test is done electrically, if it can be. */
    public Optional<ProcedurePlan> find(String standard, String testName, Level level) {
        return document.procedures().stream()
                .filter(entry -> entry.levels().contains(level))
                .filter(entry -> entry.tests().contains(new Test(standard, testName)))
                .findFirst()
                .map(entry -> new ProcedurePlan(
                        new TestProcedure(
                                testName,
                                document.nominalCapacityAmpereHours(),
                                document.limits(),
                                entry.steps(),
                                entry.sampleIntervalSeconds()),
                        entry.factors(),
                        entry.fixed()));
    }

    /** Standard and test name of every test that has a procedure, for checks against the catalogue. */
    List<Map.Entry<String, String>> tests() {
        return document.procedures().stream()
                .flatMap(entry -> entry.tests().stream())
                .map(test -> Map.entry(test.standard(), test.test()))
                .toList();
    }
}
