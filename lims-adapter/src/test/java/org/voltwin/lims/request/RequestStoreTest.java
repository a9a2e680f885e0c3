package org.voltwin.lims.request;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.lims.database.DatabaseConfiguration;
import org.voltwin.lims.database.LimsDatabase;

class RequestStoreTest extends RequestStoreContract {
    @TempDir
    private static Path folder;

    private static LimsDatabase database;

    @BeforeAll
    static void open() {
        database = LimsDatabase.open(DatabaseConfiguration.h2File(folder.resolve("lims"), "sa", "secret"));
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Override
    protected LimsDatabase database() {
        return database;
    }
}
