package org.voltwin.standalone.ditto.live;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.ditto.base.model.auth.AuthorizationContext;
import org.eclipse.ditto.base.model.exceptions.DittoRuntimeException;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.signals.Signal;
import org.eclipse.ditto.base.model.signals.acks.AcknowledgementRequestDuplicateCorrelationIdException;
import org.eclipse.ditto.base.model.signals.commands.exceptions.CommandTimeoutException;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.policies.model.ResourceKey;
import org.eclipse.ditto.policies.model.enforcers.Enforcer;
import org.eclipse.ditto.protocol.Adaptable;
import org.eclipse.ditto.protocol.Payload;
import org.eclipse.ditto.protocol.ProtocolFactory;
import org.eclipse.ditto.protocol.TopicPath;
import org.eclipse.ditto.things.model.ThingId;
import org.eclipse.ditto.things.model.signals.commands.exceptions.ThingNotAccessibleException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.standalone.ditto.ack.Acks;
import org.voltwin.standalone.ditto.policy.Access;
import org.voltwin.standalone.ditto.signal.Signals;
import org.voltwin.standalone.ditto.stream.EventSelection;
import org.voltwin.standalone.ditto.stream.SignalContent;
import org.voltwin.standalone.ditto.twin.EntityState.ThingState;
import org.voltwin.standalone.ditto.twin.ThingViews;
import org.voltwin.standalone.ditto.twin.Twins;

/**
 * Carries live signals to the clients that subscribed and may read them, and answers back to who asked. Envelopes pass
 * through unchanged but for their headers.
 */
public final class LiveRouter {
    private static final Logger LOG = LoggerFactory.getLogger(LiveRouter.class);

    private record Receiver(
            LiveType type,
            EventSelection selection,
            Supplier<AuthorizationContext> caller,
            String owner,
            Consumer<Adaptable> sink) {}

    /** Who waits for an answer, and who may give it: the sessions the question went to. */
    private record Waiting(
            LiveType type,
            Adaptable question,
            CompletableFuture<Adaptable> answer,
            Set<String> asked,
            AtomicReference<String> invalid) {}

    private final List<Receiver> receivers = new CopyOnWriteArrayList<>();
    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();
    private final Twins twins;
    private final Access access;
    private final ThingViews views;
    private final Acks acks;
    private final MessageRules rules;
    private final SendPermission permission;

    public LiveRouter(Twins twins, Access access, ThingViews views, Acks acks, MessageRules rules) {
        this.acks = acks;
        this.rules = rules;
        this.permission = new SendPermission(twins, access);
        this.twins = twins;
        this.access = access;
        this.views = views;
    }

    /**
     * @param owner the session; what it sends does not come back to it, as in Ditto
     * @return ends the subscription when run
     */
    public Runnable subscribe(
            LiveType type,
            EventSelection selection,
            Supplier<AuthorizationContext> caller,
            String owner,
            Consumer<Adaptable> sink) {
        var receiver = new Receiver(type, selection, caller, owner, sink);
        receivers.add(receiver);
        return () -> receivers.remove(receiver);
    }

    /**
     * Sends a signal that wants no answer.
     *
     * @throws DittoRuntimeException when the thing does not exist or the sender may not
     */
    public void tell(LiveType type, Adaptable signal) {
        admit(type, signal, new HashSet<>(), refusal -> LOG.warn("live.refused {}", refusal.getMessage()));
    }

