package org.voltwin.standalone.ditto.connect.link;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.eclipse.ditto.base.model.acks.AcknowledgementRequest;
import org.eclipse.ditto.base.model.acks.FilteredAcknowledgementRequest;
import org.eclipse.ditto.base.model.auth.AuthorizationContext;
import org.eclipse.ditto.base.model.common.ResponseType;
import org.eclipse.ditto.base.model.entity.id.EntityId;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.json.JsonSchemaVersion;
import org.eclipse.ditto.base.model.signals.commands.exceptions.CommandTimeoutException;
import org.eclipse.ditto.connectivity.model.Connection;
import org.eclipse.ditto.connectivity.model.LogCategory;
import org.eclipse.ditto.connectivity.model.MetricType;
import org.eclipse.ditto.connectivity.model.Source;
import org.eclipse.ditto.placeholders.ExpressionResolver;
import org.eclipse.ditto.placeholders.PlaceholderFilter;
import org.eclipse.ditto.protocol.Adaptable;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.api.Errors;
import org.voltwin.standalone.ditto.connect.mapping.Mappers;
import org.voltwin.standalone.ditto.connect.monitor.Incident;
import org.voltwin.standalone.ditto.connect.monitor.Monitor;
import org.voltwin.standalone.ditto.connect.placeholder.Expressions;
import org.voltwin.standalone.ditto.connect.transport.Received;
import org.voltwin.standalone.ditto.signal.Signals;
import org.voltwin.standalone.ditto.ws.Envelopes;

/** What came from the broker on its way to what it commands. */
final class Inbound {
    /** One message with what is known about it. */
    private record Arrival(Received received, AuthorizationContext caller, ExpressionResolver resolver) {
        Source source() {
            return received.source();
        }

        Map<String, String> headers() {
            return received.message().headers();
        }
    }

    private final Connection connection;
    private final Mappers mappers;
    private final Monitor monitor;
    private final Outbound outbound;
    private final Dispatcher dispatcher;

    Inbound(Connection connection, Mappers mappers, Monitor monitor, Outbound outbound, Dispatcher dispatcher) {
        this.connection = connection;
        this.mappers = mappers;
        this.monitor = monitor;
        this.outbound = outbound;
        this.dispatcher = dispatcher;
    }

    /** Settles the message when its effects are durable. Blocks while it is mapped: not for the loop's thread. */
    void received(Received received) {
        try {
            take(received);
        } catch (RuntimeException e) {
            // An authorization subject with a header that the message does not have, for one.
            monitor.record(Incident.failure(
                    LogCategory.SOURCE,
                    MetricType.CONSUMED,
                    received.address(),
                    received.message().headers(),
                    null,
                    Failures.say(e)));
            received.settle().accept(Received.Verdict.DONE);
        }
    }

    private void take(Received received) {
        Map<String, String> headers = received.message().headers();
        var caller = PlaceholderFilter.applyHeadersPlaceholderToAuthContext(
                received.source().getAuthorizationContext(), headers);
        var resolver = Expressions.ofMessage(
                headers, received.actualAddress(), connection.getId().toString());
        var arrival = new Arrival(received, caller, resolver);
        incident(true, MetricType.CONSUMED, arrival, null, "Message received from " + received.actualAddress() + ".");
        List<CompletableFuture<Void>> effects = new ArrayList<>();
        for (Mappers.Named mapper : mappers.named(received.source().getPayloadMapping())) {
            for (Adaptable adaptable : mapped(arrival, mapper)) {
                effects.add(handle(arrival, adaptable));
            }
        }
        CompletableFuture.allOf(effects.toArray(CompletableFuture[]::new))
                .whenComplete((done, failure) -> received.settle()
                        .accept(
                                failure != null && Failures.mayPass(failure)
                                        ? Received.Verdict.AGAIN
                                        : Received.Verdict.DONE));
    }

    private List<Adaptable> mapped(Arrival arrival, Mappers.Named mapper) {
        try {
            List<Adaptable> adaptables = mapper.incoming(arrival.received().message(), arrival.resolver());
            incident(
                    true,
                    adaptables.isEmpty() ? MetricType.DROPPED : MetricType.MAPPED,
                    arrival,
                    null,
                    "Mapped by " + mapper.name() + " to " + adaptables.size() + " signals.");
            return adaptables;
        } catch (RuntimeException e) {
            incident(false, MetricType.MAPPED, arrival, null, "Mapper " + mapper.name() + ": " + Failures.say(e));
            DittoHeaders headers = headers(arrival, Map.of());
            reply(arrival, ResponseType.ERROR, Envelopes.error(null, Errors.of(e, headers), headers), headers);
            return List.of();
        }
    }

