package org.voltwin.lims.request;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.voltwin.lims.database.LimsDatabase;
import org.voltwin.lims.database.PostgresCluster;

/** The same on a real PostgreSQL, where Debian's package {@code postgresql} is installed. */
class RequestStorePostgresIT extends RequestStoreContract {
    private static PostgresCluster cluster;
    private static LimsDatabase database;

    @BeforeAll
    static void open() throws Exception {
        var bin = PostgresCluster.installed();
        Assumptions.assumeTrue(
                bin.isPresent(), "skipped: no PostgreSQL server in /usr/lib/postgresql (package postgresql)");
        cluster = PostgresCluster.start(bin.get());
        database = LimsDatabase.open(cluster.configuration());
    }

    @AfterAll
    static void close() throws Exception {
        if (database != null) {
            database.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    @Override
    protected LimsDatabase database() {
        return database;
    }
}
