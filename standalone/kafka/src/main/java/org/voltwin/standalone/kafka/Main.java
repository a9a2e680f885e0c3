package org.voltwin.standalone.kafka;

import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code Main <config.properties>}: runs the node until SIGTERM. Prints {@code kafka ready on localhost:PORT} on
 * standard output when clients can use it. Exit status 0 = stopped as asked, 1 = could not run, 2 = bad configuration.
 */
public final class Main {

    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private Main() {}

    public static void main(String[] arguments) {
        if (arguments.length != 1) {
            System.err.println("usage: org.voltwin.standalone.kafka.Main <config.properties>");
            System.exit(2);
        }
        // Kafka insists on the Log4j API even when it logs through SLF4J; this keeps that API from looking for a back
        // end.
        System.setProperty("log4j2.loggerContextFactory", "org.apache.logging.log4j.simple.SimpleLoggerContextFactory");
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(arguments[0]))) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("cannot read " + arguments[0] + ": " + e + ". Name a readable properties file.");
            System.exit(2);
        }
        switch (NodeSettings.read(properties)) {
            case NodeSettings.Invalid(var problems) -> {
                problems.forEach(problem -> System.err.println(arguments[0] + ": " + problem));
                System.exit(2);
            }
            case NodeSettings.Valid(var settings) -> System.exit(run(settings));
        }
    }

    private static int run(NodeSettings settings) {
        KafkaRaftServer server;
        try {
            requireFree(settings.port(), "port");
            requireFree(settings.controllerPort(), "controllerPort");
            boolean fresh = Storage.formatIfNew(settings.dataDir());
            LOG.info("starting settings={} newFolder={}", settings, fresh);
            KafkaConfig config = new KafkaConfig(NodeProperties.of(settings, new SecureRandom()), false);
            server = new KafkaRaftServer(config, Time.SYSTEM);
            Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "kafka-stop"));
            server.startup();
        } catch (Exception e) {
            LOG.error("start failed", e);
            System.err.println("kafka could not start: " + e.getMessage()
                    + ". Maybe another node uses the data folder or a port: stop it, or change the configuration.");
            return 1;
        }
        System.out.println("kafka ready on localhost:" + settings.port());
        System.out.flush();
        server.awaitShutdown();
        return 0;
    }

    /** Kafka ends its JVM on a taken port with a stack trace only; this says which key to change. */
    private static void requireFree(int port, String key) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new IOException(key + " " + port + " is not free (" + e.getMessage() + ")", e);
        }
    }
}
