package org.voltwin.standalone.ditto.connect.link;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.eclipse.ditto.base.model.common.HttpStatus;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.signals.acks.Acknowledgement;
import org.eclipse.ditto.base.model.signals.acks.Acknowledgements;
import org.eclipse.ditto.protocol.Adaptable;
import org.eclipse.ditto.protocol.TopicPath;
import org.voltwin.standalone.ditto.api.Errors;
import org.voltwin.standalone.ditto.connect.transport.Received;
import org.voltwin.standalone.ditto.live.Answer;
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
    public CompletionStage<Received.Verdict> dispatch(Adaptable signal, Consumer<Adaptable> answer) {
        return CompletableFuture.supplyAsync(() -> onLoop(signal, answer), surroundings.loop())
                .thenCompose(done -> done);
    }

    private CompletionStage<Received.Verdict> onLoop(Adaptable signal, Consumer<Adaptable> answer) {
        TopicPath topic = signal.getTopicPath();
        if (topic.isCriterion(TopicPath.Criterion.ACKS)) {
            acknowledge(signal);
            return CompletableFuture.completedFuture(Received.Verdict.DONE);
        }
        if (topic.isChannel(TopicPath.Channel.LIVE)) {
            return live(signal, answer);
        }
        if (topic.isCriterion(TopicPath.Criterion.COMMANDS)) {
            return surroundings
                    .channels()
                    .command(Signals.fromAdaptable(waitedFor(signal)), reply -> Map.of())
                    .thenApply(given -> conclude(signal, given, answer));
        }
        throw NotSupportedException.of(
                "The topic '" + topic.getPath() + "' from a connection", signal.getDittoHeaders());
    }

    /** Who requests acknowledgements waits for them, also when the answer is not wanted. */
    private static Adaptable waitedFor(Adaptable signal) {
        DittoHeaders headers = signal.getDittoHeaders();
        return headers.getAcknowledgementRequests().isEmpty()
                ? signal
                : signal.setDittoHeaders(
                        headers.toBuilder().responseRequired(true).build());
    }

    private Received.Verdict conclude(Adaptable signal, Answer given, Consumer<Adaptable> answer) {
        return switch (given) {
            case Answer.Twin twin -> {
                answer.accept(Envelopes.response(signal, twin.reply()));
                yield Received.Verdict.DONE;
            }
            case Answer.Live live -> {
                answer.accept(live.envelope());
                yield Received.Verdict.DONE;
            }
            case Answer.Acked(Acknowledgements all) -> {
                answer.accept(
                        Signals.adapter().toAdaptable(all, signal.getTopicPath().getChannel()));
                yield all.stream().anyMatch(SignalDispatcher::mayComeLater)
                        ? Received.Verdict.AGAIN
                        : Received.Verdict.DONE;
            }
            case Answer.Sent() -> Received.Verdict.DONE;
        };
    }

    private static boolean mayComeLater(Acknowledgement acknowledgement) {
        HttpStatus status = acknowledgement.getHttpStatus();
        return status.isServerError() || status.equals(HttpStatus.REQUEST_TIMEOUT);
    }

    private void acknowledge(Adaptable signal) {
        switch (Signals.fromAdaptable(signal)) {
            case Acknowledgement acknowledgement -> surroundings.acks().acknowledge(connectionId, acknowledgement);
            case Acknowledgements several ->
                several.forEach(each -> surroundings.acks().acknowledge(connectionId, each));
            default ->
                throw NotSupportedException.of(
                        "The topic '" + signal.getTopicPath().getPath() + "' from a connection",
                        signal.getDittoHeaders());
        }
    }

    private CompletionStage<Received.Verdict> live(Adaptable signal, Consumer<Adaptable> answer) {
        DittoHeaders headers = signal.getDittoHeaders();
        if (signal.getPayload().getHttpStatus().isPresent()) {
            surroundings.router().answer(connectionId, signal);
            return CompletableFuture.completedFuture(Received.Verdict.DONE);
        }
        LiveType type = switch (signal.getTopicPath().getCriterion()) {
            case MESSAGES -> LiveType.MESSAGES;
            case COMMANDS -> LiveType.COMMANDS;
            case EVENTS -> LiveType.EVENTS;
            default ->
                throw NotSupportedException.of(
                        "The topic '" + signal.getTopicPath().getPath() + "' from a connection", headers);
        };
        CompletionStage<Answer> given = surroundings.channels().live(type, waitedFor(signal));
        if (!headers.getAcknowledgementRequests().isEmpty()) {
            return given.thenApply(each -> conclude(signal, each, answer));
        }
        given.whenComplete((each, failure) -> {
            if (failure == null) {
                conclude(signal, each, answer);
            } else {
                answer.accept(Envelopes.error(signal.getTopicPath(), Errors.of(failure, headers), headers));
            }
        });
        return CompletableFuture.completedFuture(Received.Verdict.DONE);
    }
}
