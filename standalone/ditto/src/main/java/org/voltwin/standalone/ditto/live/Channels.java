package org.voltwin.standalone.ditto.live;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.ditto.base.model.acks.AcknowledgementLabel;
import org.eclipse.ditto.base.model.acks.AcknowledgementRequest;
import org.eclipse.ditto.base.model.acks.DittoAcknowledgementLabel;
import org.eclipse.ditto.base.model.common.HttpStatus;
import org.eclipse.ditto.base.model.exceptions.DittoHeaderInvalidException;
import org.eclipse.ditto.base.model.headers.DittoHeaderDefinition;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.headers.LiveChannelTimeoutStrategy;
import org.eclipse.ditto.base.model.signals.Signal;
import org.eclipse.ditto.base.model.signals.acks.Acknowledgement;
import org.eclipse.ditto.base.model.signals.commands.exceptions.CommandTimeoutException;
import org.eclipse.ditto.messages.model.signals.commands.MessageCommandResponse;
import org.eclipse.ditto.protocol.Adaptable;
import org.eclipse.ditto.protocol.Payload;
import org.eclipse.ditto.protocol.TopicPath;
import org.eclipse.ditto.things.model.ThingId;
import org.eclipse.ditto.things.model.signals.commands.ThingCommand;
import org.eclipse.ditto.things.model.signals.commands.exceptions.LiveChannelConditionNotAllowedException;
import org.eclipse.ditto.things.model.signals.commands.modify.ThingModifyCommand;
import org.eclipse.ditto.things.model.signals.commands.query.ThingQueryCommand;
import org.voltwin.standalone.ditto.ack.AckCollector;
import org.voltwin.standalone.ditto.ack.Acks;
import org.voltwin.standalone.ditto.policy.Access;
import org.voltwin.standalone.ditto.signal.Signals;
import org.voltwin.standalone.ditto.twin.CommandGate;
import org.voltwin.standalone.ditto.twin.EntityState.ThingState;
import org.voltwin.standalone.ditto.twin.LiveCondition;
import org.voltwin.standalone.ditto.twin.Reply;
import org.voltwin.standalone.ditto.twin.Twins;

/**
 * Sends a command to the twin or to the thing itself, and waits for what was requested: the answer, or
 * acknowledgements. Call on the loop.
 */
public final class Channels {
    private static final String CHANNEL = DittoHeaderDefinition.CHANNEL.getKey();
    private static final String LIVE = "live";
    private static final String TWIN = "twin";
    private static final String MATCHED = DittoHeaderDefinition.LIVE_CHANNEL_CONDITION_MATCHED.getKey();
    private static final Set<AcknowledgementLabel> JUST_PERSISTED = Set.of(DittoAcknowledgementLabel.TWIN_PERSISTED);
    private static final Set<AcknowledgementLabel> JUST_ANSWERED = Set.of(DittoAcknowledgementLabel.LIVE_RESPONSE);

    private final CommandGate gate;
    private final LiveRouter router;
    private final Acks acks;
    private final Twins twins;
    private final Access access;
    private final Duration defaultTimeout;
    private final Duration longestTimeout;
    private final Executor loop;

    /**
     * @param defaultTimeout how long is waited when the sender does not say
     * @param longestTimeout how long is waited at most, whatever the sender says
     */
    public Channels(
            CommandGate gate,
            LiveRouter router,
            Acks acks,
            Twins twins,
            Access access,
            Duration defaultTimeout,
            Duration longestTimeout,
            Executor loop) {
        this.gate = gate;
        this.router = router;
        this.acks = acks;
        this.twins = twins;
        this.access = access;
        this.defaultTimeout = defaultTimeout;
        this.longestTimeout = longestTimeout;
        this.loop = loop;
    }

    /**
     * Carries out a command of the twin channel, or of the channel that its header names. What comes back, comes on the
     * loop; the twin's own answer comes before the events.
     *
     * @param describe headers for the acknowledgement {@code twin-persisted}
     * @throws org.eclipse.ditto.base.model.exceptions.DittoRuntimeException when it is refused
     */
    public CompletionStage<Answer> command(Signal<?> command, Function<Reply, Map<String, String>> describe) {
        DittoHeaders headers = command.getDittoHeaders();
        boolean live = headers.getChannel().filter(LIVE::equals).isPresent();
        if (live && command instanceof ThingCommand<?>) {
            return asLive(command, headers.toBuilder().channel(LIVE).build(), Map.of(CHANNEL, TWIN));
        }
        String condition = headers.getLiveChannelCondition().orElse(null);
        if (condition != null) {
            return conditional(command, condition);
        }
        return command instanceof ThingModifyCommand<?> modify && headers.isResponseRequired()
                ? modify(modify, describe)
                : twin(command, Map.of());
    }

    private CompletionStage<Answer> twin(Signal<?> command, Map<String, String> headers) {
        return gate.submit(withoutRequests(command)).thenApply(reply -> new Answer.Twin(reply, headers));
    }

