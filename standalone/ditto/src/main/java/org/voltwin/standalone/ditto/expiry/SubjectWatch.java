package org.voltwin.standalone.ditto.expiry;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.policies.model.Policy;
import org.eclipse.ditto.policies.model.PolicyId;
import org.eclipse.ditto.policies.model.Subject;
import org.eclipse.ditto.policies.model.SubjectAnnouncement;
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

    private final Twins twins;
    private final Consumer<PolicyId> removeExpired;
    private final Consumer<SubjectDeletionAnnouncement> announce;
    private final Clock clock;
    private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparing(Due::at));

    /** @param removeExpired takes what expired out of a policy */
    public SubjectWatch(
            Twins twins,
            Consumer<PolicyId> removeExpired,
            Consumer<SubjectDeletionAnnouncement> announce,
            Clock clock) {
        this.twins = twins;
        this.removeExpired = removeExpired;
        this.announce = announce;
        this.clock = clock;
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
                announce(policyId, subject, change.timestamp());
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
            return;
        }
        switch (next.what()) {
            case ANNOUNCE -> announce(next.policyId(), subject, next.expiry());
            case REMOVE -> removeExpired.accept(next.policyId());
        }
    }

    private void announce(PolicyId policyId, Subject subject, Instant deleteAt) {
        announce.accept(SubjectDeletionAnnouncement.of(
                policyId,
                deleteAt,
                List.of(subject.getId()),
                DittoHeaders.newBuilder()
                        .randomCorrelationId()
                        .responseRequired(false)
                        .build()));
    }

    /** How often {@link #tick} should be called. */
    public static Duration interval() {
        return Duration.ofMillis(200);
    }
}
