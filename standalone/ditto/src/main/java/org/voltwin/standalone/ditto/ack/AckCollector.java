package org.voltwin.standalone.ditto.ack;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.eclipse.ditto.base.model.acks.AcknowledgementLabel;
import org.eclipse.ditto.base.model.common.HttpStatus;
import org.eclipse.ditto.base.model.entity.id.EntityId;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.signals.acks.Acknowledgement;
import org.eclipse.ditto.base.model.signals.acks.AcknowledgementRequestTimeoutException;
import org.eclipse.ditto.base.model.signals.acks.Acknowledgements;

/** Waits for the acknowledgements of one signal; those that do not come in time are 408. Safe to use from any thread. */
public final class AckCollector {
    private final EntityId id;
    private final Set<AcknowledgementLabel> wanted;
    private final Duration timeout;
    private final DittoHeaders headers;
    private final Map<AcknowledgementLabel, Acknowledgement> received = new LinkedHashMap<>();
    private final CompletableFuture<Acknowledgements> complete = new CompletableFuture<>();
    private final CompletableFuture<Boolean> clock = new CompletableFuture<>();

    AckCollector(EntityId id, Set<AcknowledgementLabel> wanted, Duration timeout, DittoHeaders command) {
        this.id = id;
        this.wanted = Set.copyOf(wanted);
        this.timeout = timeout;
        this.headers = Acks.answerHeaders(command);
        clock.completeOnTimeout(true, timeout.toMillis(), TimeUnit.MILLISECONDS).thenAccept(inTime -> finish());
    }

    Set<AcknowledgementLabel> wanted() {
        return wanted;
    }

    /** What each label was answered with; ends at the latest with the timeout. */
    public CompletionStage<Acknowledgements> complete() {
        return complete.minimalCompletionStage();
    }

    /** The first acknowledgement of a label counts, but for a weak one. */
    public void add(Acknowledgement acknowledgement) {
        boolean all;
        synchronized (received) {
            Acknowledgement before = received.get(acknowledgement.getLabel());
            if (!wanted.contains(acknowledgement.getLabel()) || (before != null && !before.isWeak())) {
                return;
            }
            received.put(acknowledgement.getLabel(), acknowledgement);
            all = received.keySet().containsAll(wanted);
        }
        if (all) {
            clock.complete(false);
        }
    }

    /** Nobody waits any more. */
    void cancel() {
        complete.cancel(false);
        clock.complete(false);
    }

    private void finish() {
        synchronized (received) {
            for (AcknowledgementLabel label : wanted) {
                received.computeIfAbsent(label, this::late);
            }
            complete.complete(Acknowledgements.of(received.values(), headers));
        }
    }

    private Acknowledgement late(AcknowledgementLabel label) {
        return Acknowledgement.of(
                label,
                id,
                HttpStatus.REQUEST_TIMEOUT,
                headers,
                AcknowledgementRequestTimeoutException.newBuilder(timeout)
                        .build()
                        .toJson());
    }
}
