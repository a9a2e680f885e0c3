package org.voltwin.standalone.ditto.connect.transport;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import org.eclipse.ditto.connectivity.model.Connection;

/** One way to one broker; good for one connect. */
public interface Transport extends AutoCloseable {
    /** What a transport tells while it is connected; on any thread. */
    interface Listener {
        /** In the order of each address. */
        void received(Received received);

        /** Once, unless it was closed; nothing is told after that. */
        void lost(String why);
    }

    /** What somebody answered to a message, with the status of HTTP. */
    record Response(int status, ExternalMessage message) {}

    /** Makes transports for one kind of connection. */
    @FunctionalInterface
    interface Factory {
        /** @throws org.eclipse.ditto.base.model.exceptions.DittoRuntimeException when the definition is not valid */
        Transport create(Connection connection, Listener listener);
    }

    /** Connects, and consumes from the sources' addresses; completes when both are done. */
    CompletionStage<Void> connect();

    /** @param qos as in the target; completes when the broker has it */
    CompletionStage<Void> publish(String address, OptionalInt qos, ExternalMessage message);

    /**
     * As {@link #publish}, and waits for the answer where the protocol has answers.
     *
     * @return what was answered; empty where there is no such thing
     */
    default CompletionStage<Optional<Response>> exchange(String address, OptionalInt qos, ExternalMessage message) {
        return publish(address, qos, message).thenApply(done -> Optional.empty());
    }

    /** Disconnects; does not block for long. */
    @Override
    void close();
}
