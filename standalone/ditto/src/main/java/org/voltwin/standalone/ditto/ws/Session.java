package org.voltwin.standalone.ditto.ws;

import io.vertx.core.http.ServerWebSocket;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.eclipse.ditto.base.model.acks.AcknowledgementLabel;
import org.eclipse.ditto.base.model.auth.AuthorizationContext;
import org.eclipse.ditto.base.model.exceptions.DittoRuntimeException;
import org.eclipse.ditto.base.model.headers.DittoHeaderDefinition;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.signals.acks.Acknowledgement;
import org.eclipse.ditto.base.model.signals.acks.Acknowledgements;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.messages.model.signals.commands.MessageCommandSizeValidator;
import org.eclipse.ditto.protocol.Adaptable;
import org.eclipse.ditto.protocol.TopicPath;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.standalone.ditto.ack.Acks;
import org.voltwin.standalone.ditto.api.Errors;
import org.voltwin.standalone.ditto.auth.AuthenticationFailedException;
import org.voltwin.standalone.ditto.auth.Authenticator;
import org.voltwin.standalone.ditto.auth.Caller;
import org.voltwin.standalone.ditto.live.Answer;
import org.voltwin.standalone.ditto.live.Channels;
import org.voltwin.standalone.ditto.live.LiveRouter;
import org.voltwin.standalone.ditto.live.LiveType;
import org.voltwin.standalone.ditto.signal.Signals;
import org.voltwin.standalone.ditto.stream.AnnouncementHub;
import org.voltwin.standalone.ditto.stream.EventHub;
import org.voltwin.standalone.ditto.stream.EventSelection;
import org.voltwin.standalone.ditto.stream.PastEvents;
import org.voltwin.standalone.ditto.twin.NotSupportedException;

/** One WebSocket connection. Everything happens on the loop, so frames are handled in the order they come. */
final class Session {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    private static final short POLICY_VIOLATION = 1008;
    private static final short TOO_SLOW = 1013;
    private static final int MAX_UNFINISHED = 1_000;

    /** Headers of commands that wait for somebody, perhaps for an answer over this very socket. */
    private static final Set<String> WAITS_FOR_OTHERS = Set.of(
            DittoHeaderDefinition.REQUESTED_ACKS.getKey(),
            DittoHeaderDefinition.LIVE_CHANNEL_CONDITION.getKey(),
            DittoHeaderDefinition.CHANNEL.getKey());

    private final String id = UUID.randomUUID().toString();
    private final FrameReader reader = new FrameReader(id);
    private final ServerWebSocket socket;
    private final Channels channels;
    private final Acks acks;
    private final EventHub hub;
    private final LiveRouter router;
    private final AnnouncementHub announcements;
    private final Authenticator authenticator;
    private final SearchSession search;
    private final PastSession past;
    private final PermissionEnvelopes permissions;
    private final Executor loop;
    private final Executor workers;
    private final Map<ControlMessage.Kind, Runnable> subscriptions = new EnumMap<>(ControlMessage.Kind.class);
    private Caller caller;
    private Runnable onRenewed = () -> {};
    private int unfinished;

    Session(
            ServerWebSocket socket,
            Caller caller,
            Channels channels,
            Acks acks,
            EventHub hub,
            LiveRouter router,
            AnnouncementHub announcements,
            Authenticator authenticator,
            SearchSession.Factory search,
            PastEvents past,
            PermissionEnvelopes permissions,
            Executor loop,
            Executor workers) {
        this.socket = socket;
        this.caller = caller;
        this.channels = channels;
        this.acks = acks;
        this.hub = hub;
        this.router = router;
        this.announcements = announcements;
        this.authenticator = authenticator;
        this.search = search.open(this::send);
        this.past = new PastSession(past, this::send);
        this.permissions = permissions;
        this.loop = loop;
        this.workers = workers;
    }

    Caller caller() {
        return caller;
    }

    void onRenewed(Runnable action) {
        this.onRenewed = action;
    }

    void closed() {
        subscriptions.values().forEach(Runnable::run);
        subscriptions.clear();
        acks.release(id);
    }

    /** Makes this session the one that gives these acknowledgements; it ends when another one already does. */
    void declare(Set<AcknowledgementLabel> labels) {
        try {
            acks.declare(id, labels);
        } catch (DittoRuntimeException e) {
            refuse(null, e, DittoHeaders.empty());
            socket.close(POLICY_VIOLATION, "The declared acknowledgement labels cannot be used.");
        }
    }

    void expired() {
        refuse(null, AuthenticationFailedException.sessionExpired(), DittoHeaders.empty());
        socket.close(POLICY_VIOLATION, "The token expired and was not renewed.");
    }

