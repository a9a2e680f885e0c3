package org.voltwin.standalone.ditto.expiry;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.eclipse.ditto.base.model.acks.AcknowledgementLabel;
import org.eclipse.ditto.base.model.acks.AcknowledgementRequest;
import org.eclipse.ditto.base.model.common.DittoDuration;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.policies.model.Policy;
import org.eclipse.ditto.policies.model.PolicyId;
import org.eclipse.ditto.policies.model.Subject;
import org.eclipse.ditto.policies.model.SubjectAnnouncement;
import org.eclipse.ditto.policies.model.SubjectId;
import org.eclipse.ditto.policies.model.signals.announcements.SubjectDeletionAnnouncement;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.twin.Change;
import org.voltwin.standalone.ditto.twin.ChangeListener;
import org.voltwin.standalone.ditto.twin.EntityKind;
import org.voltwin.standalone.ditto.twin.EntityState;
import org.voltwin.standalone.ditto.twin.Twins;

/**
 * Knows when subjects are to be announced and when they expire. Not thread-safe: call from the loop's thread, and
 * {@link #tick} often enough, at least once a second.
 */
public final class SubjectWatch implements ChangeListener {
    private enum What {
        ANNOUNCE,
        REMOVE
    }

    private record Due(Instant at, What what, PolicyId policyId, Key key, Instant expiry) {}

    private record Key(String label, String subject) {}

    /** An announcement whose acknowledgements are waited for. */
    private record Open(PolicyId policyId, Key key, Instant expiry) {}

    /** Carries an announcement to whom it concerns. */
    @FunctionalInterface
    public interface Announcer {
        /** @return whether all wanted acknowledgements were given; later than the timeout they were not */
        CompletionStage<Boolean> announce(
                SubjectDeletionAnnouncement announcement, Set<AcknowledgementLabel> wanted, Duration timeout);
    }

    /** Takes what expired out of a policy. */
    @FunctionalInterface
    public interface Remover {
        void removeExpired(PolicyId id, Set<SubjectId> kept);
    }

    private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration FIRST_REPETITION = Duration.ofSeconds(1);
    private static final Duration LONGEST_REPETITION = Duration.ofMinutes(1);
    /** As Ditto's default: after that a subject goes even if its end was never acknowledged. */
    private static final Duration GRACE = Duration.ofHours(4);

