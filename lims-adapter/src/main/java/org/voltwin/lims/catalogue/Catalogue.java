package org.voltwin.lims.catalogue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.voltwin.lims.database.LimsDatabase;
import org.voltwin.lims.database.Sql;
import org.voltwin.model.TwinId;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.lab.Generation;
import org.voltwin.model.lab.Level;
import org.voltwin.model.lab.UnitUnderTest;
import org.voltwin.model.lab.UseCase;

/** What the laboratory tests, as its database says. Codes and names are matched without regard to case. */
public final class Catalogue {
    /** Said wherever the table is shown. */
    public static final String NOTE = "Which test goes with which standard, use case and unit is data that a laboratory"
            + " edits (table TestNameApplicability); names come from general knowledge of the standards.";

    private final LimsDatabase database;

    public Catalogue(LimsDatabase database) {
        this.database = database;
    }

    /** A standard. */
    public record Standard(int id, String code, String name) {}

    /** A unit under test with its key. */
    public record Unit(int id, UnitUnderTest unit) {}

    /** A use case with its key. */
    public record Use(int id, UseCase useCase) {}

    /** A test name with its key. */
    public record TestName(int id, String name) {}

    public List<Unit> units() {
        return database.inTransaction(c -> Sql.list(
                c,
                "SELECT Id, Code, Generation, Level FROM UUTIDs WHERE IsActive = TRUE ORDER BY Id",
                Catalogue::readUnit));
    }

    public List<Use> useCases() {
        return database.inTransaction(c ->
                Sql.list(c, "SELECT Id, Name FROM UseCases WHERE IsActive = TRUE ORDER BY Id", Catalogue::readUseCase));
    }

    public List<Standard> standards() {
        return database.inTransaction(c -> Sql.list(
                c,
                "SELECT Id, Code, Name FROM RelevantStandards WHERE IsActive = TRUE ORDER BY Id",
                row -> new Standard(row.getInt("Id"), row.getString("Code"), row.getString("Name"))));
    }

    /** Refused with {@code request.unknown_uut}. */
    public Outcome<Unit> unit(String code) {
        List<Unit> all = units();
        return one(
                all.stream().filter(u -> u.unit().code().equalsIgnoreCase(code)).findFirst(),
                "request.unknown_uut",
                "There is no unit under test '" + code + "'.",
                all.stream().map(u -> u.unit().code()).toList());
    }

    /** Refused with {@code request.unknown_use_case}. */
    public Outcome<Use> useCase(String name) {
        List<Use> all = useCases();
        return one(
                all.stream()
                        .filter(u -> u.useCase().label().equalsIgnoreCase(name))
                        .findFirst(),
                "request.unknown_use_case",
                "There is no use case '" + name + "'.",
                all.stream().map(u -> u.useCase().label()).toList());
    }

    /** Refused with {@code request.unknown_standard}. */
    public Outcome<Standard> standard(String code) {
        List<Standard> all = standards();
        return one(
                all.stream().filter(s -> s.code().equalsIgnoreCase(code)).findFirst(),
                "request.unknown_standard",
                "There is no standard '" + code + "'.",
                all.stream().map(Standard::code).toList());
    }

    /** The tests that the standard has for this unit and use case, in order of name. */
    public List<TestName> testNames(Unit unit, Use useCase, Standard standard) {
        return database.inTransaction(c -> testNames(c, unit, useCase, standard));
    }

    /** Refused with {@code request.test_not_applicable}. */
    public Outcome<TestName> testName(String name, Unit unit, Use useCase, Standard standard) {
        List<TestName> all = testNames(unit, useCase, standard);
        String what = unit.unit().label() + ", " + useCase.useCase().label() + ", " + standard.code();
        if (all.isEmpty()) {
            return Outcome.refused(Failure.permanent(
                    "request.test_not_applicable",
                    "No test is applicable to " + what + ".",
                    "Choose another standard or use case."));
        }
        return one(
                all.stream().filter(t -> t.name().equalsIgnoreCase(name)).findFirst(),
                "request.test_not_applicable",
                "The test '" + name + "' is not applicable to " + what + ".",
                all.stream().map(TestName::name).toList());
    }

    private static List<TestName> testNames(Connection c, Unit unit, Use useCase, Standard standard)
            throws SQLException {
        return Sql.list(
                c,
                "SELECT t.Id, t.Name FROM TestNameApplicability a JOIN TestNames t ON t.Id = a.TestId"
                        + " WHERE a.UUTIDId = ? AND a.UseCaseId = ? AND a.StandardId = ?"
                        + " AND a.IsApplicable = TRUE AND t.IsActive = TRUE ORDER BY t.Name",
                row -> new TestName(row.getInt("Id"), row.getString("Name")),
                unit.id(),
                useCase.id(),
                standard.id());
    }

    private static <T> Outcome<T> one(Optional<T> found, String code, String cause, List<String> offered) {
        return found.map(Outcome::ok)
                .orElseGet(() -> Outcome.refused(
                        Failure.permanent(code, cause, "Choose one of: " + String.join(", ", offered) + ".")));
    }

    private static Unit readUnit(ResultSet row) throws SQLException {
        Level level = Level.of(row.getString("Level"));
        String code = row.getString("Code");
        TwinId twin = new TwinId(TwinId.NAMESPACE + ":" + level.id() + "-" + code);
        return new Unit(
                row.getInt("Id"), new UnitUnderTest(code, Generation.of(row.getString("Generation")), level, twin));
    }

    private static Use readUseCase(ResultSet row) throws SQLException {
        return new Use(row.getInt("Id"), UseCase.of(row.getString("Name")));
    }
}
