package org.voltwin.standalone.edge;

import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code Main <config.json>}: runs until SIGTERM. Prints {@code edge ready} on standard output when every listener
 * accepts. Exit status 1 = could not start, 2 = bad configuration.
 */
public final class Main {

    static {
        // HiveMQ's jar brings a logback.xml of its own; naming ours settles which one counts.
        System.setProperty("logback.configurationFile", "edge-logback.xml");
        // Netty gives every core its own pools of buffers; a machine that runs everything needs fewer.
        System.setProperty("io.netty.allocator.numDirectArenas", "2");
        System.setProperty("io.netty.allocator.numHeapArenas", "1");
    }

    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

    private Main() {}

    public static void main(String[] arguments) {
        if (arguments.length != 1) {
            System.err.println("usage: org.voltwin.standalone.edge.Main <config.json>");
            System.exit(2);
        }
        switch (EdgeConfig.read(Path.of(arguments[0]))) {
            case EdgeConfig.Invalid(var problems) -> {
                problems.forEach(problem -> System.err.println(arguments[0] + ": " + problem));
                System.exit(2);
            }
            case EdgeConfig.Valid(var config) -> run(config);
        }
    }

    private static void run(EdgeConfig config) {
        Edge edge = new Edge(config);
        LOG.info("starting {}", edge.summary());
        try {
            edge.start();
        } catch (Exception | LinkageError e) {
            LOG.error("start failed", e);
            System.err.println("edge could not start: " + e.getMessage()
                    + ". Maybe a port is taken or the data folder is in use: change the configuration.");
            edge.close();
            System.exit(1);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(edge), "edge-stop"));
        System.out.println("edge ready");
        System.out.flush();
    }

    /** What was acknowledged is safe even from kill -9, so a slow part may not hold up the end for long. */
    private static void stop(Edge edge) {
        Thread closing = Thread.ofPlatform().daemon().name("edge-close").start(edge::close);
        try {
            if (!closing.join(STOP_WITHIN)) {
                LOG.warn("stopped without waiting for a slow part");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
