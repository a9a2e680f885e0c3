package org.voltwin.standalone.ditto;

import com.typesafe.config.ConfigException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.standalone.ditto.config.DittoSettings;
import org.voltwin.standalone.ditto.journal.Backup;
import org.voltwin.standalone.ditto.twin.Twins;
import org.voltwin.standalone.ditto.wot.ValidationConfig;

/**
 * {@code java ... Main <config.conf>} runs the server; {@code Main backup <config.conf> <file>} copies its data folder,
 * also while the server runs; {@code Main restore <config.conf> <file>} fills an empty one. Exit status 2 for a wrong
 * configuration or usage, 1 when the work failed.
 */
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    /** What is kept in the data folder and is no journal. */
    private static final List<String> BESIDE_THE_JOURNAL = List.of(ValidationConfig.FILE);

    private Main() {}

    public static void main(String[] arguments) {
        boolean maintenance =
                arguments.length == 3 && (arguments[0].equals("backup") || arguments[0].equals("restore"));
        if (arguments.length != 1 && !maintenance) {
            System.err.println(
                    "Usage: java -cp ... " + Main.class.getName()
                            + " <config.conf>\n       ... backup <config.conf> <file>\n       ... restore <config.conf> <file>");
            System.exit(2);
        }
        String config = arguments[maintenance ? 1 : 0];
        try {
            DittoSettings settings = DittoSettings.read(Path.of(config));
            if (maintenance) {
                maintain(arguments[0], settings.dataDir(), Path.of(arguments[2]));
                return;
            }
            DittoServer server = DittoServer.start(settings, broken -> {
                // What is on the disk is unknown now: only a restart finds out.
                Runtime.getRuntime().halt(1);
            });
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "shutdown"));
            LOG.info(
                    "server.up port={} issuers={}",
                    server.port(),
                    settings.issuers().size());
        } catch (ConfigException | IllegalArgumentException e) {
            System.err.println("The configuration " + config + " is wrong: " + e.getMessage());
            System.exit(2);
        } catch (IOException e) {
            System.err.println((maintenance ? "Failed: " : "Cannot start: ") + e.getMessage());
            System.exit(1);
        }
    }

    private static void maintain(String what, Path dataDir, Path file) throws IOException {
        if (what.equals("backup")) {
            int files = Backup.create(dataDir, BESIDE_THE_JOURNAL, file);
            System.out.println("Backed up " + dataDir + " (" + files + " files) to " + file);
        } else {
            var twins = new Twins();
            Backup.restore(file, dataDir, BESIDE_THE_JOURNAL, twins::replay);
            System.out.println("Restored " + twins.thingCount() + " things and " + twins.policyCount() + " policies to "
                    + dataDir);
        }
    }

    private static void stop(DittoServer server) {
        try {
            server.close();
            LOG.info("server.down");
        } catch (IOException e) {
            LOG.error("server.down-with-error", e);
        }
    }
}