    private static Signal<?> withoutRequests(Signal<?> command) {
        boolean plain = !command.getDittoHeaders().containsKey(DittoHeaderDefinition.REQUESTED_ACKS.getKey())
                && !command.getDittoHeaders().containsKey(DittoHeaderDefinition.LIVE_CHANNEL_CONDITION.getKey());
        if (plain) {
            return command;
        }
        return command.setDittoHeaders(command.getDittoHeaders().toBuilder()
                .removeHeader(DittoHeaderDefinition.REQUESTED_ACKS.getKey())
                .removeHeader(DittoHeaderDefinition.LIVE_CHANNEL_CONDITION.getKey())
                .build());
    }

    private static Set<AcknowledgementLabel> requested(DittoHeaders headers) {
        return headers.getAcknowledgementRequests().stream()
                .map(AcknowledgementRequest::getLabel)
                .collect(Collectors.toSet());
    }

    private static void requireTime(DittoHeaders headers) {
        if (headers.getTimeout().filter(Duration::isZero).isPresent()
                && !requested(headers).isEmpty()) {
            throw DittoHeaderInvalidException.newBuilder()
                    .withInvalidHeaderKey(DittoHeaderDefinition.TIMEOUT.getKey())
                    .message("The value of the header 'timeout' must not be zero if response or acknowledgements are"
                            + " requested.")
                    .description("Please provide a positive timeout.")
                    .dittoHeaders(headers)
                    .build();
        }
    }

    private Duration timeoutOf(DittoHeaders headers) {
        Duration wanted = headers.getTimeout().orElse(defaultTimeout);
        return wanted.compareTo(longestTimeout) > 0 ? longestTimeout : wanted;
    }

    private CompletionStage<Answer> modify(
            ThingModifyCommand<?> command, Function<Reply, Map<String, String>> describe) {
        DittoHeaders headers = command.getDittoHeaders();
        requireTime(headers);
        Set<AcknowledgementLabel> labels = requested(headers);
        if (labels.isEmpty() || labels.equals(JUST_PERSISTED)) {
            return twin(command, Map.of());
        }
        ThingId id = command.getEntityId();
        AckCollector collector = acks.open(id, labels, timeoutOf(headers), headers);
        return refusable(collector, () -> gate.submit(withoutRequests(command)), reply -> {
            var persisted = DittoHeaders.newBuilder().responseRequired(false).putHeaders(describe.apply(reply));
            headers.getCorrelationId().ifPresent(persisted::correlationId);
            if (reply.entityTag() != null) {
                persisted.eTag(reply.entityTag());
            }
            collector.add(Acknowledgement.of(
                    DittoAcknowledgementLabel.TWIN_PERSISTED, id, reply.status(), persisted.build(), reply.value()));
            // A search finds a change as soon as it is acknowledged.
            collector.add(Acknowledgement.of(
                    DittoAcknowledgementLabel.SEARCH_PERSISTED,
                    id,
                    HttpStatus.NO_CONTENT,
                    DittoHeaders.newBuilder()
                            .responseRequired(false)
                            .correlationId(headers.getCorrelationId().orElseThrow())
                            .build()));
        });
    }

    /** Waits for acknowledgements, unless the signal they are about is refused. */
    private <T> CompletionStage<Answer> refusable(
            AckCollector collector,
            java.util.function.Supplier<CompletionStage<T>> send,
            java.util.function.Consumer<T> accepted) {
        var result = new CompletableFuture<Answer>();
        collector
                .complete()
                .whenCompleteAsync(
                        (acknowledgements, failure) -> {
                            if (failure == null) {
                                result.complete(new Answer.Acked(acknowledgements));
                            }
                        },
                        loop);
        try {
            send.get().whenComplete((done, failure) -> {
                if (failure == null) {
                    accepted.accept(done);
                } else if (!(causeOf(failure) instanceof CommandTimeoutException)) {
                    acks.close(collector);
                    loop.execute(() -> result.completeExceptionally(failure));
                }
            });
        } catch (RuntimeException e) {
            acks.close(collector);
            throw e;
        }
        return result;
    }

    private <T> CompletionStage<T> onLoop(CompletionStage<T> stage) {
        var result = new CompletableFuture<T>();
        stage.whenCompleteAsync(
                (value, failure) -> {
                    if (failure == null) {
                        result.complete(value);
                    } else {
                        result.completeExceptionally(failure);
                    }
                },
                loop);
        return result;
    }

