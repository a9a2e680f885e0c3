package org.voltwin.standalone.ditto.stream;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.ditto.base.model.auth.AuthorizationContext;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.signals.Signal;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.policies.model.ResourceKey;
import org.eclipse.ditto.policies.model.enforcers.Enforcer;
import org.eclipse.ditto.protocol.Adaptable;
import org.eclipse.ditto.protocol.Payload;
import org.eclipse.ditto.protocol.ProtocolFactory;
import org.eclipse.ditto.protocol.TopicPath;
import org.eclipse.ditto.things.model.ThingId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.standalone.ditto.ack.Acks;
import org.voltwin.standalone.ditto.policy.Access;
import org.voltwin.standalone.ditto.signal.Signals;
import org.voltwin.standalone.ditto.twin.Change;
import org.voltwin.standalone.ditto.twin.ChangeListener;
import org.voltwin.standalone.ditto.twin.EntityKind;
import org.voltwin.standalone.ditto.twin.EntityState;
import org.voltwin.standalone.ditto.twin.EntityState.ThingState;
import org.voltwin.standalone.ditto.twin.ThingViews;

/** Gives each subscriber the changes of things it asked for, and of each change what it may see. */
public final class EventHub implements ChangeListener {
    private static final Logger LOG = LoggerFactory.getLogger(EventHub.class);

    private record Subscription(
            EventSelection selection, Supplier<AuthorizationContext> caller, String owner, Consumer<TwinEvent> sink) {}

    /**
     * One change of a thing with what is needed to show it.
     *
     * @param state the thing after it, or before it was deleted; null when that is not known
     */
    private record Happening(
            Change change, ThingId id, @Nullable ThingState state, Enforcer enforcer, DittoHeaders headers) {
        ResourceKey resource() {
            return Access.thing(change.path());
        }
    }

    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private final Access access;
    private final ThingViews views;
    private final Acks acks;

    public EventHub(Access access, ThingViews views, Acks acks) {
        this.access = access;
        this.views = views;
        this.acks = acks;
    }

    /**
     * @param caller asked at each event, because a session can renew its token
     * @param owner the session; events of what it did itself do not come to it, as in Ditto
     * @return ends the subscription when run
     */
    public Runnable subscribe(
            EventSelection selection, Supplier<AuthorizationContext> caller, String owner, Consumer<TwinEvent> sink) {
        var subscription = new Subscription(selection, caller, owner, sink);
        subscriptions.add(subscription);
        return () -> subscriptions.remove(subscription);
    }

    @Override
    public void changed(
            Change change, @Nullable EntityState before, @Nullable EntityState after, DittoHeaders headers) {
        if (change.kind() != EntityKind.THING) {
            return;
        }
        var known = (ThingState) (after != null ? after : before);
        if (known == null) {
            return;
        }
        if (subscriptions.isEmpty()) {
            acks.settle(known.id(), headers, Set.of());
            return;
        }
        var reached = new HashSet<String>();
        var happening =
                new Happening(change, known.id(), known, access.enforcer(known.id(), known.policyId()), headers);
        for (Subscription subscription : subscriptions) {
            boolean own =
                    headers.getOrigin().filter(subscription.owner()::equals).isPresent();
            if (subscription.selection().includes(known.id())) {
                try {
                    eventFor(subscription, happening).ifPresent(event -> {
                        // Whoever sent the command does not get its event, yet is waited for, as in Ditto.
                        reached.add(subscription.owner());
                        if (!own) {
                            subscription.sink().accept(event);
                        }
                    });
                } catch (RuntimeException e) {
                    LOG.error("event.not-delivered thing={} revision={}", change.id(), change.revision(), e);
                }
            }
        }
        acks.settle(known.id(), headers, reached);
    }