    void frame(String text) {
        ControlMessage.parse(text).ifPresentOrElse(this::control, () -> envelope(text));
    }

    private void control(ControlMessage message) {
        try {
            switch (message.kind()) {
                case START_SEND_EVENTS ->
                    start(
                            message,
                            selection -> hub.subscribe(selection, this::context, id, event -> send(event.envelope())));
                case START_SEND_MESSAGES -> start(message, selection -> live(LiveType.MESSAGES, selection));
                case START_SEND_LIVE_COMMANDS -> start(message, selection -> live(LiveType.COMMANDS, selection));
                case START_SEND_LIVE_EVENTS -> start(message, selection -> live(LiveType.EVENTS, selection));
                case STOP_SEND_EVENTS -> stop(message, ControlMessage.Kind.START_SEND_EVENTS);
                case STOP_SEND_MESSAGES -> stop(message, ControlMessage.Kind.START_SEND_MESSAGES);
                case STOP_SEND_LIVE_COMMANDS -> stop(message, ControlMessage.Kind.START_SEND_LIVE_COMMANDS);
                case STOP_SEND_LIVE_EVENTS -> stop(message, ControlMessage.Kind.START_SEND_LIVE_EVENTS);
                case START_SEND_POLICY_ANNOUNCEMENTS ->
                    start(message, selection -> announcements.subscribe(this::context, id, this::send));
                case STOP_SEND_POLICY_ANNOUNCEMENTS ->
                    stop(message, ControlMessage.Kind.START_SEND_POLICY_ANNOUNCEMENTS);
                case JWT_TOKEN -> renew(message.parameters().getOrDefault("jwtToken", ""));
            }
        } catch (RuntimeException e) {
            refuse(null, e, DittoHeaders.empty());
        }
    }

    private Runnable live(LiveType type, EventSelection selection) {
        return router.subscribe(type, selection, this::context, id, this::send);
    }

    private AuthorizationContext context() {
        return caller.context();
    }

    private void start(ControlMessage message, java.util.function.Function<EventSelection, Runnable> subscribe) {
        Map<String, String> parameters = message.parameters();
        EventSelection selection = EventSelection.parse(
                null,
                parameters.get("namespaces"),
                parameters.get("filter"),
                parameters.get("extraFields"),
                DittoHeaders.empty());
        Runnable before = subscriptions.put(message.kind(), subscribe.apply(selection));
        if (before != null) {
            before.run();
        }
        socket.writeTextMessage(message.acknowledgement());
    }

    private void stop(ControlMessage message, ControlMessage.Kind started) {
        Runnable running = subscriptions.remove(started);
        if (running != null) {
            running.run();
        }
        socket.writeTextMessage(message.acknowledgement());
    }

    private void renew(String token) {
        CompletableFuture.supplyAsync(() -> authenticator.authenticateToken(token), workers)
                .whenCompleteAsync(
                        (renewed, failure) -> {
                            if (failure != null) {
                                refuse(null, failure, DittoHeaders.empty());
                                socket.close(POLICY_VIOLATION, "The new token is not valid.");
                            } else if (!renewed.context().equals(caller.context())) {
                                socket.close(POLICY_VIOLATION, "The new token stands for other subjects.");
                            } else {
                                caller = renewed;
                                onRenewed.run();
                            }
                        },
                        loop);
    }

    private void envelope(String text) {
        DittoHeaders headers = DittoHeaders.empty();
        TopicPath topic = null;
        try {
            JsonObject question = PermissionEnvelopes.question(text).orElse(null);
            if (question != null) {
                headers = PermissionEnvelopes.headers(question);
                socket.writeTextMessage(permissions.answer(question, context()));
                return;
            }
            Adaptable adaptable = reader.read(text, context());
            headers = adaptable.getDittoHeaders();
            topic = adaptable.getTopicPath();
            if (topic.isCriterion(TopicPath.Criterion.ACKS)) {
                acknowledge(adaptable);
            } else if (topic.isCriterion(TopicPath.Criterion.SEARCH)) {
                search.handle(adaptable);
            } else if (topic.isCriterion(TopicPath.Criterion.STREAMING)) {
                past.handle(adaptable);
            } else if (topic.isChannel(TopicPath.Channel.LIVE)) {
                live(adaptable);
            } else if (topic.isCriterion(TopicPath.Criterion.COMMANDS)) {
                command(adaptable);
            } else {
                throw NotSupportedException.of("The topic '" + topic.getPath() + "'", headers);
            }
        } catch (RuntimeException e) {
            refuse(topic, e, headers);
        }
    }

