package org.voltwin.benchmark.ditto;

import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * {@code Main standalone <standalone/ditto/target> [seconds] [things]} starts the standalone Ditto and measures it;
 * {@code Main url <http://host:port> <header> <value> <subject> [seconds] [things]} measures any Ditto, for instance
 * with header {@code Authorization}. The last line is everything as JSON.
 */
public final class Main {
    private static final int[] CONNECTIONS = {1, 8, 32};
    private static final int WARM_SECONDS = 4;
    private static final String SUBJECT = "bench:load";

    private Main() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length >= 2 && arguments[0].equals("standalone")) {
            standalone(Path.of(arguments[1]), number(arguments, 2, 8), number(arguments, 3, 100_000));
        } else if (arguments.length >= 5 && arguments[0].equals("url")) {
            var report = new Report();
            report.heading();
            String[] header = {arguments[2], arguments[3]};
            var things = new Things("org.voltwin.bench", number(arguments, 6, 10_000), arguments[4]);
            measure(URI.create(arguments[1]), header, things, number(arguments, 5, 8), report);
            System.out.println(report.json().encode());
        } else {
            System.err.println("Usage: Main standalone TARGET-FOLDER [SECONDS] [THINGS]\n"
                    + "       Main url URL HEADER VALUE SUBJECT [SECONDS] [THINGS]");
            System.exit(2);
        }
    }

    private static int number(String[] arguments, int index, int otherwise) {
        return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
    }

    private static void standalone(Path target, int seconds, int manyThings) throws IOException {
        var report = new Report();
        report.heading();
        String[] header = {"x-ditto-pre-authenticated", SUBJECT};
        Path folder = Files.createTempDirectory("ditto-benchmark");
        int port = freePort();
        var base = URI.create("http://127.0.0.1:" + port);
        var things = new Things("org.voltwin.bench", 10_000, SUBJECT);
        try (var ditto = StandaloneProcess.start(target, folder, port, "160m")) {
            report.value("start-empty", "s", ditto.startSeconds());
            measure(base, header, things, seconds, report);
            report.value("memory-10000-things", "MB", ditto.residentMegabytes());
        }
        try (var ditto = StandaloneProcess.start(target, folder, port, "160m")) {
            report.value("start-10000-things", "s", ditto.startSeconds());
            report.value("memory-after-start", "MB", ditto.residentMegabytes());
        }
        if (manyThings > 0) {
            many(target, folder.resolve("many"), header, manyThings, report);
        }
        System.out.println(report.json().encode());
        System.out.println("Data and log are in " + folder);
    }

    private static void many(Path target, Path folder, String[] header, int count, Report report) throws IOException {
        Files.createDirectories(folder);
        int port = freePort();
        var base = URI.create("http://127.0.0.1:" + port);
        var things = new Things("org.voltwin.many", count, SUBJECT);
        try (var ditto = StandaloneProcess.start(target, folder, port, "512m");
                var client = new Target(base, header[0], header[1], 32)) {
            long start = System.nanoTime();
            things.create(client);
            report.value("creations-per-second", "per-s", count * 1e9 / (System.nanoTime() - start));
            new SearchLoad(client, things, report).measure("-" + count);
            report.value("memory-" + count + "-things", "MB", ditto.residentMegabytes());
        }
        try (var ditto = StandaloneProcess.start(target, folder, port, "512m")) {
            report.value("start-" + count + "-things", "s", ditto.startSeconds());
        }
    }

    private static void measure(URI base, String[] header, Things things, int seconds, Report report) {
        try (var client = new Target(base, header[0], header[1], 32)) {
            things.create(client);
        }
        for (int connections : CONNECTIONS) {
            HttpLoad.measure(
                    "put-property-" + connections,
                    base,
                    header,
                    connections,
                    WARM_SECONDS,
                    seconds,
                    report,
                    target -> n -> target.send(
                            HttpMethod.PUT,
                            "/api/2/things/" + things.id(n) + "/features/electrical/properties/voltageVolts",
                            Double.toString(3 + n % 1000 / 1000.0)));
        }
        for (int connections : CONNECTIONS) {
            HttpLoad.measure(
                    "get-thing-" + connections,
                    base,
                    header,
                    connections,
                    WARM_SECONDS / 2,
                    seconds,
                    report,
                    target -> n -> target.send(HttpMethod.GET, "/api/2/things/" + things.id(n), ""));
        }
        try (var target = new Target(base, header[0], header[1], 32)) {
            var socket = new SocketLoad(target, things, report);
            socket.acknowledged(2 * WARM_SECONDS, seconds);
            socket.withoutResponse(20_000);
            for (int rate : Arrays.asList(200, 500)) {
                socket.fanOut(rate, 2 * WARM_SECONDS, seconds);
            }
            new SearchLoad(target, things, report).measure("-" + things.count());
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
