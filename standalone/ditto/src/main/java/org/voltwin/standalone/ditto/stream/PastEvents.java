package org.voltwin.standalone.ditto.stream;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.eclipse.ditto.base.model.auth.AuthorizationContext;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.policies.model.PolicyId;
import org.eclipse.ditto.policies.model.signals.commands.exceptions.PolicyNotAccessibleException;
import org.eclipse.ditto.protocol.Adaptable;
import org.eclipse.ditto.things.model.ThingId;
import org.eclipse.ditto.things.model.signals.commands.exceptions.ThingNotAccessibleException;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.policy.Access;
import org.voltwin.standalone.ditto.twin.Change;
import org.voltwin.standalone.ditto.twin.EntityKind;
import org.voltwin.standalone.ditto.twin.EntityState.PolicyState;
import org.voltwin.standalone.ditto.twin.EntityState.ThingState;
import org.voltwin.standalone.ditto.twin.History;
import org.voltwin.standalone.ditto.twin.Timeline;
import org.voltwin.standalone.ditto.twin.Twins;

/** Events of the past, to whom the present policy lets see them. Call on the loop. */
public final class PastEvents {
    /**
     * Which part of the past; both ends belong to it.
     *
     * @param fromRevision null or 0 for the beginning; a negative one counts back from the newest
     * @param toRevision null or 0 for the end
     */
    public record Range(
            @Nullable Long fromRevision,
            @Nullable Long toRevision,
            @Nullable Instant fromTime,
            @Nullable Instant toTime) {
        boolean includes(Change change, long newest) {
            return change.revision() >= absolute(fromRevision, 0, newest)
                    && change.revision() <= absolute(toRevision, Long.MAX_VALUE, newest)
                    && (fromTime == null || !change.timestamp().isBefore(fromTime))
                    && (toTime == null || !change.timestamp().isAfter(toTime));
        }

        private static long absolute(@Nullable Long revision, long otherwise, long newest) {
            if (revision == null || revision == 0) {
                return otherwise;
            }
            return revision < 0 ? newest + revision + 1 : revision;
        }
    }

    private final History history;
    private final EventHub hub;
    private final PolicyEvents policyEvents;
    private final Twins twins;
    private final Access access;

    public PastEvents(History history, EventHub hub, Twins twins, Access access) {
        this.history = history;
        this.hub = hub;
        this.policyEvents = new PolicyEvents();
        this.twins = twins;
        this.access = access;
    }

    /**
     * Of a thing, oldest first.
     *
     * @throws ThingNotAccessibleException when the caller may see nothing of it now
     */
    public CompletionStage<List<TwinEvent>> ofThing(
            ThingId id, Range range, EventSelection selection, AuthorizationContext caller, DittoHeaders headers) {
        ThingState present = twins.thing(id);
        boolean visible = present != null
                && Access.mayReadPart(
                        access.enforcer(present.id(), present.policyId()),
                        Access.thing(org.eclipse.ditto.json.JsonPointer.empty()),
                        caller);
        if (present == null || !visible) {
            throw ThingNotAccessibleException.newBuilder(id)
                    .dittoHeaders(headers)
                    .build();
        }
        return history.of(EntityKind.THING, id.toString()).thenApply(timeline -> {
            var events = new ArrayList<TwinEvent>();
            for (Change change : in(range, timeline)) {
                hub.past(change, present, selection, caller).ifPresent(events::add);
            }
            return events;
        });
    }

    /**
     * Of a policy, oldest first.
     *
     * @throws PolicyNotAccessibleException when the caller may not read all of it now
     */
    public CompletionStage<List<Adaptable>> ofPolicy(
            PolicyId id, Range range, AuthorizationContext caller, DittoHeaders headers) {
        PolicyState present = twins.policy(id);
        boolean visible = present != null
                && Access.mayRead(
                        access.enforcer(id), Access.policy(org.eclipse.ditto.json.JsonPointer.empty()), caller);
        if (!visible) {
            throw PolicyNotAccessibleException.newBuilder(id)
                    .dittoHeaders(headers)
                    .build();
        }
        return history.of(EntityKind.POLICY, id.toString())
                .thenApply(timeline -> in(range, timeline).stream()
                        .map(change -> policyEvents.envelope(id, change))
                        .toList());
    }

    private static List<Change> in(Range range, Timeline timeline) {
        return timeline.changes().stream()
                .filter(change -> range.includes(change, timeline.newestRevision()))
                .toList();
    }
}
