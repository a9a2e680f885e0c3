package org.voltwin.standalone.ditto.connect.link;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.eclipse.ditto.base.model.auth.AuthorizationContext;
import org.eclipse.ditto.base.model.entity.id.EntityId;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.connectivity.model.Connection;
import org.eclipse.ditto.connectivity.model.FilteredTopic;
import org.eclipse.ditto.connectivity.model.GenericTarget;
import org.eclipse.ditto.connectivity.model.LogCategory;
import org.eclipse.ditto.connectivity.model.MetricType;
import org.eclipse.ditto.connectivity.model.PayloadMapping;
import org.eclipse.ditto.connectivity.model.Target;
import org.eclipse.ditto.connectivity.model.Topic;
import org.eclipse.ditto.json.JsonFieldSelector;
import org.eclipse.ditto.placeholders.ExpressionResolver;
import org.eclipse.ditto.protocol.Adaptable;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.connect.mapping.Mappers;
import org.voltwin.standalone.ditto.connect.monitor.Incident;
import org.voltwin.standalone.ditto.connect.monitor.Monitor;
import org.voltwin.standalone.ditto.connect.placeholder.Expressions;
import org.voltwin.standalone.ditto.connect.transport.ExternalMessage;
import org.voltwin.standalone.ditto.connect.transport.Transport;
import org.voltwin.standalone.ditto.live.LiveType;
import org.voltwin.standalone.ditto.stream.EventSelection;

/** Events, live signals, announcements and answers on their way to the broker, in order, on a thread of their own. */
final class Outbound {
    private static final int MAX_QUEUED = 10_000;
    private static final int BAD_REQUEST = 400;

    /** Where something goes, and how it is shown there. */
    private record Route(GenericTarget target, PayloadMapping mapping, LogCategory category, String name) {}

