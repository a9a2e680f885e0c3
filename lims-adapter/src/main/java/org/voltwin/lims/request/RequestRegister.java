package org.voltwin.lims.request;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.voltwin.lims.catalogue.Catalogue;
import org.voltwin.lims.database.Sql;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.json.Json;
import org.voltwin.model.run.RunStage;
import org.voltwin.model.run.TestRequest;

/** The table TestRequests. Every method works in the caller's transaction. */
final class RequestRegister {
    private static final String SELECT = "SELECT r.*, u.Code AS UutCode, c.Name AS UseCaseName, s.Code AS StandardCode,"
            + " t.Name AS TestName FROM TestRequests r JOIN UUTIDs u ON u.Id = r.UUTIDId"
            + " JOIN UseCases c ON c.Id = r.UseCaseId JOIN RelevantStandards s ON s.Id = r.StandardId"
            + " JOIN TestNames t ON t.Id = r.TestId";

    private RequestRegister() {}

    /** Keys of a request's catalogue entries. */
    record Keys(Catalogue.Unit unit, Catalogue.Use useCase, Catalogue.Standard standard, Catalogue.TestName test) {}

    /** The next request number of the year: {@code TR-2026-000001}. Others wait until this transaction ends. */
    static String nextNumber(Connection c, Instant now) throws SQLException {
        int year = now.atOffset(ZoneOffset.UTC).getYear();
        Sql.update(c, "INSERT INTO RequestNumbers (NumberYear, LastNumber) VALUES (?, 0) ON CONFLICT DO NOTHING", year);
        Sql.update(c, "UPDATE RequestNumbers SET LastNumber = LastNumber + 1 WHERE NumberYear = ?", year);
        int number = Sql.first(
                        c,
                        "SELECT LastNumber FROM RequestNumbers WHERE NumberYear = ?",
                        row -> row.getInt("LastNumber"),
                        year)
                .orElseThrow();
        return "TR-%d-%06d".formatted(year, number);
    }

    static void insert(Connection c, TestRequest request, Keys keys) throws SQLException {
        Sql.update(
                c,
                "INSERT INTO TestRequests (RequestNumber, RequesterId, RequesterName, PreferredTestScheduleDate,"
                        + " UUTIDId, UseCaseId, StandardId, TestId, CreatedAt, UpdatedAt, RunUuid, BenchKind, Stage)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                request.number(),
                request.requesterId(),
                request.requesterName(),
                request.preferredDate(),
                keys.unit().id(),
                keys.useCase().id(),
                keys.standard().id(),
                keys.test().id(),
                request.submittedAt(),
                request.submittedAt(),
                request.uuid(),
                request.benchKind().id(),
                RunStage.REQUESTED.id());
    }

    static Optional<RequestRow> find(Connection c, UUID uuid) throws SQLException {
        return Sql.first(c, SELECT + " WHERE r.RunUuid = ?", RequestRegister::read, uuid);
    }

    /** The row, locked until the transaction ends. */
    static Optional<RequestRow> lock(Connection c, UUID uuid) throws SQLException {
        Sql.list(c, "SELECT Id FROM TestRequests WHERE RunUuid = ? FOR UPDATE", row -> row.getInt("Id"), uuid);
        return find(c, uuid);
    }

    /** By request number. */
    static Optional<RequestRow> find(Connection c, String number) throws SQLException {
        return Sql.first(c, SELECT + " WHERE r.RequestNumber = ?", RequestRegister::read, number);
    }

    /** Newest first. */
    static List<RequestRow> list(Connection c, int offset, int limit) throws SQLException {
        return Sql.list(
                c,
                SELECT + " ORDER BY r.CreatedAt DESC, r.Id DESC LIMIT ? OFFSET ?",
                RequestRegister::read,
                limit,
                offset);
    }

    static int count(Connection c) throws SQLException {
        return Sql.first(c, "SELECT count(*) AS Total FROM TestRequests", row -> row.getInt("Total"))
                .orElseThrow();
    }

    static void acknowledged(Connection c, UUID uuid, String thing, Instant now) throws SQLException {
        Sql.update(
                c,
                "UPDATE TestRequests SET WorkflowId = ?, AcknowledgedAt = ? WHERE RunUuid = ? AND AcknowledgedAt IS NULL",
                thing,
                now,
                uuid);
    }

