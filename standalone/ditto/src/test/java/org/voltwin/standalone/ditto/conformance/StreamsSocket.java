package org.voltwin.standalone.ditto.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.ditto.base.model.headers.translator.HeaderTranslator;
import org.eclipse.ditto.base.model.signals.Signal;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.protocol.Adaptable;
import org.eclipse.ditto.protocol.ProtocolFactory;
import org.eclipse.ditto.protocol.adapter.DittoProtocolAdapter;
import org.eclipse.ditto.protocol.adapter.ProtocolAdapter;
import org.voltwin.standalone.ditto.RunningDitto;

/** A client of the WebSocket that speaks in Ditto's own signals and sees all headers as they are on the wire. */
final class StreamsSocket implements WebSocket.Listener, AutoCloseable {
    private static final ProtocolAdapter ADAPTER = DittoProtocolAdapter.of(HeaderTranslator.empty());
    private static final int WAIT_SECONDS = 10;

    private final StringBuilder partial = new StringBuilder();
    private final BlockingQueue<Signal<?>> signals = new LinkedBlockingQueue<>();
    private final BlockingQueue<Adaptable> envelopes = new LinkedBlockingQueue<>();
    private final Map<String, CompletableFuture<Signal<?>>> pending = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<String>> controls = new ConcurrentHashMap<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private volatile Consumer<Signal<?>> consumer = signals::add;
    private volatile Consumer<String> frames = this::take;
    private CompletableFuture<WebSocket> socket;

    private StreamsSocket() {}

    /** @param headers more headers of the handshake, names and values in turn */
    static StreamsSocket open(RunningDitto ditto, String token, String... headers) {
        return connect(ditto, "/ws/2", joined(headers, "Authorization", "Bearer " + token));
    }

    /** Hands on frames as they are. */
    static StreamsSocket raw(RunningDitto ditto, String token, Consumer<String> frames) {
        StreamsSocket opened = open(ditto, token);
        opened.frames = frames;
        return opened;
    }

    /** With the token as a parameter, as browsers do it. */
    static StreamsSocket openWithParameter(RunningDitto ditto, String token) {
        return connect(ditto, "/ws/2?access_token=" + token);
    }

    private static String[] joined(String[] headers, String name, String value) {
        var all = java.util.Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = name;
        all[headers.length + 1] = value;
        return all;
    }

    private static StreamsSocket connect(RunningDitto ditto, String path, String... headers) {
        var opened = new StreamsSocket();
        WebSocket.Builder builder = ditto.http().newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        opened.socket = builder.buildAsync(URI.create("ws://127.0.0.1:" + ditto.port() + path), opened);
        opened.socket.join();
        return opened;
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            String frame = partial.toString();
            partial.setLength(0);
            frames.accept(frame);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closed.complete(statusCode);
        return null;
    }

    private void take(String frame) {
        if (frame.endsWith(":ACK")) {
            controls.computeIfAbsent(frame, name -> new CompletableFuture<>()).complete(frame);
            return;
        }
        Adaptable envelope = ProtocolFactory.jsonifiableAdaptableFromJson(JsonObject.of(frame));
        Signal<?> signal = ADAPTER.fromAdaptable(envelope);
        CompletableFuture<Signal<?>> asked = envelope.getDittoHeaders()
                .getCorrelationId()
                .map(pending::remove)
                .orElse(null);
        if (asked != null) {
            asked.complete(signal);
        } else {
            envelopes.add(envelope);
            consumer.accept(signal);
        }
    }

    /** Sends frames in the order of the calls. */
    synchronized void text(String frame) {
        socket = socket.thenCompose(open -> open.sendText(frame, true));
    }

    /** Sends a signal and waits for nothing. */
    void emit(Signal<?> signal) {
        text(frame(signal));
    }

    static String frame(Signal<?> signal) {
        return frame(ADAPTER.toAdaptable(signal));
    }

    static String frame(Adaptable envelope) {
        return ProtocolFactory.wrapAsJsonifiableAdaptable(envelope).toJsonString();
    }

    static Adaptable envelope(Signal<?> signal) {
        return ADAPTER.toAdaptable(signal);
    }

    /** Sends a command; the answer is what comes with its correlation id. */
    CompletableFuture<Signal<?>> send(Signal<?> command) {
        return send(frame(command), command.getDittoHeaders().getCorrelationId().orElseThrow());
    }

    CompletableFuture<Signal<?>> send(String frame, String correlationId) {
        var answer = new CompletableFuture<Signal<?>>();
        pending.put(correlationId, answer);
        text(frame);
        return answer;
    }

    /** Sends a command and waits for the answer, which has to be of a type. */
    <T> T ask(Signal<?> command, Class<T> type) throws Exception {
        Signal<?> answer = send(command).get(WAIT_SECONDS, TimeUnit.SECONDS);
        assertThat(answer).isInstanceOf(type);
        return type.cast(answer);
    }

    /** Sends a control message and waits for its acknowledgement. */
    void control(String name, String... parameters) throws Exception {
        var query = new StringBuilder();
        for (int i = 0; i < parameters.length; i += 2) {
            query.append(i == 0 ? '?' : '&')
                    .append(parameters[i])
                    .append('=')
                    .append(URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
        }
        text(name + query);
        controls.computeIfAbsent(name + ":ACK", key -> new CompletableFuture<>())
                .get(WAIT_SECONDS, TimeUnit.SECONDS);
        controls.remove(name + ":ACK");
    }

    /** From now on signals go here instead of the queue. */
    void on(Consumer<Signal<?>> handler) {
        consumer = handler;
    }

    Signal<?> next() throws InterruptedException {
        Signal<?> signal = signals.poll(WAIT_SECONDS, TimeUnit.SECONDS);
        assertThat(signal).as("a signal within %d s", WAIT_SECONDS).isNotNull();
        return signal;
    }

    <T> T next(Class<T> type) throws InterruptedException {
        Signal<?> signal = next();
        assertThat(signal).isInstanceOf(type);
        return type.cast(signal);
    }

    Adaptable nextEnvelope() throws InterruptedException {
        Adaptable envelope = envelopes.poll(WAIT_SECONDS, TimeUnit.SECONDS);
        assertThat(envelope).as("an envelope within %d s", WAIT_SECONDS).isNotNull();
        return envelope;
    }

    /** What came so far and was not taken. */
    BlockingQueue<Signal<?>> waiting() {
        return signals;
    }

    CompletableFuture<Integer> closed() {
        return closed;
    }

    @Override
    public void close() {
        socket.thenCompose(open -> open.sendClose(WebSocket.NORMAL_CLOSURE, ""));
    }
}
