package org.voltwin.lims.database;

import java.nio.file.Path;

/**
 * Where the LIMS database is.
 *
 * @param jdbcUrl H2 in PostgreSQL mode, or PostgreSQL
 * @param user database user
 * @param password its password
 */
public record DatabaseConfiguration(String jdbcUrl, String user, String password) {

    /**
     * An H2 file that behaves like PostgreSQL and has a commit on disk before it is acknowledged: what was committed
     * survives {@code kill -9}.
     *
     * @param file path without the ending {@code .mv.db}
     */
    public static DatabaseConfiguration h2File(Path file, String user, String password) {
        return new DatabaseConfiguration(
                "jdbc:h2:file:" + file.toAbsolutePath()
                        + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"
                        + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE",
                user,
                password);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "DatabaseConfiguration[jdbcUrl=" + jdbcUrl.replaceAll("(?i)(password=)[^&;]*", "$1***") + ", user="
                + user + "]";
    }
}