    /**
     * Delivers what agrees with the model. A model that has to be fetched first makes a refusal late.
     *
     * @throws DittoRuntimeException when it is refused at once
     */
    private void admit(LiveType type, Adaptable signal, Set<String> asked, Consumer<Throwable> late) {
        ThingState state = permission.require(type, signal);
        if (type != LiveType.MESSAGES) {
            deliver(type, signal, state, asked);
            return;
        }
        CompletableFuture<Void> checked = rules.checkMessage(signal).toCompletableFuture();
        if (checked.isDone()) {
            requireDone(checked);
            deliver(type, signal, state, asked);
            return;
        }
        checked.thenRun(() -> deliver(type, signal, permission.require(type, signal), asked))
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        late.accept(causeOf(failure));
                    }
                });
    }

    private static void requireDone(CompletableFuture<Void> checked) {
        try {
            checked.join();
        } catch (CompletionException e) {
            throw causeOf(e) instanceof DittoRuntimeException refusal ? refusal : e;
        }
    }

    private static Throwable causeOf(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /**
     * Sends a signal and waits for the first answer with its correlation id.
     *
     * @return the answer, or a {@link CommandTimeoutException}
     * @throws DittoRuntimeException when the thing does not exist or the sender may not
     */
    public CompletionStage<Adaptable> ask(LiveType type, Adaptable signal, Duration timeout) {
        DittoHeaders headers = signal.getDittoHeaders();
        String correlationId = headers.getCorrelationId().orElseThrow();
        var answer = new CompletableFuture<Adaptable>();
        var question = new Waiting(type, signal, answer, ConcurrentHashMap.newKeySet(), new AtomicReference<>());
        if (waiting.putIfAbsent(correlationId, question) != null) {
            throw AcknowledgementRequestDuplicateCorrelationIdException.newBuilder(correlationId)
                    .dittoHeaders(headers)
                    .build();
        }
        try {
            admit(type, signal, question.asked(), answer::completeExceptionally);
        } catch (DittoRuntimeException e) {
            waiting.remove(correlationId, question);
            throw e;
        }
        var inTime = new CompletableFuture<Adaptable>();
        answer.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS).whenComplete((result, failure) -> {
            waiting.remove(correlationId, question);
            if (failure == null) {
                inTime.complete(result);
            } else {
                inTime.completeExceptionally(
                        causeOf(failure) instanceof DittoRuntimeException refusal
                                ? refusal
                                : tooLate(timeout, question));
            }
        });
        return inTime.thenCompose(reply -> type == LiveType.MESSAGES
                ? rules.checkAnswer(signal, reply).thenApply(ok -> reply)
                : CompletableFuture.completedFuture(visible(type, signal, reply)));
    }

    private static CommandTimeoutException tooLate(Duration timeout, Waiting question) {
        var exception = CommandTimeoutException.newBuilder(timeout)
                .dittoHeaders(question.question().getDittoHeaders());
        if (question.invalid().get() != null) {
            exception.description("Received no appropriate live response within the specified timeout. An invalid"
                    + " response was received, though: " + question.invalid().get());
        }
        return exception.build();
    }

    /** Of what a thing says about itself, the asking one sees what they may read. */
    private Adaptable visible(LiveType type, Adaptable question, Adaptable answer) {
        TopicPath topic = question.getTopicPath();
        JsonValue value = answer.getPayload().getValue().orElse(null);
        boolean query = type == LiveType.COMMANDS && topic.isAction(TopicPath.Action.RETRIEVE);
        if (!query || value == null || !answer.getTopicPath().isCriterion(TopicPath.Criterion.COMMANDS)) {
            return answer;
        }
        ThingId id = ThingId.of(topic.getNamespace(), topic.getEntityName());
        ThingState state = twins.thing(id);
        DittoHeaders headers = question.getDittoHeaders();
        JsonPointer path = JsonPointer.of(question.getPayload().getPath().toString());
        JsonValue seen = Access.view(
                        access.enforcer(id, state == null ? null : state.policyId()),
                        Access.thing(path),
                        value,
                        headers.getAuthorizationContext())
                .orElseThrow(() -> ThingNotAccessibleException.newBuilder(id)
                        .dittoHeaders(headers)
                        .build());
        boolean named = path.isEmpty() && value.isObject() && value.asObject().contains("thingId");
        JsonValue shown = named ? seen.asObject().setValue("thingId", id.toString()) : seen;
        return ProtocolFactory.newAdaptableBuilder(answer)
                .withPayload(
                        Payload.newBuilder(answer.getPayload()).withValue(shown).build())
                .build();
    }

    /**
     * Gives an answer to whoever waits for it. One nobody waits for (any more) or from a session that was not asked is
     * dropped; so is one that answers something else, which whoever waits is told at the end of their time.
     *
     * @throws DittoRuntimeException when it is no valid answer to a command at all
     */
    public void answer(String owner, Adaptable response) {
        take(owner, response, true);
    }

    /**
     * As {@link #answer}, of an answer that was the response to a pushed request: as in Ditto, only the connection's
     * log says why it was dropped.
     *
     * @return why it was dropped; empty when it was not
     */
    public Optional<String> pushedAnswer(String owner, Adaptable response) {
        return Optional.ofNullable(take(owner, response, false));
    }

    private @Nullable String take(String owner, Adaptable response, boolean tell) {
        String correlationId = response.getDittoHeaders().getCorrelationId().orElse("");
        Waiting question = waiting.get(correlationId);
        if (question == null || !question.asked().contains(owner)) {
            return "Nobody waits for this live response.";
        }
        if (question.type() == LiveType.COMMANDS && !response.getTopicPath().isCriterion(TopicPath.Criterion.ERRORS)) {
            String expected = Signals.fromAdaptable(question.question()).getType();
            String actual = Signals.fromAdaptable(response).getType();
            if (!actual.equals(expected.replace(".commands:", ".responses:"))) {
                String why =
                        "Type of live response <" + actual + "> is not related to type of command <" + expected + ">.";
                if (tell) {
                    question.invalid().set(why);
                }
                return why;
            }
        }
        question.answer().complete(response);
        return null;
    }

    private void deliver(LiveType type, Adaptable signal, ThingState state, Set<String> asked) {
        TopicPath topic = signal.getTopicPath();
        DittoHeaders headers = signal.getDittoHeaders();
        ThingId id = state.id();
        Enforcer enforcer = access.enforcer(state.id(), state.policyId());
        ResourceKey resource = SendPermission.resourceOf(type, SendPermission.pathOf(signal));
        String origin = headers.getOrigin().orElse("");
        boolean query = type == LiveType.COMMANDS && topic.isAction(TopicPath.Action.RETRIEVE);
        var reached = new HashSet<String>();
        for (Receiver receiver : receivers) {
            AuthorizationContext caller = receiver.caller().get();
            // A query carries nothing of the thing: who may read some of what it asks for may answer it.
            boolean allowed =
                    query ? Access.mayReadRoot(enforcer, resource, caller) : Access.mayRead(enforcer, resource, caller);
            if (receiver.type() != type || !receiver.selection().includes(id) || !allowed) {
                continue;
            }
            if (receiver.owner().equals(origin)) {
                reached.add(origin);
            } else {
                offer(
                        receiver,
                        id,
                        state,
                        signal.setDittoHeaders(acks.addressed(receiver.owner(), id, headers)),
                        asked);
            }
        }
        reached.addAll(asked);
        acks.settle(id, headers, reached);
    }

    private void offer(Receiver receiver, ThingId id, ThingState state, Adaptable envelope, Set<String> asked) {
        EventSelection selection = receiver.selection();
        if (selection.filter() == null && selection.extraFields() == null) {
            asked.add(receiver.owner());
            receiver.sink().accept(envelope);
            return;
        }
        Signal<?> signal = Signals.fromAdaptable(envelope);
        var content =
                SignalContent.of(signal, id, state, selection, receiver.caller().get(), views);
        if (selection.filter() == null
                || selection.filter().matches(content.thing(), envelope.getTopicPath(), signal)) {
            asked.add(receiver.owner());
            receiver.sink()
                    .accept(content.extra().isEmpty() ? envelope : ProtocolFactory.setExtra(envelope, content.extra()));
        }
    }
}
