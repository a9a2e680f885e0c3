package org.voltwin.twin.hono;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.hono.client.ServiceInvocationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.model.TwinId;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.json.Json;
import org.voltwin.model.port.BenchOrder;
import org.voltwin.model.port.PhysicalBenches;

/** Physical benches by Hono commands with a response. */
public final class HonoBenches implements PhysicalBenches {
    private static final Logger LOG = LoggerFactory.getLogger(HonoBenches.class);
    private static final Duration PATIENCE = Duration.ofSeconds(25);
    private static final String JSON = "application/json";

    private final HonoLink link;

    public HonoBenches(HonoLink link) {
        this.link = link;
    }

    @Override
    public Outcome<Boolean> start(BenchOrder order) {
        return send(order.bench(), START, Json.bytes(order));
    }

    @Override
    public Outcome<Boolean> cancel(BenchOrder order, UUID run) {
        return send(order.bench(), CANCEL, Json.bytes(Map.of("run", run)));
    }

    private Outcome<Boolean> send(TwinId bench, String subject, byte[] payload) {
        if (!link.isUp()) {
            return Outcome.refused(offline(bench, "the connection to Hono is not there yet"));
        }
        try {
            link.commands()
                    .sendCommand(link.tenant(), bench.value(), subject, Buffer.buffer(payload), JSON)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return Outcome.ok(true);
        } catch (ExecutionException e) {
            return refused(bench, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            return Outcome.refused(offline(bench, "it did not answer in time"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.refused(offline(bench, "waiting for it was interrupted"));
        }
    }

    /** Hono's client fails for every status that is not a success, with the answer's payload as the message. */
    private static Outcome<Boolean> refused(TwinId bench, Throwable error) {
        LOG.info("Command to {}: {}", bench, error.toString());
        String message = String.valueOf(error.getMessage());
        if (error instanceof ServiceInvocationException refusal) {
            if (Json.read(message.getBytes(UTF_8), Failure.class) instanceof Outcome.Ok<Failure> said) {
                return Outcome.refused(said.value());
            }
            int status = refusal.getErrorCode();
            if (status < HttpURLConnection.HTTP_INTERNAL_ERROR && status != HttpURLConnection.HTTP_NOT_FOUND) {
                return Outcome.refused(status(bench, status));
            }
        }
        return Outcome.refused(offline(bench, message));
    }

    private static Failure status(TwinId bench, int status) {
        return new Failure(
                status == HttpURLConnection.HTTP_CONFLICT ? "bench.busy" : "bench.refused",
                "Bench " + bench.name() + " answered a command with status " + status + ".",
                "Look at the bench's own log.",
                status == HttpURLConnection.HTTP_CONFLICT || status >= HttpURLConnection.HTTP_INTERNAL_ERROR);
    }

    private static Failure offline(TwinId bench, String why) {
        return Failure.passing(
                "bench.offline",
                "Bench " + bench.name() + " cannot be reached: " + why + ".",
                "Switch the bench on and check its connection to Hono.");
    }
}