    private CompletableFuture<Void> handle(Arrival arrival, Adaptable mapped) {
        DittoHeaders headers = headers(arrival, mapped.getDittoHeaders());
        Adaptable adaptable = mapped;
        try {
            headers = withMappedHeaders(arrival, mapped);
            adaptable = mapped.setDittoHeaders(headers);
            var enforcement = arrival.source().getEnforcement().orElse(null);
            if (enforcement != null) {
                IdEnforcement.check(enforcement, arrival.resolver(), adaptable);
                incident(true, MetricType.ENFORCED, arrival, adaptable, "Successfully applied enforcement.");
            }
        } catch (RuntimeException e) {
            return refused(arrival, MetricType.ENFORCED, adaptable, headers, e);
        }
        Adaptable signal = adaptable;
        DittoHeaders signalHeaders = headers;
        return dispatcher
                .dispatch(signal, answer -> answered(arrival, answer, signalHeaders))
                .handle((done, failure) -> {
                    if (failure != null) {
                        return refused(arrival, MetricType.ACKNOWLEDGED, signal, signalHeaders, failure);
                    }
                    if (done == Received.Verdict.AGAIN) {
                        incident(false, MetricType.ACKNOWLEDGED, arrival, signal, "Acknowledgements did not come.");
                        return CompletableFuture.<Void>failedFuture(CommandTimeoutException.newBuilder(Duration.ZERO)
                                .dittoHeaders(signalHeaders)
                                .build());
                    }
                    incident(true, MetricType.ACKNOWLEDGED, arrival, signal, "The effect is durable.");
                    return CompletableFuture.<Void>completedFuture(null);
                })
                .thenCompose(done -> done)
                .toCompletableFuture();
    }

    private CompletableFuture<Void> refused(
            Arrival arrival, MetricType type, Adaptable signal, DittoHeaders headers, Throwable failure) {
        incident(false, type, arrival, signal, Failures.say(failure));
        if (headers.isResponseRequired()) {
            reply(
                    arrival,
                    ResponseType.ERROR,
                    Envelopes.error(signal.getTopicPath(), Errors.of(failure, headers), headers),
                    headers);
        }
        return CompletableFuture.failedFuture(Failures.unwrap(failure));
    }

    private void answered(Arrival arrival, Adaptable answer, DittoHeaders command) {
        if (command.isResponseRequired()) {
            reply(arrival, ResponseType.RESPONSE, answer, command);
        }
    }

    private void reply(Arrival arrival, ResponseType type, Adaptable answer, DittoHeaders command) {
        Source source = arrival.source();
        if (!source.isReplyTargetEnabled()) {
            return;
        }
        source.getReplyTarget()
                .filter(target -> target.getExpectedResponseTypes().contains(type))
                .ifPresent(target -> {
                    var headers = new HashMap<>(arrival.headers());
                    headers.putAll(command);
                    outbound.reply(target, source.getPayloadMapping(), answer, arrival.caller(), headers);
                });
    }

    /** The definition's header mapping, over the headers the message says itself. */
    private DittoHeaders withMappedHeaders(Arrival arrival, Adaptable adaptable) {
        ExpressionResolver resolver = Expressions.ofSignal(
                arrival.headers(),
                adaptable,
                arrival.caller(),
                connection.getId().toString());
        var external = new HashMap<String, String>(adaptable.getDittoHeaders());
        arrival.source()
                .getHeaderMapping()
                .getMapping()
                .forEach((name, template) ->
                        resolver.resolve(template).findFirst().ifPresent(value -> external.put(name, value)));
        DittoHeaders headers = headers(arrival, external);
        Set<AcknowledgementRequest> requests = requestedAcknowledgements(arrival);
        if (requests.isEmpty()) {
            return headers;
        }
        Set<AcknowledgementRequest> all = new java.util.LinkedHashSet<>(headers.getAcknowledgementRequests());
        all.addAll(requests);
        return headers.toBuilder().acknowledgementRequests(all).build();
    }

    private Set<AcknowledgementRequest> requestedAcknowledgements(Arrival arrival) {
        FilteredAcknowledgementRequest wanted =
                arrival.source().getAcknowledgementRequests().orElse(null);
        if (wanted == null) {
            return Set.of();
        }
        boolean applies = wanted.getFilter()
                .map(filter -> arrival.resolver()
                        .resolve("{{ fn:default('true') | " + filter + " }}")
                        .findFirst()
                        .isPresent())
                .orElse(true);
        return applies ? wanted.getIncludes() : Set.of();
    }

    /** Only headers that may come from outside; who sends it is what the definition says. */
    private DittoHeaders headers(Arrival arrival, Map<String, String> said) {
        var external = said.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue, (a, b) -> b));
        String correlationId = arrival.headers().get("correlation-id");
        external.putIfAbsent(
                "correlation-id",
                correlationId == null || correlationId.isBlank()
                        ? UUID.randomUUID().toString()
                        : correlationId);
        var headers = DittoHeaders.of(Signals.adapter().headerTranslator().fromExternalHeaders(external)).toBuilder()
                .schemaVersion(JsonSchemaVersion.V_2)
                .authorizationContext(arrival.caller())
                .origin(connection.getId().toString());
        arrival.caller()
                .getFirstAuthorizationSubject()
                .ifPresent(subject -> headers.putHeader("ditto-originator", subject.getId()));
        return headers.build();
    }

    private void incident(
            boolean success, MetricType type, Arrival arrival, @Nullable Adaptable adaptable, String message) {
        EntityId entity = adaptable == null
                ? null
                : Expressions.entityOf(adaptable.getTopicPath()).orElse(null);
        Map<String, String> headers = adaptable == null ? arrival.headers() : adaptable.getDittoHeaders();
        String address = arrival.received().address();
        monitor.record(
                success
                        ? Incident.success(LogCategory.SOURCE, type, address, headers, entity, message)
                        : Incident.failure(LogCategory.SOURCE, type, address, headers, entity, message));
    }

    /** Carries a signal to what it commands. */
    interface Dispatcher {
        /**
         * @param answer takes the answer, if there is one
         * @return completes when the effect is durable and what was requested is acknowledged, or the signal is
         *     handed on; says whether it must come again
         */
        CompletionStage<Received.Verdict> dispatch(Adaptable signal, java.util.function.Consumer<Adaptable> answer);
    }
}