    private final Twins twins;
    private final Remover remover;
    private final Announcer announcer;
    private final Clock clock;
    private final Executor loop;
    private final Map<Open, Duration> unacknowledged = new HashMap<>();
    private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparing(Due::at));

    public SubjectWatch(Twins twins, Remover remover, Announcer announcer, Clock clock, Executor loop) {
        this.twins = twins;
        this.remover = remover;
        this.announcer = announcer;
        this.clock = clock;
        this.loop = loop;
        twins.policiesWithExpiries().forEach(state -> plan(state, Map.of()));
    }

    @Override
    public void changed(
            Change change, @Nullable EntityState before, @Nullable EntityState after, DittoHeaders headers) {
        if (change.kind() != EntityKind.POLICY) {
            return;
        }
        Map<Key, Subject> old = subjects(before);
        if (after instanceof EntityState.PolicyState state) {
            plan(state, old);
        }
        Map<Key, Subject> left = subjects(after);
        PolicyId policyId = PolicyId.of(change.id());
        old.forEach((key, subject) -> {
            boolean told = subject.getAnnouncement()
                    .map(SubjectAnnouncement::isWhenDeleted)
                    .orElse(false);
            if (told && !left.containsKey(key)) {
                announced(policyId, subject, change.timestamp());
            }
        });
    }

    private static Map<Key, Subject> subjects(@Nullable EntityState state) {
        if (!(state instanceof EntityState.PolicyState policy) || !policy.mentionsExpiry()) {
            return Map.of();
        }
        return subjects(policy.policy());
    }

    private static Map<Key, Subject> subjects(Policy policy) {
        var subjects = new HashMap<Key, Subject>();
        policy.forEach(entry -> entry.getSubjects()
                .forEach(subject -> subjects.put(
                        new Key(entry.getLabel().toString(), subject.getId().toString()), subject)));
        return subjects;
    }

    private void plan(EntityState.PolicyState state, Map<Key, Subject> known) {
        subjects(state).forEach((key, subject) -> {
            if (subject.equals(known.get(key))) {
                return;
            }
            subject.getExpiry().ifPresent(expiry -> {
                Instant at = expiry.getTimestamp();
                due.add(new Due(at, What.REMOVE, state.id(), key, at));
                subject.getAnnouncement()
                        .flatMap(SubjectAnnouncement::getBeforeExpiry)
                        .map(before -> at.minus(before.getDuration()))
                        .ifPresent(early -> due.add(new Due(early, What.ANNOUNCE, state.id(), key, at)));
            });
        });
    }

    /** Does what is due. */
    public void tick() {
        Instant now = clock.instant();
        for (Due next = due.peek(); next != null && !now.isBefore(next.at()); next = due.peek()) {
            due.remove();
            carryOut(next);
        }
    }

    private void carryOut(Due next) {
        EntityState.PolicyState state = twins.policy(next.policyId());
        Subject subject = subjects(state).get(next.key());
        if (subject == null
                || !subject.getExpiry()
                        .map(expiry -> expiry.getTimestamp().equals(next.expiry()))
                        .orElse(false)) {
            unacknowledged.remove(new Open(next.policyId(), next.key(), next.expiry()));
            return;
        }
        switch (next.what()) {
            case ANNOUNCE -> announceAhead(next, subject);
            case REMOVE -> remove(next.policyId());
        }
    }

    /** A subject whose end is to be acknowledged stays until it is; it has no effect any more. */
    private void remove(PolicyId policyId) {
        remover.removeExpired(
                policyId,
                unacknowledged.keySet().stream()
                        .filter(open -> open.policyId().equals(policyId))
                        .map(open -> SubjectId.newInstance(open.key().subject()))
                        .collect(Collectors.toSet()));
    }

    private void announceAhead(Due next, Subject subject) {
        var open = new Open(next.policyId(), next.key(), next.expiry());
        if (!subject.getAnnouncement()
                .map(SubjectAnnouncement::getRequestedAcksLabels)
                .orElse(List.of())
                .isEmpty()) {
            unacknowledged.putIfAbsent(open, FIRST_REPETITION);
        }
        announced(next.policyId(), subject, next.expiry())
                .whenCompleteAsync(
                        (acknowledged, failure) -> settle(open, failure == null && acknowledged, next), loop);
    }

    private void settle(Open open, boolean acknowledged, Due announcement) {
        Duration pause = unacknowledged.get(open);
        if (pause == null) {
            return;
        }
        Instant now = clock.instant();
        if (!acknowledged && now.isBefore(open.expiry().plus(GRACE))) {
            Duration doubled = pause.multipliedBy(2);
            unacknowledged.put(open, doubled.compareTo(LONGEST_REPETITION) > 0 ? LONGEST_REPETITION : doubled);
            due.add(new Due(now.plus(pause), What.ANNOUNCE, open.policyId(), open.key(), announcement.expiry()));
            return;
        }
        unacknowledged.remove(open);
        if (!now.isBefore(open.expiry())) {
            remove(open.policyId());
        }
    }

    private CompletionStage<Boolean> announced(PolicyId policyId, Subject subject, Instant deleteAt) {
        SubjectAnnouncement announcement = subject.getAnnouncement().orElseThrow();
        return announcer.announce(
                SubjectDeletionAnnouncement.of(
                        policyId,
                        deleteAt,
                        List.of(subject.getId()),
                        DittoHeaders.newBuilder()
                                .randomCorrelationId()
                                .responseRequired(false)
                                .build()),
                announcement.getRequestedAcksLabels().stream()
                        .map(AcknowledgementRequest::getLabel)
                        .collect(Collectors.toSet()),
                announcement
                        .getRequestedAcksTimeout()
                        .map(DittoDuration::getDuration)
                        .orElse(DEFAULT_TIMEOUT));
    }

    /** How often {@link #tick} should be called. */
    public static Duration interval() {
        return Duration.ofMillis(200);
    }
}
