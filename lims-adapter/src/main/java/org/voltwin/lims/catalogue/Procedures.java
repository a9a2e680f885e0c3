package org.voltwin.lims.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voltwin.model.design.Factor;
import org.voltwin.model.json.Json;
import org.voltwin.model.lab.Level;
import org.voltwin.model.procedure.ProcedureStep;
import org.voltwin.model.procedure.SafetyLimits;
import org.voltwin.model.procedure.TestProcedure;

/**
 * The electrical and thermal procedures, from {@code procedures.json}; a test that is not there has none: crush, salt
 * fog. They are written for a cell and scaled to modules and packs.
 */
public final class Procedures {
    private static final String RESOURCE = "/org/voltwin/lims/catalogue/procedures.json";

    private final Document document;

    private Procedures(Document document) {
        this.document = document;
    }

    private record Document(
            double nominalCapacityAmpereHours,
            SafetyLimits limits,
            Map<Level, CellsOfUnit> levels,
            List<Entry> procedures) {}

    private record Entry(
            List<Test> tests,
            Set<Level> levels,
            String basis,
            double sampleIntervalSeconds,
            List<ProcedureStep> steps,
            List<Factor> factors,
            Map<String, Double> fixed,
            @Nullable Map<String, Object> design,
            @Nullable SafetyLimits limits) {}

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
                .map(entry -> plan(entry, testName, level));
    }

    private ProcedurePlan plan(Entry entry, String testName, Level level) {
        CellsOfUnit cells = document.levels().getOrDefault(level, new CellsOfUnit(1, 1));
        SafetyLimits limits = entry.limits() == null ? document.limits() : entry.limits();
        return new ProcedurePlan(
                new TestProcedure(
                        testName,
                        document.nominalCapacityAmpereHours() * cells.parallel(),
                        cells.limits(limits),
                        entry.steps().stream().map(cells::step).toList(),
                        entry.sampleIntervalSeconds()),
                entry.factors(),
                entry.fixed(),
                Optional.ofNullable(entry.design()).orElse(Map.of()));
    }

    /** The levels at which a test has a procedure. */
    Set<Level> levels(String standard, String testName) {
        return document.procedures().stream()
                .filter(entry -> entry.tests().contains(new Test(standard, testName)))
                .flatMap(entry -> entry.levels().stream())
                .collect(java.util.stream.Collectors.toSet());
    }

    /** Standard and test name of every test that has a procedure, for checks against the catalogue. */
    List<Map.Entry<String, String>> tests() {
        return document.procedures().stream()
                .flatMap(entry -> entry.tests().stream())
                .map(test -> Map.entry(test.standard(), test.test()))
                .toList();
    }
}
