package org.voltwin.standalone.ditto.connect.link;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.ditto.base.model.acks.AcknowledgementLabel;
import org.eclipse.ditto.base.model.acks.AcknowledgementRequest;
import org.eclipse.ditto.base.model.acks.DittoAcknowledgementLabel;
import org.eclipse.ditto.base.model.common.HttpStatus;
import org.eclipse.ditto.base.model.exceptions.DittoRuntimeException;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.signals.acks.Acknowledgement;
import org.eclipse.ditto.connectivity.model.Connection;
import org.eclipse.ditto.connectivity.model.ConnectionType;
import org.eclipse.ditto.connectivity.model.LogCategory;
import org.eclipse.ditto.connectivity.model.MetricType;
import org.eclipse.ditto.connectivity.model.Target;
import org.eclipse.ditto.json.JsonRuntimeException;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.protocol.Adaptable;
import org.eclipse.ditto.protocol.TopicPath;
import org.eclipse.ditto.things.model.ThingId;
import org.voltwin.standalone.ditto.connect.monitor.Incident;
import org.voltwin.standalone.ditto.connect.monitor.Monitor;
import org.voltwin.standalone.ditto.connect.placeholder.Expressions;
import org.voltwin.standalone.ditto.connect.transport.Transport.Response;

/**
 * The acknowledgements of one connection: the labels that its sources declare, and what its targets issue when a signal
 * is with the broker, or cannot be. Used on the loop's thread.
 */
final class IssuedAcks {
    private static final JsonValue NOT_RELEVANT =
            JsonValue.of("Acknowledgement was issued automatically, because the target did not get the signal.");

    private final Connection connection;
    private final Surroundings surroundings;
    private final Monitor monitor;
    private final String owner;
    /** Of signals that are being handed out now: labels of the targets that got them. */
    private final Map<String, Set<AcknowledgementLabel>> reached = new HashMap<>();

    private boolean released;

    IssuedAcks(Connection connection, Surroundings surroundings, Monitor monitor) {
        this.connection = connection;
        this.surroundings = surroundings;
        this.monitor = monitor;
        this.owner = connection.getId().toString();
    }

    /**
     * @throws org.eclipse.ditto.base.model.acks.AcknowledgementLabelNotUniqueException when somebody else declared one
     *     of the labels; then none is declared
     */
    void declare() {
        Stream<AcknowledgementLabel> declared = connection.getSources().stream()
                .flatMap(source -> source.getDeclaredAcknowledgementLabels().stream())
                .map(this::resolved);
        surroundings
                .acks()
                .declare(
                        owner,
                        Stream.concat(declared, issued().stream())
                                .filter(label -> !DittoAcknowledgementLabel.contains(label))
                                .collect(Collectors.toSet()));
    }

    void release() {
        released = true;
        surroundings.acks().release(owner);
    }

    private Collection<AcknowledgementLabel> issued() {
        var labels = new LinkedHashSet<AcknowledgementLabel>();
        connection.getTargets().forEach(target -> labelOf(target).ifPresent(labels::add));
        return labels;
    }

    private Optional<AcknowledgementLabel> labelOf(Target target) {
        return target.getIssuedAcknowledgementLabel()
                .map(this::resolved)
                .filter(label -> !DittoAcknowledgementLabel.contains(label));
    }

    private AcknowledgementLabel resolved(AcknowledgementLabel label) {
        return AcknowledgementLabel.of(label.toString().replaceAll("\\{\\{\\s*connection:id\\s*}}", owner));
    }

    private static Set<AcknowledgementLabel> requested(Adaptable signal) {
        return signal.getDittoHeaders().getAcknowledgementRequests().stream()
                .map(AcknowledgementRequest::getLabel)
                .collect(Collectors.toSet());
    }

    /**
     * Notes that a target gets a signal. When all targets have been asked, those that did not get it acknowledge it
     * weakly: nobody should wait for them.
     */
    void offered(Target target, Adaptable signal) {
        Set<AcknowledgementLabel> mine = new HashSet<>(issued());
        mine.retainAll(requested(signal));
        String key = signal.getDittoHeaders().getCorrelationId().orElse("");
        if (mine.isEmpty()) {
            return;
        }
        Set<AcknowledgementLabel> got = reached.get(key);
        if (got == null) {
            got = new HashSet<>();
            reached.put(key, got);
            // Targets are asked in one go on the loop; this comes after the last of them.
            surroundings.loop().execute(() -> {
                mine.removeAll(Objects.requireNonNullElse(reached.remove(key), Set.of()));
                mine.forEach(label ->
                        give(signal, thing -> Acknowledgement.weak(label, thing, answerHeaders(signal), NOT_RELEVANT)));
            });
        }
        labelOf(target).ifPresent(got::add);
    }

    /** Gives what follows from that: the target's acknowledgement, and the answer to a live signal. */
    void published(Target target, Adaptable signal, Published published) {
        Response response = published.response();
        if (response != null && PushedAnswers.isAnswer(target, signal, response)) {
            surroundings.loop().execute(() -> answer(target, signal, response));
        }
        labelOf(target)
                .filter(requested(signal)::contains)
                .ifPresent(label -> surroundings
                        .loop()
                        .execute(() -> give(
                                signal, thing -> acknowledgement(label, thing, answerHeaders(signal), published))));
    }

    private void answer(Target target, Adaptable signal, Response response) {
        try {
            surroundings
                    .router()
                    .pushedAnswer(owner, PushedAnswers.of(signal, response))
                    .ifPresent(why -> dropped(target, signal, why));
        } catch (DittoRuntimeException | JsonRuntimeException e) {
            dropped(target, signal, "The response is no valid answer: " + Failures.say(e));
        }
    }

    private void dropped(Target target, Adaptable signal, String why) {
        monitor.record(Incident.failure(
                LogCategory.RESPONSE,
                MetricType.DROPPED,
                target.getOriginalAddress(),
                signal.getDittoHeaders(),
                Expressions.entityOf(signal.getTopicPath()).orElse(null),
                why));
    }

    private Acknowledgement acknowledgement(
            AcknowledgementLabel label, ThingId thing, DittoHeaders headers, Published published) {
        Response response = published.response();
        if (response != null) {
            HttpStatus status = HttpStatus.tryGetInstance(response.status()).orElse(HttpStatus.BAD_GATEWAY);
            boolean empty = response.message().payload().length == 0;
            return Acknowledgement.of(
                    label, thing, status, headers, empty ? null : PushedAnswers.value(response.message()));
        }
        String problem = published.problem();
        return problem == null
                ? Acknowledgement.of(label, thing, success(), headers)
                : Acknowledgement.of(label, thing, HttpStatus.SERVICE_UNAVAILABLE, headers, JsonValue.of(problem));
    }

    private HttpStatus success() {
        ConnectionType type = connection.getConnectionType();
        return type == ConnectionType.MQTT || type == ConnectionType.MQTT_5 ? HttpStatus.OK : HttpStatus.NO_CONTENT;
    }

    private void give(Adaptable signal, java.util.function.Function<ThingId, Acknowledgement> made) {
        TopicPath topic = signal.getTopicPath();
        if (topic.isGroup(TopicPath.Group.THINGS) && !released) {
            surroundings.acks().acknowledge(owner, made.apply(ThingId.of(topic.getNamespace(), topic.getEntityName())));
        }
    }

    private static DittoHeaders answerHeaders(Adaptable signal) {
        var headers = DittoHeaders.newBuilder().responseRequired(false);
        signal.getDittoHeaders().getCorrelationId().ifPresent(headers::correlationId);
        return headers.build();
    }
}
