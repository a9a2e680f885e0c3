package org.voltwin.standalone.ditto.stream;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.ditto.base.model.auth.AuthorizationContext;
import org.eclipse.ditto.base.model.auth.AuthorizationSubject;
import org.eclipse.ditto.policies.model.signals.announcements.SubjectDeletionAnnouncement;
import org.eclipse.ditto.protocol.Adaptable;
import org.eclipse.ditto.protocol.TopicPath;
import org.voltwin.standalone.ditto.signal.Signals;

/** Carries announcements of policies to the sessions they concern: those signed in as one of the subjects. */
public final class AnnouncementHub {
    private record Receiver(Supplier<AuthorizationContext> caller, Consumer<Adaptable> sink) {}

    private final List<Receiver> receivers = new CopyOnWriteArrayList<>();

    /** @return ends the subscription */
    public Runnable subscribe(Supplier<AuthorizationContext> caller, Consumer<Adaptable> sink) {
        var receiver = new Receiver(caller, sink);
        receivers.add(receiver);
        return () -> receivers.remove(receiver);
    }

    public void announce(SubjectDeletionAnnouncement announcement) {
        Set<String> subjects =
                announcement.getSubjectIds().stream().map(Object::toString).collect(Collectors.toSet());
        Adaptable envelope = Signals.adapter().toAdaptable(announcement, TopicPath.Channel.NONE);
        for (Receiver receiver : receivers) {
            boolean concerned = receiver.caller().get().getAuthorizationSubjects().stream()
                    .map(AuthorizationSubject::getId)
                    .anyMatch(subjects::contains);
            if (concerned) {
                receiver.sink().accept(envelope);
            }
        }
    }
}
