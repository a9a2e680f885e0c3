package org.voltwin.lims.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;

/** The database {@code lims-platform}, migrated to this version. */
public final class LimsDatabase implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LimsDatabase.class);
    private static final int CONNECTIONS = 6;

    private final HikariDataSource source;

    private LimsDatabase(HikariDataSource source) {
        this.source = source;
    }

    /** Work on one connection. */
    @FunctionalInterface
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Connects and migrates. Throws when the database cannot be had or was changed by hand. */
    public static LimsDatabase open(DatabaseConfiguration configuration) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("lims");
        pool.setJdbcUrl(configuration.jdbcUrl());
        pool.setUsername(configuration.user());
        pool.setPassword(configuration.password());
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setMinimumIdle(1);
        pool.setAutoCommit(false);
        HikariDataSource source = new HikariDataSource(pool);
        try {
            Flyway.configure()
                    .dataSource(source)
                    .locations("classpath:org/voltwin/lims/migration")
                    .javaMigrations(new CatalogueMigration())
                    .load()
                    .migrate();
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
        return new LimsDatabase(source);
    }

    /**
     * Does the work in one transaction: all of it is on disk when this returns, or none.
     *
     * @throws RefusedException with {@code lims.database_unavailable}, which a retry may mend
     */
    public <T> T inTransaction(Work<T> work) {
        try (Connection connection = source.getConnection()) {
            boolean done = false;
            try {
                T result = work.on(connection);
                connection.commit();
                done = true;
                return result;
            } finally {
                if (!done) {
                    connection.rollback();
                }
            }
        } catch (SQLException e) {
            LOG.warn("The LIMS database refused a transaction", e);
            throw new RefusedException(Failure.passing(
                    "lims.database_unavailable",
                    "The LIMS database did not take the transaction (" + e.getSQLState() + ").",
                    "Try again; if it stays so, look at the log of the rooms and at the database."));
        }
    }

    @Override
    public void close() {
        source.close();
    }
}
