package org.voltwin.standalone.stores;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code Main <config.json>}: runs both servers until SIGTERM. Prints {@code stores ready documents=PORT sftp=PORT
 * health=PORT} on standard output when clients can use them. Exit status 0 = stopped as asked, 1 = could not run, 2 =
 * bad configuration.
 */
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length != 1) {
            System.err.println("usage: org.voltwin.standalone.stores.Main <config.json>");
            System.exit(2);
        }
        StoresConfig config = null;
        try {
            config = StoresConfig.read(Path.of(arguments[0]));
        } catch (StoresConfig.Invalid e) {
            String problems = String.valueOf(e.getMessage());
            problems.lines().forEach(problem -> System.err.println(arguments[0] + ": " + problem));
            System.exit(2);
        }
        if (config == null) {
            return;
        }
        try {
            Stores stores = Stores.start(config, broken -> endAfter("the disk refused a commit", broken));
            Runtime.getRuntime().addShutdownHook(new Thread(stores::close, "stores-stop"));
            System.out.println("stores ready documents=" + stores.documentsPort() + " sftp=" + stores.sftpPort()
                    + " health=" + stores.healthPort());
            System.out.flush();
        } catch (Exception e) {
            LOG.error("start failed", e);
            System.err.println(
                    "stores could not start: " + e.getMessage() + ". Maybe another process uses a port or the"
                            + " documents' file: stop it, or change the configuration.");
            System.exit(1);
        }
        new CountDownLatch(1).await();
    }

    /** What the file holds is then unknown to this process: the next one recovers what was acknowledged. */
    private static void endAfter(String what, RuntimeException cause) {
        LOG.error("{}; ending", what, cause);
        Runtime.getRuntime().halt(1);
    }
}
