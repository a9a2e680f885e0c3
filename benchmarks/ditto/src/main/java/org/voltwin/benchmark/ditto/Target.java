package org.voltwin.benchmark.ditto;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A Ditto to be measured, and how to sign in to it. */
final class Target implements AutoCloseable {
    private static final int MAX_FRAME_BYTES = 16 * 1024 * 1024;

    /** Status and body of an answer. */
    record Answer(int status, Buffer body) {}

    private final Vertx vertx = Vertx.vertx();
    private final URI base;
    private final String headerName;
    private final String headerValue;
    private final HttpClient http;
    private final WebSocketClient sockets;
    private final Context socketThread = vertx.getOrCreateContext();

    /** @param maxConnections of the HTTP client; one connection carries one request at a time */
    Target(URI base, String headerName, String headerValue, int maxConnections) {
        this.base = base;
        this.headerName = headerName;
        this.headerValue = headerValue;
        this.http = vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(true).setTcpNoDelay(true),
                new PoolOptions().setHttp1MaxSize(maxConnections));
        this.sockets = vertx.createWebSocketClient(
                new WebSocketClientOptions().setMaxFrameSize(MAX_FRAME_BYTES).setMaxMessageSize(MAX_FRAME_BYTES));
    }

    Vertx vertx() {
        return vertx;
    }

    /** Where the handlers of all sockets run: what they share needs no lock. */
    void onSocketThread(Runnable action) {
        socketThread.runOnContext(ignored -> action.run());
    }

    Future<Answer> send(HttpMethod method, String path, String body) {
        if (Context.isOnEventLoopThread()) {
            return sendOnLoop(method, path, body);
        }
        // Elsewhere the body might be gone before somebody waits for it.
        Promise<Answer> answer = Promise.promise();
        vertx.runOnContext(ignored -> sendOnLoop(method, path, body).onComplete(answer));
        return answer.future();
    }

    private Future<Answer> sendOnLoop(HttpMethod method, String path, String body) {
        var options = new RequestOptions()
                .setMethod(method)
                .setHost(base.getHost())
                .setPort(base.getPort())
                .setURI(path);
        return http.request(options)
                .compose(request -> {
                    request.putHeader(headerName, headerValue);
                    request.putHeader(
                            "content-type",
                            method.equals(HttpMethod.PATCH) ? "application/merge-patch+json" : "application/json");
                    return body.isEmpty() ? request.send() : request.send(body);
                })
                .compose(response -> response.body().map(bytes -> new Answer(response.statusCode(), bytes)));
    }

    Future<WebSocket> socket() {
        var options = new WebSocketConnectOptions()
                .setHost(base.getHost())
                .setPort(base.getPort())
                .setURI("/ws/2")
                .addHeader(headerName, headerValue);
        Promise<WebSocket> connected = Promise.promise();
        onSocketThread(() -> sockets.connect(options).onComplete(connected));
        return connected.future();
    }

    /** Waits for something asynchronous, at most ten minutes. */
    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted.", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The Ditto at fault did not answer: " + e.getCause(), e);
        }
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
