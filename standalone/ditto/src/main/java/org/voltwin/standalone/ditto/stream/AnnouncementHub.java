package org.voltwin.standalone.ditto.stream;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.ditto.base.model.acks.AcknowledgementLabel;
import org.eclipse.ditto.base.model.auth.AuthorizationContext;
import org.eclipse.ditto.base.model.auth.AuthorizationSubject;
import org.eclipse.ditto.policies.model.signals.announcements.SubjectDeletionAnnouncement;
import org.eclipse.ditto.protocol.Adaptable;
import org.eclipse.ditto.protocol.TopicPath;
import org.voltwin.standalone.ditto.ack.AckCollector;
import org.voltwin.standalone.ditto.ack.Acks;
import org.voltwin.standalone.ditto.signal.Signals;

/** Carries announcements of policies to the sessions they concern: those signed in as one of the subjects. */
public final class AnnouncementHub {
    private record Receiver(Supplier<AuthorizationContext> caller, String owner, Consumer<Adaptable> sink) {}

    private final List<Receiver> receivers = new CopyOnWriteArrayList<>();
    private final Acks acks;

    public AnnouncementHub(Acks acks) {
        this.acks = acks;
    }

    /**
     * @param owner who may have declared acknowledgements
     * @return ends the subscription
     */
    public Runnable subscribe(Supplier<AuthorizationContext> caller, String owner, Consumer<Adaptable> sink) {
        var receiver = new Receiver(caller, owner, sink);
        receivers.add(receiver);
        return () -> receivers.remove(receiver);
    }

    /**
     * Sends an announcement to whom it concerns and waits for acknowledgements.
     *
     * @param wanted their labels; there may be none
     * @param timeout how long is waited for them
     * @return whether all of them were given
     */
    public CompletionStage<Boolean> announce(
            SubjectDeletionAnnouncement announcement, Set<AcknowledgementLabel> wanted, Duration timeout) {
        if (wanted.isEmpty()) {
            send(announcement);
            return CompletableFuture.completedFuture(true);
        }
        AckCollector collector = acks.open(announcement.getEntityId(), wanted, timeout, announcement.getDittoHeaders());
        Set<String> reached = send(announcement);
        acks.settle(announcement.getEntityId(), announcement.getDittoHeaders(), reached);
        return collector
                .complete()
                .thenApply(all -> all.getFailedAcknowledgements().isEmpty());
    }

    private Set<String> send(SubjectDeletionAnnouncement announcement) {
        Set<String> subjects =
                announcement.getSubjectIds().stream().map(Object::toString).collect(Collectors.toSet());
        Adaptable envelope = Signals.adapter().toAdaptable(announcement, TopicPath.Channel.NONE);
        var reached = new HashSet<String>();
        for (Receiver receiver : receivers) {
            boolean concerned = receiver.caller().get().getAuthorizationSubjects().stream()
                    .map(AuthorizationSubject::getId)
                    .anyMatch(subjects::contains);
            if (concerned) {
                reached.add(receiver.owner());
                receiver.sink()
                        .accept(envelope.setDittoHeaders(acks.addressed(
                                receiver.owner(), announcement.getEntityId(), envelope.getDittoHeaders())));
            }
        }
        return reached;
    }
}