    /**
     * A change of the past as one caller may see it by the present policy; empty when that is nothing or not wanted.
     *
     * @param present the thing now
     */
    public Optional<TwinEvent> past(
            Change change, ThingState present, EventSelection selection, AuthorizationContext caller) {
        var headers = DittoHeaders.newBuilder();
        change.headers()
                .forEach(field ->
                        headers.putHeader(field.getKeyName(), field.getValue().asString()));
        var happening = new Happening(
                change, present.id(), null, access.enforcer(present.id(), present.policyId()), headers.build());
        return eventFor(new Subscription(selection, () -> caller, "", event -> {}), happening);
    }

    private Optional<TwinEvent> eventFor(Subscription subscription, Happening happening) {
        AuthorizationContext caller = subscription.caller().get();
        Optional<JsonValue> visible = visible(happening, caller);
        if (visible.isEmpty()) {
            return Optional.empty();
        }
        Adaptable envelope = envelope(
                happening,
                visible.get(),
                acks.addressed(subscription.owner(), happening.id(), eventHeaders(happening.headers())));
        EventSelection selection = subscription.selection();
        if (selection.isPlain()) {
            return Optional.of(new TwinEvent(
                    envelope,
                    () -> content(envelope, happening, selection, caller).thing()));
        }
        Signal<?> signal = Signals.fromAdaptable(envelope);
        SignalContent content = SignalContent.of(signal, happening.id(), happening.state(), selection, caller, views);
        var filter = selection.filter();
        if (filter != null && !filter.matches(content.thing(), envelope.getTopicPath(), signal)) {
            return Optional.empty();
        }
        JsonObject extra = content.extra();
        return Optional.of(
                new TwinEvent(extra.isEmpty() ? envelope : ProtocolFactory.setExtra(envelope, extra), content::thing));
    }

    private SignalContent content(
            Adaptable envelope, Happening happening, EventSelection selection, AuthorizationContext caller) {
        return SignalContent.of(
                Signals.fromAdaptable(envelope), happening.id(), happening.state(), selection, caller, views);
    }

    /** What of the change's value the caller may see; JSON null for a deletion it may know of. */
    private static Optional<JsonValue> visible(Happening happening, AuthorizationContext caller) {
        Change change = happening.change();
        if (change.action() == Change.Action.DELETED) {
            return Access.mayReadPart(happening.enforcer(), happening.resource(), caller)
                    ? Optional.of(JsonFactory.nullLiteral())
                    : Optional.empty();
        }
        return Access.view(happening.enforcer(), happening.resource(), change.value(), caller)
                .map(value -> change.isWholeEntity() && change.action() != Change.Action.MERGED
                        ? value.asObject().setValue("thingId", change.id())
                        : value);
    }

    private static Adaptable envelope(Happening happening, JsonValue value, DittoHeaders headers) {
        Change change = happening.change();
        var payload = Payload.newBuilder(change.path())
                .withRevision(change.revision())
                .withTimestamp(change.timestamp());
        if (change.action() != Change.Action.DELETED) {
            payload.withValue(value);
        }
        return ProtocolFactory.newAdaptableBuilder(topic(happening.id(), change.action()))
                .withHeaders(headers)
                .withPayload(payload.build())
                .build();
    }

    private static TopicPath topic(ThingId id, Change.Action action) {
        var events = TopicPath.newBuilder(id).things().twin().events();
        return switch (action) {
            case CREATED -> events.created().build();
            case MODIFIED -> events.modified().build();
            case MERGED -> events.merged().build();
            case DELETED -> events.deleted().build();
        };
    }

    private static DittoHeaders eventHeaders(DittoHeaders command) {
        var headers = DittoHeaders.newBuilder()
                .responseRequired(false)
                .schemaVersion(org.eclipse.ditto.base.model.json.JsonSchemaVersion.V_2)
                .contentType("application/json");
        command.getCorrelationId().ifPresent(headers::correlationId);
        command.getAuthorizationContext()
                .getFirstAuthorizationSubject()
                .ifPresent(subject -> headers.putHeader("ditto-originator", subject.getId()));
        return headers.build();
    }
}
