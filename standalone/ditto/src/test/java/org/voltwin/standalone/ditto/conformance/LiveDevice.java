package org.voltwin.standalone.ditto.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.eclipse.ditto.base.model.signals.Signal;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.policies.model.Policy;
import org.eclipse.ditto.things.model.ThingId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.voltwin.standalone.ditto.RunningDitto;

/** A thing, who asks about it over HTTP, and the device at the WebSocket that answers. */
abstract class LiveDevice {
    final SharedDitto ditto = SharedDitto.get();
    final RunningDitto.Client caller = ditto.as("first");
    final ThingId thingId = StreamsPolicies.freshThing();
    final String path = "/api/2/things/" + thingId;
    final JsonObject thing = JsonObject.of("""
            {"thingId":"%1$s","policyId":"%1$s","attributes":{"manufacturer":"ACME","model":"Speedster",
             "secretAttribute":"verySecret"},"features":{"Vehicle":{"properties":{"status":{"running":true},"fuel":1}}}}""".formatted(thingId));
    final String correlationId = UUID.randomUUID().toString();
    StreamsSocket device;

    @BeforeEach
    void create() throws Exception {
        put(StreamsPolicies.all("first", "device"));
        assertThat(caller.put(path, thing.toString()).status()).isEqualTo(201);
        device = StreamsSocket.open(ditto.running(), ditto.token("device"));
        device.control("START-SEND-LIVE-COMMANDS");
    }

    @AfterEach
    void close() {
        device.close();
    }

    final void put(Policy policy) {
        assertThat(caller.put("/api/2/policies/" + thingId, policy.toJsonString())
                        .status())
                .isBetween(201, 204);
    }

    /** The device answers the next command. */
    final <T extends Signal<?>> CompletableFuture<T> answering(Class<T> type, Function<T, ? extends Signal<?>> answer) {
        return handling(type, command -> StreamsSocket.frame(answer.apply(command)));
    }

    final <T extends Signal<?>> CompletableFuture<T> handling(Class<T> type, Function<T, String> answer) {
        var handled = new CompletableFuture<T>();
        device.on(signal -> {
            if (handled.isDone()) {
                device.waiting().add(signal);
                return;
            }
            try {
                assertThat(signal).isInstanceOf(type);
                assertThat(signal.getDittoHeaders().getChannel()).contains("live");
                assertThat(signal.getDittoHeaders().getCorrelationId()).contains(correlationId);
                handled.complete(type.cast(signal));
                device.text(answer.apply(type.cast(signal)));
            } catch (AssertionError e) {
                handled.completeExceptionally(e);
            }
        });
        return handled;
    }

    static <T> T handled(CompletableFuture<T> command) throws Exception {
        return command.get(20, TimeUnit.SECONDS);
    }

    final RunningDitto.Answer send(String method, String below, String body, String... headers) {
        String[] all = java.util.Arrays.copyOf(headers, headers.length + 4);
        all[headers.length] = "correlation-id";
        all[headers.length + 1] = correlationId;
        all[headers.length + 2] = "Content-Type";
        all[headers.length + 3] = "application/json";
        return ditto.running().send(method, path + below, body, caller.token(), all);
    }
}
