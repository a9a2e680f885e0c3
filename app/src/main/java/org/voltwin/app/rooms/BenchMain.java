package org.voltwin.app.rooms;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.bench.device.DeviceOptions;
import org.voltwin.bench.device.DeviceRegistry;
import org.voltwin.bench.device.HonoAddress;
import org.voltwin.bench.emulated.PhysicalBenchConfig;
import org.voltwin.bench.emulated.PhysicalBenchDevice;
import org.voltwin.model.TwinId;
import org.voltwin.model.schema.Schemas;

/** The emulated physical bench of the demonstration, in a process of its own, as a bench's controller would be. */
public final class BenchMain {
    private static final Logger LOG = LoggerFactory.getLogger(BenchMain.class);
    private static final TwinId BENCH = TwinId.of("org.voltwin:bench-physical-01");

    private BenchMain() {}

    public static void main(String[] arguments) throws Exception {
        StartArguments start = StartArguments.of(arguments);
        Adapters adapters = new Adapters(start, Clock.systemUTC());
        String password = start.secrets().get("device.bench-physical-01");
        URI registryAddress =
                URI.create("http://localhost:" + start.config().ports().registry());
        try (DeviceRegistry registry =
                new DeviceRegistry(registryAddress, "lab", adapters.tokens(), new SecureRandom())) {
            registry.ensureDevice(BENCH).orThrow();
            registry.setPassword(BENCH, "bench", password).orThrow();
        }
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(2));
        PhysicalBenchDevice device = new PhysicalBenchDevice(
                vertx,
                new PhysicalBenchConfig(
                        new HonoAddress("localhost", start.config().ports().honoMqtt(), "lab"),
                        BENCH,
                        () -> password,
                        start.data().of("bench"),
                        DeviceOptions.forBench()),
                new SimulatedCell(
                        start.data().of("storage"), start.data().of("bench").resolve("cell")),
                new Schemas(),
                Clock.systemUTC());
        CountDownLatch stopped = new CountDownLatch(1);
        HttpServer health = health(start, device);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            health.stop(0);
            RoomsMain.closeAll(List.of(device));
            vertx.close().toCompletionStage().toCompletableFuture().join();
            stopped.countDown();
        }));
        device.start(Duration.ofSeconds(60)).orThrow();
        LOG.info("bench ready: {}", BENCH);
        stopped.await();
    }

    private static HttpServer health(StartArguments start, PhysicalBenchDevice device) throws Exception {
        HttpServer server = HttpServer.create(
                new InetSocketAddress(
                        start.config().host(), start.config().ports().benchHealth()),
                0);
        server.createContext("/health", exchange -> {
            boolean up = device.isConnected();
            byte[] body = ("{\"status\":\"" + (up ? "UP" : "DOWN") + "\"}").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(up ? 200 : 503, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }
}
