package org.voltwin.lims.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;
import org.voltwin.model.TwinId;
import org.voltwin.model.lab.Generation;
import org.voltwin.model.lab.Level;
import org.voltwin.model.lab.UnitUnderTest;
import org.voltwin.model.lab.UseCase;

/**
 * Fills the catalogue's tables from the CSV files of {@code catalogue/}. It runs once: from then on the tables are the
 * laboratory's to edit, so there is no checksum that would tie them to the files.
 */
final class CatalogueMigration implements JavaMigration {
    private static final String FOLDER = "/org/voltwin/lims/catalogue/";
    private static final String MANY = ";";

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion("2");
    }

    @Override
    public String getDescription() {
        return "catalogue data";
    }

    @Override
    public @Nullable Integer getChecksum() {
        return null;
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }

    @Override
    public void migrate(Context context) throws SQLException {
        Connection connection = context.getConnection();
        units(connection);
        for (UseCase useCase : UseCase.values()) {
            Sql.update(
                    connection,
                    "INSERT INTO UseCases (Name, Description) VALUES (?, ?)",
                    useCase.label(),
                    useCase.label() + " applications");
        }
        Map<String, List<String>> useCases = standards(connection);
        tests(connection, useCases);
    }

    private static void units(Connection connection) throws SQLException {
        for (CSVRecord unit : records("uuts.csv")) {
            String code = unit.get("code");
            UnitUnderTest parsed = new UnitUnderTest(
                    code,
                    Generation.of(unit.get("generation")),
                    Level.of(unit.get("level")),
                    new TwinId(TwinId.NAMESPACE + ":" + unit.get("level") + "-" + code));
            Sql.update(
                    connection,
                    "INSERT INTO UUTIDs (Code, Description, Generation, Level) VALUES (?, ?, ?, ?)",
                    code,
                    parsed.label(),
                    parsed.generation().id(),
                    parsed.level().id());
        }
    }

    private static Map<String, List<String>> standards(Connection connection) throws SQLException {
        Map<String, List<String>> useCases = new LinkedHashMap<>();
        for (CSVRecord standard : records("standards.csv")) {
            Sql.update(
                    connection,
                    "INSERT INTO RelevantStandards (Code, Name, Description) VALUES (?, ?, ?)",
                    standard.get("code"),
                    standard.get("name"),
                    "Test names from general knowledge of the standard; edit them against the laboratory's copy.");
            useCases.put(standard.get("code"), List.of(standard.get("useCases").split(MANY)));
        }
        return useCases;
    }

    private static void tests(Connection connection, Map<String, List<String>> useCases) throws SQLException {
        Map<String, String> codes = new LinkedHashMap<>();
        for (CSVRecord line : records("applicability.csv")) {
            String name = line.get("test");
            String standard = line.get("standard");
            String code = code(name);
            if (codes.put(code, name) == null) {
                Sql.update(
                        connection,
                        "INSERT INTO TestNames (Code, Name, Description) VALUES (?, ?, ?)",
                        code,
                        name,
                        "Usual name of the test");
            }
            for (String useCase : useCases.getOrDefault(standard, List.of())) {
                for (String level : line.get("levels").split(MANY)) {
                    applicable(connection, code, standard, useCase, level);
                }
            }
        }
    }

    private static void applicable(Connection connection, String test, String standard, String useCase, String level)
            throws SQLException {
        int rows = Sql.update(
                connection,
                "INSERT INTO TestNameApplicability (TestId, StandardId, UseCaseId, UUTIDId)"
                        + " SELECT t.Id, s.Id, c.Id, u.Id FROM TestNames t, RelevantStandards s, UseCases c, UUTIDs u"
                        + " WHERE t.Code = ? AND s.Code = ? AND c.Name = ? AND u.Level = ?",
                test,
                standard,
                useCase,
                level);
        if (rows == 0) {
            throw new IllegalStateException("applicability.csv names what is not in the other files: " + test + ", "
                    + standard + ", " + useCase + ", " + level);
        }
    }

    /** {@code T6 impact / crush} becomes {@code t6-impact-crush}. */
    private static String code(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }

    private static List<CSVRecord> records(String file) {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setCommentMarker('#')
                .setHeader()
                .setSkipHeaderRecord(true)
                .setTrim(true)
                .get();
        try (InputStream in = CatalogueMigration.class.getResourceAsStream(FOLDER + file)) {
            if (in == null) {
                throw new IllegalStateException("The resource " + FOLDER + file + " is missing from the build");
            }
            Reader reader = new InputStreamReader(in, UTF_8);
            return format.parse(reader).getRecords();
        } catch (IOException e) {
            throw new IllegalStateException("The resource " + FOLDER + file + " cannot be read", e);
        }
    }
}
