package org.voltwin.lims.request;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.voltwin.lims.database.Sql;

/** The table RequestOutbox. Every method works in the caller's transaction. */
final class Outbox {
    /** Requests for tests. */
    static final String REQUESTS = "LIMS/requests/test";
    /** Cancellations. */
    static final String CANCELLATIONS = "LIMS/requests/cancel";

    private static final Duration FIRST_WAIT = Duration.ofSeconds(5);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private Outbox() {}

    /** A message that is not settled. */
    record Message(long id, UUID uuid, String topic, String payload, int attempts) {}

    static void add(Connection c, UUID uuid, String topic, String payload, Instant now) throws SQLException {
        Sql.update(
                c,
                "INSERT INTO RequestOutbox (RunUuid, Topic, Payload, CreatedAt, NextAttemptAt) VALUES (?, ?, ?, ?, ?)",
                uuid,
                topic,
                payload,
                now,
                now);
    }

    /** Messages that are due, oldest first. */
    static List<Message> due(Connection c, Instant now) throws SQLException {
        return Sql.list(
                c,
                "SELECT Id, RunUuid, Topic, Payload, Attempts FROM RequestOutbox WHERE SettledAt IS NULL"
                        + " AND NextAttemptAt <= ? ORDER BY Id LIMIT 100",
                row -> new Message(
                        row.getLong("Id"),
                        row.getObject("RunUuid", UUID.class),
                        row.getString("Topic"),
                        row.getString("Payload"),
                        row.getInt("Attempts")),
                now);
    }

    /** When the next message is due, if there is one. */
    static Optional<Instant> nextDue(Connection c) throws SQLException {
        return Sql.list(
                        c,
                        "SELECT NextAttemptAt FROM RequestOutbox WHERE SettledAt IS NULL"
                                + " ORDER BY NextAttemptAt LIMIT 1",
                        row -> Optional.ofNullable(Sql.instant(row, "NextAttemptAt")))
                .stream()
                .findFirst()
                .flatMap(found -> found);
    }

    /** The broker has it; sent again later unless the twin answers. */
    static void sent(Connection c, Message message, Instant now) throws SQLException {
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(message.attempts(), 10));
        Sql.update(
                c,
                "UPDATE RequestOutbox SET Attempts = Attempts + 1, NextAttemptAt = ? WHERE Id = ?",
                now.plus(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait),
                message.id());
    }

    /** The twin has answered: the message is not sent again. */
    static void settle(Connection c, UUID uuid, String topic, Instant now) throws SQLException {
        Sql.update(
                c,
                "UPDATE RequestOutbox SET SettledAt = ? WHERE RunUuid = ? AND Topic = ? AND SettledAt IS NULL",
                now,
                uuid,
                topic);
    }
}
