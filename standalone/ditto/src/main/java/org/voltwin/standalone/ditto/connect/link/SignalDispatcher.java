package org.voltwin.standalone.ditto.connect.link;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.protocol.Adaptable;
import org.eclipse.ditto.protocol.TopicPath;
import org.voltwin.standalone.ditto.api.Errors;
import org.voltwin.standalone.ditto.live.LiveType;
import org.voltwin.standalone.ditto.signal.Signals;
import org.voltwin.standalone.ditto.twin.NotSupportedException;
import org.voltwin.standalone.ditto.ws.Envelopes;

/** Gives signals of a connection to the twins and to the live channel. */
final class SignalDispatcher implements Inbound.Dispatcher {
    private final Surroundings surroundings;
    private final String connectionId;

    SignalDispatcher(Surroundings surroundings, String connectionId) {
        this.surroundings = surroundings;
        this.connectionId = connectionId;
    }

    @Override
    public CompletionStage<Void> dispatch(Adaptable signal, Consumer<Adaptable> answer) {
        return CompletableFuture.supplyAsync(() -> onLoop(signal, answer), surroundings.loop())
                .thenCompose(done -> done);
    }

    private CompletionStage<Void> onLoop(Adaptable signal, Consumer<Adaptable> answer) {
        TopicPath topic = signal.getTopicPath();
        if (topic.isChannel(TopicPath.Channel.LIVE)) {
            live(signal, answer);
            return CompletableFuture.completedFuture(null);
        }
        if (topic.isCriterion(TopicPath.Criterion.COMMANDS)) {
            return surroundings
                    .gate()
                    .submit(Signals.fromAdaptable(signal))
                    .thenAccept(reply -> answer.accept(Envelopes.response(signal, reply)));
        }
        throw NotSupportedException.of(
                "The topic '" + topic.getPath() + "' from a connection", signal.getDittoHeaders());
    }

    private void live(Adaptable signal, Consumer<Adaptable> answer) {
        DittoHeaders headers = signal.getDittoHeaders();
        if (signal.getPayload().getHttpStatus().isPresent()) {
            surroundings.router().answer(connectionId, signal);
            return;
        }
        LiveType type = switch (signal.getTopicPath().getCriterion()) {
            case MESSAGES -> LiveType.MESSAGES;
            case COMMANDS -> LiveType.COMMANDS;
            case EVENTS -> LiveType.EVENTS;
            default ->
                throw NotSupportedException.of(
                        "The topic '" + signal.getTopicPath().getPath() + "' from a connection", headers);
        };
        Duration timeout = headers.getTimeout().orElse(surroundings.messageTimeout());
        if (type == LiveType.EVENTS || !headers.isResponseRequired() || timeout.isZero()) {
            surroundings.router().tell(type, signal);
            return;
        }
        surroundings
                .router()
                .ask(type, signal, timeout)
                .whenComplete((response, failure) -> answer.accept(
                        failure == null
                                ? response
                                : Envelopes.error(signal.getTopicPath(), Errors.of(failure, headers), headers)));
    }
}
