package org.voltwin.standalone.ditto.connect.transport;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** How an HTTP request proves who sends it. Implementations are safe to use from any thread. */
@FunctionalInterface
interface RequestProof extends AutoCloseable {
    /** For who needs none. */
    RequestProof NONE = (request, now) -> CompletableFuture.completedFuture(Map.of());

    /**
     * A request that is complete but for the proof.
     *
     * @param headers by names in lower case, without {@code host}
     */
    record Outgoing(String method, URI uri, Map<String, String> headers, byte[] body) {
        /** The header {@code host} as it will be sent. */
        String host() {
            boolean usual = uri.getPort() < 0
                    || uri.getPort() == 80 && "http".equals(uri.getScheme())
                    || uri.getPort() == 443 && "https".equals(uri.getScheme());
            return usual ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
        }
    }

    /** The headers to add; fails with a sentence for people when there are none to be had. */
    CompletionStage<Map<String, String>> headers(Outgoing request, Instant now);

    @Override
    default void close() {
        // Most hold nothing.
    }
}
