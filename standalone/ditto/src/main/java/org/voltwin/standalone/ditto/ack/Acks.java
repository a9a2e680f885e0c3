package org.voltwin.standalone.ditto.ack;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.eclipse.ditto.base.model.acks.AcknowledgementLabel;
import org.eclipse.ditto.base.model.acks.AcknowledgementLabelNotDeclaredException;
import org.eclipse.ditto.base.model.acks.AcknowledgementLabelNotUniqueException;
import org.eclipse.ditto.base.model.acks.AcknowledgementRequest;
import org.eclipse.ditto.base.model.acks.DittoAcknowledgementLabel;
import org.eclipse.ditto.base.model.acks.DittoAcknowledgementLabelExternalUseForbiddenException;
import org.eclipse.ditto.base.model.entity.id.EntityId;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.signals.acks.Acknowledgement;
import org.eclipse.ditto.base.model.signals.acks.AcknowledgementRequestDuplicateCorrelationIdException;
import org.eclipse.ditto.json.JsonValue;

/**
 * Who may give which acknowledgements, and who waits for some. A label that somebody declared, but whose signal does
 * not go to them, is acknowledged weakly, as in Ditto: waiting for it would be in vain.
 */
public final class Acks {
    /** Of a signal by its correlation id. */
    private record Key(String id, String correlationId) {}

    private static final JsonValue NOT_RELEVANT = JsonValue.of(
            "Acknowledgement was issued automatically, because the subscriber who declared the label is not"
                    + " authorized to receive the signal, did not subscribe for its type, or filters it out.");

    private final Map<AcknowledgementLabel, String> owners = new ConcurrentHashMap<>();
    private final Map<Key, AckCollector> waiting = new ConcurrentHashMap<>();

    /** Headers of an answer to a command. */
    static DittoHeaders answerHeaders(DittoHeaders command) {
        var headers = DittoHeaders.newBuilder().responseRequired(false);
        command.getCorrelationId().ifPresent(headers::correlationId);
        return headers.build();
    }

    /**
     * Makes a session the one that gives acknowledgements of these labels.
     *
     * @throws AcknowledgementLabelNotUniqueException when another one already is for one of them; then none is declared
     * @throws DittoAcknowledgementLabelExternalUseForbiddenException for labels of Ditto's own
     */
    public void declare(String owner, Collection<AcknowledgementLabel> labels) {
        for (AcknowledgementLabel label : labels) {
            if (DittoAcknowledgementLabel.contains(label)) {
                throw new DittoAcknowledgementLabelExternalUseForbiddenException(label);
            }
            if (!owners.getOrDefault(label, owner).equals(owner)) {
                throw AcknowledgementLabelNotUniqueException.getInstance();
            }
        }
        labels.forEach(label -> owners.put(label, owner));
    }

    /** Ends all that the session declared. */
    public void release(String owner) {
        owners.values().removeIf(owner::equals);
    }

    /**
     * Begins to wait.
     *
     * @throws AcknowledgementRequestDuplicateCorrelationIdException when a signal with the same correlation id is
     *     waiting already
     */
    public AckCollector open(EntityId id, Set<AcknowledgementLabel> labels, Duration timeout, DittoHeaders command) {
        String correlationId = command.getCorrelationId().orElseThrow();
        var key = new Key(id.toString(), correlationId);
        var collector = new AckCollector(id, labels, timeout, command);
        if (waiting.putIfAbsent(key, collector) != null) {
            collector.cancel();
            throw AcknowledgementRequestDuplicateCorrelationIdException.newBuilder(correlationId)
                    .dittoHeaders(command)
                    .build();
        }
        collector.complete().whenComplete((acknowledgements, failure) -> waiting.remove(key, collector));
        return collector;
    }

    /** Gives up waiting: the signal was refused. */
    public void close(AckCollector collector) {
        collector.cancel();
    }

    /** Takes an acknowledgement from a session. One that nobody waits for (any more) is dropped. */
    public void acknowledge(String owner, Acknowledgement acknowledgement) {
        DittoHeaders headers = acknowledgement.getDittoHeaders();
        if (!owner.equals(owners.get(acknowledgement.getLabel()))) {
            throw AcknowledgementLabelNotDeclaredException.of(acknowledgement.getLabel(), headers);
        }
        waitingFor(acknowledgement.getEntityId(), headers).ifPresent(collector -> collector.add(acknowledgement));
    }

    /** The headers of a signal on its way to a session, with the acknowledgements that are requested from it. */
    public DittoHeaders addressed(String owner, EntityId id, DittoHeaders signal) {
        Set<AcknowledgementRequest> requests = waitingFor(id, signal).stream()
                .flatMap(collector -> collector.wanted().stream())
                .filter(label -> owner.equals(owners.get(label)))
                .map(AcknowledgementRequest::of)
                .collect(Collectors.toSet());
        return requests.isEmpty()
                ? signal
                : signal.toBuilder().acknowledgementRequests(requests).build();
    }

    /**
     * Acknowledges weakly what is requested from sessions that a signal did not reach.
     *
     * @param reached the sessions that got it
     */
    public void settle(EntityId id, DittoHeaders signal, Set<String> reached) {
        waitingFor(id, signal)
                .ifPresent(collector -> collector.wanted().stream()
                        .filter(label -> owners.containsKey(label) && !reached.contains(owners.get(label)))
                        .map(label -> Acknowledgement.weak(label, id, answerHeaders(signal), NOT_RELEVANT))
                        .forEach(collector::add));
    }

    private Optional<AckCollector> waitingFor(EntityId id, DittoHeaders headers) {
        return waiting.isEmpty()
                ? Optional.empty()
                : headers.getCorrelationId().map(correlationId -> waiting.get(new Key(id.toString(), correlationId)));
    }
}
