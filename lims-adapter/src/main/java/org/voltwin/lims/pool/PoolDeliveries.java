package org.voltwin.lims.pool;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.voltwin.lims.database.LimsDatabase;
import org.voltwin.lims.database.Sql;

/** The table PoolDeliveries: which runs' folders in the pool belong to a delivery. */
public final class PoolDeliveries {
    private final LimsDatabase database;
    private final Clock clock;

    public PoolDeliveries(LimsDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** To be called before anything of the run reaches the pool. */
    public void announce(UUID run) {
        database.inTransaction(c -> Sql.update(
                c,
                "INSERT INTO PoolDeliveries (RunUuid, StartedAt) VALUES (?, ?) ON CONFLICT DO NOTHING",
                run,
                clock.instant().truncatedTo(ChronoUnit.MILLIS)));
    }

    public boolean isAnnounced(UUID run) {
        return database.inTransaction(
                        c -> Sql.first(c, "SELECT RunUuid FROM PoolDeliveries WHERE RunUuid = ?", row -> run, run))
                .isPresent();
    }
}
