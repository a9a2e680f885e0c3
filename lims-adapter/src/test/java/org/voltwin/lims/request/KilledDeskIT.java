package org.voltwin.lims.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.lims.catalogue.Catalogue;
import org.voltwin.lims.catalogue.Procedures;
import org.voltwin.lims.database.DatabaseConfiguration;
import org.voltwin.lims.database.LimsDatabase;
import org.voltwin.lims.database.Sql;
import org.voltwin.model.http.Caller;
import org.voltwin.model.http.Role;

/** What the desk has answered is in the H2 file with its message when the process is killed (SIGKILL) right after. */
class KilledDeskIT {
    @TempDir
    private Path folder;

    @Test
    void nothingThatWasAnsweredIsLost() throws Exception {
        Path file = folder.resolve("lims");
        Process desk = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Desk.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<UUID> answered = new ArrayList<>();
        try (BufferedReader out = desk.inputReader(UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith("answered ")) {
                    answered.add(UUID.fromString(line.substring(9)));
                }
                if (answered.size() == 40) {
                    desk.toHandle().destroyForcibly();
                }
            }
        }
        desk.waitFor();
        assertThat(answered).hasSizeGreaterThanOrEqualTo(40);

        try (LimsDatabase database = LimsDatabase.open(DatabaseConfiguration.h2File(file, "sa", "secret"))) {
            List<UUID> rows = database.inTransaction(
                    c -> Sql.list(c, "SELECT RunUuid FROM TestRequests", row -> row.getObject(1, UUID.class)));
            List<UUID> messages = database.inTransaction(
                    c -> Sql.list(c, "SELECT RunUuid FROM RequestOutbox", row -> row.getObject(1, UUID.class)));
            assertThat(rows).containsAll(answered);
            assertThat(messages).containsExactlyInAnyOrderElementsOf(rows);
        }
    }

    /** The process that is killed. */
    static final class Desk {
        private Desk() {}

        public static void main(String[] arguments) {
            LimsDatabase database =
                    LimsDatabase.open(DatabaseConfiguration.h2File(Path.of(arguments[0]), "sa", "secret"));
            RequestDesk desk = new RequestDesk(
                    database,
                    new Catalogue(database),
                    Procedures.standard(),
                    Clock.systemUTC(),
                    UUID::randomUUID,
                    uuid -> {});
            byte[] form = """
                    {"uut":"GEN3B-CELL-01","useCase":"Automotive","standard":"IEC62660","testName":"Capacity",
                     "bench":"virtual","preferredDate":"%s"}""".formatted(Clock.systemUTC().instant()).getBytes(UTF_8);
            Caller caller = new Caller("1", "erin", Set.of(Role.TEST_ENGINEER));
            while (true) {
                System.out.println(
                        "answered " + desk.file(form, caller).orThrow().uuid());
            }
        }
    }
}