    private static Throwable causeOf(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private CompletionStage<Answer> conditional(Signal<?> command, String condition) {
        DittoHeaders headers = command.getDittoHeaders();
        if (!(command instanceof ThingQueryCommand<?> query)) {
            throw LiveChannelConditionNotAllowedException.newBuilder()
                    .dittoHeaders(headers)
                    .build();
        }
        ThingState state = twins.thing(ThingId.of(((ThingCommand<?>) query).getEntityId()));
        if (state == null) {
            return twin(command, Map.of());
        }
        if (!LiveCondition.holds(condition, state, access.enforcer(state.id(), state.policyId()), headers)) {
            return twin(command, Map.of(CHANNEL, TWIN, MATCHED, "false"));
        }
        var matched = headers.toBuilder()
                .removeHeader(DittoHeaderDefinition.LIVE_CHANNEL_CONDITION.getKey())
                .channel(LIVE)
                .putHeader(MATCHED, "true")
                .build();
        return asLive(command, matched, Map.of(CHANNEL, TWIN, MATCHED, "true"));
    }

    /** @param instead headers of the twin's answer, if it is given because the thing did not answer in time */
    private CompletionStage<Answer> asLive(Signal<?> command, DittoHeaders headers, Map<String, String> instead) {
        Adaptable envelope = Signals.adapter()
                .toAdaptable(command, TopicPath.Channel.LIVE)
                .setDittoHeaders(headers.toBuilder()
                        .putHeader("ditto-originator", originator(headers))
                        .build());
        CompletionStage<Answer> live = live(LiveType.COMMANDS, envelope);
        boolean twinToo = command instanceof ThingQueryCommand<?>
                && headers.getLiveChannelTimeoutStrategy()
                        .filter(LiveChannelTimeoutStrategy.USE_TWIN::equals)
                        .isPresent();
        return live.handleAsync(
                        (answer, failure) -> {
                            if (failure == null) {
                                return CompletableFuture.completedFuture(marked(answer, headers));
                            }
                            return twinToo && causeOf(failure) instanceof CommandTimeoutException
                                    ? twin(
                                            command.setDittoHeaders(headers.toBuilder()
                                                    .channel(TWIN)
                                                    .build()),
                                            instead)
                                    : CompletableFuture.<Answer>failedFuture(causeOf(failure));
                        },
                        loop)
                .thenCompose(Function.identity());
    }

    /** Says in an answer of the thing that it is one. */
    private static Answer marked(Answer answer, DittoHeaders command) {
        if (!(answer instanceof Answer.Live(Adaptable envelope))) {
            return answer;
        }
        var headers = envelope.getDittoHeaders().toBuilder().channel(LIVE);
        if (command.didLiveChannelConditionMatch()) {
            headers.putHeader(MATCHED, "true");
        }
        return new Answer.Live(envelope.setDittoHeaders(headers.build()));
    }

    private static String originator(DittoHeaders headers) {
        return headers.getAuthorizationContext()
                .getFirstAuthorizationSubject()
                .map(subject -> subject.getId())
                .orElse("");
    }

    /**
     * Sends an envelope of the live channel.
     *
     * @throws org.eclipse.ditto.base.model.exceptions.DittoRuntimeException when it is refused: also a command or
     *     message that is not valid
     */
    public CompletionStage<Answer> live(LiveType type, Adaptable envelope) {
        DittoHeaders headers = envelope.getDittoHeaders();
        if (type != LiveType.EVENTS) {
            Signals.fromAdaptable(envelope);
        }
        Set<AcknowledgementLabel> labels = requested(headers);
        Adaptable signal = envelope.setDittoHeaders(headers.toBuilder()
                .removeHeader(DittoHeaderDefinition.REQUESTED_ACKS.getKey())
                .build());
        Duration timeout = timeoutOf(headers);
        if (type == LiveType.EVENTS || !headers.isResponseRequired() || timeout.isZero()) {
            requireTime(headers);
            router.tell(type, signal);
            return CompletableFuture.completedFuture(new Answer.Sent());
        }
        if (labels.isEmpty() || labels.equals(JUST_ANSWERED)) {
            return onLoop(router.ask(type, signal, timeout).thenApply(Answer.Live::new));
        }
        TopicPath topic = envelope.getTopicPath();
        ThingId id = ThingId.of(topic.getNamespace(), topic.getEntityName());
        AckCollector collector = acks.open(id, labels, timeout, headers);
        if (labels.contains(DittoAcknowledgementLabel.LIVE_RESPONSE)) {
            return refusable(
                    collector,
                    () -> router.ask(type, signal, timeout),
                    answer -> collector.add(acknowledgement(id, answer)));
        }
        return refusable(
                collector,
                () -> {
                    router.tell(type, signal);
                    return CompletableFuture.<Void>completedFuture(null);
                },
                told -> {});
    }

    private static Acknowledgement acknowledgement(ThingId id, Adaptable answer) {
        Payload payload = answer.getPayload();
        DittoHeaders headers = answer.getDittoHeaders();
        if (Signals.fromAdaptable(answer) instanceof MessageCommandResponse<?, ?> response) {
            // Without its subject and direction it could not be read as a message again.
            headers = headers.toBuilder()
                    .putHeaders(response.getMessage().getHeaders())
                    .build();
        }
        return Acknowledgement.of(
                DittoAcknowledgementLabel.LIVE_RESPONSE,
                id,
                payload.getHttpStatus().orElse(HttpStatus.OK),
                headers,
                payload.getValue().orElse(null));
    }
}