    private final Connection connection;
    private final Mappers mappers;
    private final Monitor monitor;
    private final Supplier<@Nullable Transport> transport;
    private final IssuedAcks acks;
    private final List<Runnable> subscriptions = new ArrayList<>();
    private final AtomicInteger queued = new AtomicInteger();
    private final ExecutorService worker = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("connection-outbound").factory());

    /** @param transport null while there is no connection to the broker */
    Outbound(
            Connection connection,
            Mappers mappers,
            Monitor monitor,
            Supplier<@Nullable Transport> transport,
            IssuedAcks acks) {
        this.connection = connection;
        this.mappers = mappers;
        this.monitor = monitor;
        this.transport = transport;
        this.acks = acks;
    }

    /** Takes from now on what the targets want. */
    void subscribe(Surroundings surroundings) {
        for (Target target : connection.getTargets()) {
            for (FilteredTopic topic : target.getTopics()) {
                subscriptions.add(subscribe(surroundings, target, topic));
            }
        }
    }

    private Runnable subscribe(Surroundings surroundings, Target target, FilteredTopic topic) {
        EventSelection selection = EventSelection.parse(
                null,
                String.join(",", topic.getNamespaces()),
                topic.getFilter().orElse(null),
                topic.getExtraFields().map(JsonFieldSelector::toString).orElse(null),
                DittoHeaders.empty());
        Supplier<AuthorizationContext> caller = target::getAuthorizationContext;
        String owner = connection.getId().toString();
        return switch (topic.getTopic()) {
            case TWIN_EVENTS ->
                surroundings.hub().subscribe(selection, caller, owner, event -> send(target, event.envelope()));
            case LIVE_MESSAGES -> live(surroundings, LiveType.MESSAGES, selection, target);
            case LIVE_COMMANDS -> live(surroundings, LiveType.COMMANDS, selection, target);
            case LIVE_EVENTS -> live(surroundings, LiveType.EVENTS, selection, target);
            case POLICY_ANNOUNCEMENTS ->
                surroundings.announcements().subscribe(caller, owner, announcement -> send(target, announcement));
            // Nobody else makes these.
            case CONNECTION_ANNOUNCEMENTS -> () -> {};
        };
    }

    private Runnable live(Surroundings surroundings, LiveType type, EventSelection selection, Target target) {
        return surroundings
                .router()
                .subscribe(
                        type,
                        selection,
                        target::getAuthorizationContext,
                        connection.getId().toString(),
                        signal -> send(target, signal));
    }

    private void send(Target target, Adaptable adaptable) {
        var route = new Route(target, target.getPayloadMapping(), LogCategory.TARGET, target.getOriginalAddress());
        incident(true, MetricType.DISPATCHED, route, adaptable, "Successfully dispatched signal.");
        acks.offered(target, adaptable);
        enqueue(route, adaptable, target.getAuthorizationContext(), Map.of())
                .thenAccept(published -> acks.published(target, adaptable, published));
    }

    /** Tells the targets that asked for it about the connection itself; completes when they have it. */
    CompletableFuture<Void> announce(Adaptable announcement) {
        var sent = new ArrayList<CompletableFuture<Published>>();
        for (Target target : connection.getTargets()) {
            boolean wanted =
                    target.getTopics().stream().anyMatch(topic -> topic.getTopic() == Topic.CONNECTION_ANNOUNCEMENTS);
            if (wanted) {
                var route =
                        new Route(target, target.getPayloadMapping(), LogCategory.TARGET, target.getOriginalAddress());
                sent.add(enqueue(route, announcement, target.getAuthorizationContext(), Map.of()));
            }
        }
        return CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new));
    }

    /** @param command headers of what is answered: a reply target's address may name them */
    void reply(
            GenericTarget target,
            PayloadMapping mapping,
            Adaptable answer,
            AuthorizationContext caller,
            Map<String, String> command) {
        enqueue(new Route(target, mapping, LogCategory.RESPONSE, target.getAddress()), answer, caller, command);
    }

    private CompletableFuture<Published> enqueue(
            Route route, Adaptable adaptable, AuthorizationContext caller, Map<String, String> more) {
        if (queued.incrementAndGet() > MAX_QUEUED) {
            queued.decrementAndGet();
            return dropped(route, adaptable, "Too many messages wait for the broker.");
        }
        try {
            return CompletableFuture.supplyAsync(() -> publish(route, adaptable, caller, more), worker)
                    .thenCompose(done -> done)
                    .whenComplete((done, failure) -> queued.decrementAndGet());
        } catch (RejectedExecutionException e) {
            queued.decrementAndGet();
            return dropped(route, adaptable, "The connection is closed.");
        }
    }

    private CompletableFuture<Published> dropped(Route route, Adaptable adaptable, String why) {
        incident(false, MetricType.DROPPED, route, adaptable, why);
        return CompletableFuture.completedFuture(Published.failed(why));
    }

    private CompletableFuture<Published> publish(
            Route route, Adaptable adaptable, AuthorizationContext caller, Map<String, String> more) {
        DittoHeaders said = adaptable.getDittoHeaders();
        var headers = new HashMap<>(more);
        headers.putAll(said);
        // A header mapping finds it even when the default applies.
        boolean answerWanted = said.isResponseRequired()
                && said.getTimeout().filter(Duration::isZero).isEmpty();
        headers.put("response-required", Boolean.toString(answerWanted));
        var published = new ArrayList<CompletableFuture<Published>>();
        for (Mappers.Named mapper : mappers.named(route.mapping())) {
            try {
                var conditions = resolver(headers, adaptable, caller);
                List<ExternalMessage> messages = mapper.outgoing(adaptable, conditions);
                incident(
                        true,
                        messages.isEmpty() ? MetricType.DROPPED : MetricType.MAPPED,
                        route,
                        adaptable,
                        "Mapped by " + mapper.name() + " to " + messages.size() + " messages.");
                for (ExternalMessage message : messages) {
                    published.add(publish(route, adaptable, caller, headers, message));
                }
            } catch (RuntimeException e) {
                String why = "Mapper " + mapper.name() + ": " + Failures.say(e);
                incident(false, MetricType.MAPPED, route, adaptable, why);
                published.add(CompletableFuture.completedFuture(Published.failed(why)));
            }
        }
        return CompletableFuture.allOf(published.toArray(CompletableFuture[]::new))
                .thenApply(done -> Published.all(
                        published.stream().map(CompletableFuture::resultNow).toList()));
    }

    private ExpressionResolver resolver(Map<String, String> headers, Adaptable adaptable, AuthorizationContext caller) {
        return Expressions.ofSignal(
                headers, adaptable, caller, connection.getId().toString());
    }

    private CompletableFuture<Published> publish(
            Route route,
            Adaptable adaptable,
            AuthorizationContext caller,
            Map<String, String> signalHeaders,
            ExternalMessage message) {
        var headers = new HashMap<>(signalHeaders);
        headers.putAll(message.headers());
        ExpressionResolver resolver = resolver(headers, adaptable, caller);
        String address =
                resolver.resolve(route.target().getAddress()).findFirst().orElse(null);
        Transport broker = transport.get();
        if (address == null || address.isBlank() || broker == null) {
            return dropped(
                    route,
                    adaptable,
                    broker == null
                            ? "There is no connection to the broker."
                            : "The address '" + route.target().getAddress() + "' cannot be resolved.");
        }
        var mapped = new HashMap<String, String>();
        message.contentType().ifPresent(type -> mapped.put(ExternalMessage.CONTENT_TYPE, type));
        route.target()
                .getHeaderMapping()
                .getMapping()
                .forEach((name, template) ->
                        resolver.resolve(template).findFirst().ifPresent(value -> mapped.put(name, value)));
        int qos = route.target().getQos().orElse(-1);
        return broker.exchange(
                        address,
                        qos < 0 ? OptionalInt.empty() : OptionalInt.of(qos),
                        new ExternalMessage(mapped, message.payload(), message.text()))
                .handle((response, failure) -> {
                    Published published = failure == null
                            ? published(address, response.orElse(null))
                            : Published.failed("Not published to " + address + ": " + Failures.say(failure));
                    String problem = published.problem();
                    incident(
                            problem == null,
                            MetricType.PUBLISHED,
                            route,
                            adaptable,
                            problem == null ? "Successfully published to " + address + "." : problem);
                    return published;
                })
                .toCompletableFuture();
    }

    private static Published published(String address, Transport.@Nullable Response response) {
        if (response == null || response.status() < BAD_REQUEST) {
            return new Published(null, response);
        }
        return new Published(
                "Published to " + address + " and answered with status " + response.status() + ".", response);
    }

    private void incident(boolean success, MetricType type, Route route, Adaptable adaptable, String message) {
        DittoHeaders headers = adaptable.getDittoHeaders();
        EntityId entity = Expressions.entityOf(adaptable.getTopicPath()).orElse(null);
        monitor.record(
                success
                        ? Incident.success(route.category(), type, route.name(), headers, entity, message)
                        : Incident.failure(route.category(), type, route.name(), headers, entity, message));
    }

    /** Takes nothing more; what waits is still sent while there is a broker. */
    void unsubscribe() {
        subscriptions.forEach(Runnable::run);
        subscriptions.clear();
    }

    void close() {
        unsubscribe();
        worker.shutdown();
    }
}
