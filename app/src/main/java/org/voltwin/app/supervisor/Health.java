package org.voltwin.app.supervisor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** How to see from outside whether a component is ready. */
public sealed interface Health {
    /** Ready when a GET answers 200. */
    record Http(URI address) implements Health {}

    /** Ready when it accepts a connection. */
    record Tcp(String host, int port) implements Health {}

    /** Asks once; at most a few seconds. */
    default boolean isReady(HttpClient http) throws InterruptedException {
        return switch (this) {
            case Http(URI address) -> answers(http, address);
            case Tcp(String host, int port) -> accepts(host, port);
        };
    }

    private static boolean answers(HttpClient http, URI address) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(address)
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static boolean accepts(String host, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), 1000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }
}