    /**
     * Takes a status. Stage and progress only ever go forwards, and an end stays; the time of a stage that was missed
     * is filled in even by a late message.
     *
     * @return whether the row moved
     */
    static boolean apply(Connection c, RequestRow row, StatusUpdate update, Instant now) throws SQLException {
        for (Map.Entry<RunStage, Instant> entered : update.times().entrySet()) {
            String column = timeColumn(entered.getKey());
            if (column != null && !row.times().containsKey(entered.getKey())) {
                Sql.update(
                        c,
                        "UPDATE TestRequests SET " + column + " = ? WHERE RunUuid = ?",
                        entered.getValue(),
                        row.uuid());
            }
        }
        boolean forwards = !row.stage().isEnd() && update.stage().compareTo(row.stage()) >= 0;
        if (!forwards) {
            return false;
        }
        int percent = update.stage() == RunStage.COMPLETED ? 100 : (int) Math.floor(100 * clamp(update.progress()));
        Sql.update(
                c,
                "UPDATE TestRequests SET Stage = ?, Status = ?, SimulationProgress = ?, UpdatedAt = ? WHERE RunUuid = ?",
                update.stage().id(),
                RequestRow.Status.of(update.stage()).ordinal(),
                Math.max(percent, row.progressPercent()),
                now,
                row.uuid());
        set(c, row.uuid(), "Message", update.message());
        set(c, row.uuid(), "BookedBench", update.bench());
        set(c, row.uuid(), "SimulationResultsPath", update.resultsStream());
        set(c, row.uuid(), "FailureJson", update.failure() == null ? null : Json.text(update.failure()));
        set(c, row.uuid(), "SimulationFolder", update.folder());
        set(c, row.uuid(), "FmuBlobPath", update.folder() == null ? null : update.folder() + "/fastest-models/fmus");
        if (update.stage() == RunStage.COMPLETED) {
            Sql.update(c, "UPDATE TestRequests SET SimulationCompleteAt = CompletedAt WHERE RunUuid = ?", row.uuid());
        }
        return true;
    }

    private static double clamp(double progress) {
        return Double.isNaN(progress) ? 0 : Math.max(0, Math.min(1, progress));
    }

    private static void set(Connection c, UUID uuid, String column, @Nullable String value) throws SQLException {
        if (value != null) {
            Sql.update(c, "UPDATE TestRequests SET " + column + " = ? WHERE RunUuid = ?", cut(column, value), uuid);
        }
    }

    private static String cut(String column, String value) {
        return column.equals("FailureJson") || value.length() <= 512 ? value : value.substring(0, 512);
    }

    /** D6.4's columns where it has one. */
    private static @Nullable String timeColumn(RunStage stage) {
        return switch (stage) {
            case REQUESTED -> null;
            case MODELLED -> "ModelledAt";
            case DELIVERED -> "FmuReadyAt";
            case VALIDATED -> "ValidatedAt";
            case DESIGNED -> "DoeCompleteAt";
            case SCHEDULED -> "ScheduleReadyAt";
            case RUNNING -> "SimulationStartedAt";
            case COMPLETED -> "CompletedAt";
            case FAILED -> "FailedAt";
            case CANCELLED -> "CancelledAt";
        };
    }

    private static RequestRow read(ResultSet row) throws SQLException {
        Instant createdAt = Objects.requireNonNull(Sql.instant(row, "CreatedAt"));
        Map<RunStage, Instant> times = new EnumMap<>(RunStage.class);
        times.put(RunStage.REQUESTED, createdAt);
        for (RunStage stage : RunStage.values()) {
            String column = timeColumn(stage);
            Instant at = column == null ? null : Sql.instant(row, column);
            if (at != null) {
                times.put(stage, at);
            }
        }
        String failure = row.getString("FailureJson");
        return new RequestRow(
                row.getObject("RunUuid", UUID.class),
                row.getString("RequestNumber"),
                row.getString("UutCode"),
                row.getString("UseCaseName"),
                row.getString("StandardCode"),
                row.getString("TestName"),
                row.getString("BenchKind"),
                Objects.requireNonNull(Sql.instant(row, "PreferredTestScheduleDate")),
                row.getString("RequesterId"),
                row.getString("RequesterName"),
                RunStage.of(row.getString("Stage")),
                row.getInt("SimulationProgress"),
                Sql.instant(row, "AcknowledgedAt") != null,
                row.getString("WorkflowId"),
                row.getString("SimulationFolder"),
                row.getString("SimulationResultsPath"),
                row.getString("BookedBench"),
                row.getString("Message"),
                failure == null
                        ? null
                        : Json.read(failure.getBytes(java.nio.charset.StandardCharsets.UTF_8), Failure.class)
                                .orThrow(),
                createdAt,
                Objects.requireNonNull(Sql.instant(row, "UpdatedAt")),
                times);
    }
}
