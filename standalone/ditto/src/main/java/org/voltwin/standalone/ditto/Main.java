package org.voltwin.standalone.ditto;

import com.typesafe.config.ConfigException;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.standalone.ditto.config.DittoSettings;

/** {@code java ... Main <config.conf>}: exit status 2 for a wrong configuration, 1 when it cannot start or go on. */
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private Main() {}

    public static void main(String[] arguments) {
        if (arguments.length != 1) {
            System.err.println("Usage: java -cp ... " + Main.class.getName() + " <config.conf>");
            System.exit(2);
        }
        try {
            DittoSettings settings = DittoSettings.read(Path.of(arguments[0]));
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
            System.err.println("The configuration " + arguments[0] + " is wrong: " + e.getMessage());
            System.exit(2);
        } catch (IOException e) {
            System.err.println("Cannot start: " + e.getMessage());
            System.exit(1);
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
