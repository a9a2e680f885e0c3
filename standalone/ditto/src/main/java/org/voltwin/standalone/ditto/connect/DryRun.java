package org.voltwin.standalone.ditto.connect;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.eclipse.ditto.base.model.common.HttpStatus;
import org.eclipse.ditto.connectivity.model.signals.commands.exceptions.ConnectionFailedException;
import org.eclipse.ditto.json.JsonValue;
import org.voltwin.standalone.ditto.connect.transport.Received;
import org.voltwin.standalone.ditto.connect.transport.Transport;
import org.voltwin.standalone.ditto.connect.transport.Transports;
import org.voltwin.standalone.ditto.twin.Reply;

/** Tries a definition: connects, and disconnects again. */
final class DryRun {
    private DryRun() {}

    /** @return fails with {@link ConnectionFailedException} when it does not connect in time */
    static CompletionStage<Reply> of(Prepared prepared, Transports transports, Duration timeout) {
        Transport transport = transports.create(prepared.resolved(), new DeafListener());
        return transport
                .connect()
                .toCompletableFuture()
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .handle((done, failure) -> {
                    transport.close();
                    if (failure != null) {
                        throw ConnectionFailedException.newBuilder(
                                        prepared.connection().getId())
                                .message("The connection could not be established.")
                                .description(failure.getMessage())
                                .build();
                    }
                    return new Reply(HttpStatus.OK, JsonValue.of("successfully connected + initialized mapper"), null);
                });
    }

    private static final class DeafListener implements Transport.Listener {
        @Override
        public void received(Received received) {
            // It stays with the broker: it is not settled.
        }

        @Override
        public void lost(String why) {
            // Whoever tries sees that connecting fails.
        }
    }
}