    private void acknowledge(Adaptable adaptable) {
        switch (Signals.fromAdaptable(adaptable)) {
            case Acknowledgement acknowledgement -> acks.acknowledge(id, acknowledgement);
            case Acknowledgements several -> several.forEach(each -> acks.acknowledge(id, each));
            default ->
                throw NotSupportedException.of(
                        "The topic '" + adaptable.getTopicPath().getPath() + "'", adaptable.getDittoHeaders());
        }
    }

    private void command(Adaptable adaptable) {
        CompletionStage<Answer> answer = channels.command(Signals.fromTranslated(adaptable), reply -> Map.of());
        if (WAITS_FOR_OTHERS.stream().noneMatch(adaptable.getDittoHeaders()::containsKey)) {
            holdBack(answer);
        }
        await(adaptable, answer);
    }

    /**
     * Reads no further while many commands wait for the disk: what they hold must fit into memory however long it takes.
     */
    private void holdBack(CompletionStage<Answer> answer) {
        unfinished++;
        if (unfinished == MAX_UNFINISHED) {
            socket.pause();
        }
        answer.whenComplete((given, failure) -> {
            unfinished--;
            if (unfinished == MAX_UNFINISHED / 2 && !socket.isClosed()) {
                socket.resume();
            }
        });
    }

    private void await(Adaptable asked, CompletionStage<Answer> answer) {
        DittoHeaders headers = asked.getDittoHeaders();
        answer.whenComplete((given, failure) -> {
            if (failure != null) {
                refuse(asked.getTopicPath(), failure, headers);
            } else if (headers.isResponseRequired()) {
                show(asked, given);
            }
        });
    }

    private void show(Adaptable asked, Answer answer) {
        switch (answer) {
            case Answer.Twin twin -> {
                Adaptable response = Envelopes.response(asked, twin.reply());
                send(
                        twin.headers().isEmpty()
                                ? response
                                : response.setDittoHeaders(response.getDittoHeaders().toBuilder()
                                        .putHeaders(twin.headers())
                                        .build()));
            }
            case Answer.Live live -> send(live.envelope());
            case Answer.Acked acked ->
                send(Signals.adapter()
                        .toAdaptable(
                                acked.acknowledgements(), asked.getTopicPath().getChannel()));
            case Answer.Sent() -> LOG.debug("session.sent topic={}", asked.getTopicPath());
        }
    }

    private void live(Adaptable adaptable) {
        TopicPath topic = adaptable.getTopicPath();
        DittoHeaders headers = adaptable.getDittoHeaders();
        if (adaptable.getPayload().getHttpStatus().isPresent()) {
            answer(adaptable);
            return;
        }
        LiveType type = switch (topic.getCriterion()) {
            case MESSAGES -> LiveType.MESSAGES;
            case COMMANDS -> LiveType.COMMANDS;
            case EVENTS -> LiveType.EVENTS;
            default -> throw NotSupportedException.of("The topic '" + topic.getPath() + "'", headers);
        };
        if (type == LiveType.MESSAGES) {
            MessageCommandSizeValidator.getInstance()
                    .ensureValidSize(
                            () -> adaptable
                                    .getPayload()
                                    .getValue()
                                    .map(value -> value.formatAsString().length())
                                    .orElse(0),
                            () -> headers);
        }
        await(adaptable, channels.live(type, adaptable));
    }

    private void answer(Adaptable response) {
        try {
            router.answer(id, response);
        } catch (DittoRuntimeException e) {
            if (response.getDittoHeaders().isResponseRequired()) {
                throw e;
            }
            LOG.debug("session.answer-not-valid topic={} cause={}", response.getTopicPath(), e.toString());
        }
    }

    private void refuse(@Nullable TopicPath topic, Throwable failure, DittoHeaders headers) {
        DittoRuntimeException error = Errors.of(failure, headers);
        try {
            send(Envelopes.error(topic, error, headers));
        } catch (DittoRuntimeException e) {
            // The topic names no valid entity: answer without one.
            LOG.debug("session.error-without-topic", e);
            send(Envelopes.error(null, error, headers));
        }
    }

    /** A client that cannot keep up is cut off rather than filling the memory; it connects again by itself. */
    private void send(Adaptable adaptable) {
        if (socket.isClosed()) {
            return;
        }
        if (socket.writeQueueFull()) {
            LOG.warn("session.too-slow remote={}", socket.remoteAddress());
            socket.close(TOO_SLOW, "Events come faster than they are taken.");
            return;
        }
        socket.writeTextMessage(Envelopes.write(adaptable));
    }
}
