package org.voltwin.standalone.ditto.live;

import org.eclipse.ditto.base.model.auth.AuthorizationContext;
import org.eclipse.ditto.base.model.exceptions.DittoRuntimeException;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.messages.model.MessageSendNotAllowedException;
import org.eclipse.ditto.policies.model.ResourceKey;
import org.eclipse.ditto.policies.model.enforcers.Enforcer;
import org.eclipse.ditto.protocol.Adaptable;
import org.eclipse.ditto.protocol.TopicPath;
import org.eclipse.ditto.things.model.ThingId;
import org.eclipse.ditto.things.model.signals.commands.exceptions.EventSendNotAllowedException;
import org.eclipse.ditto.things.model.signals.commands.exceptions.ThingNotAccessibleException;
import org.eclipse.ditto.things.model.signals.commands.exceptions.ThingNotModifiableException;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.policy.Access;
import org.voltwin.standalone.ditto.twin.EntityState.ThingState;
import org.voltwin.standalone.ditto.twin.LiveCondition;
import org.voltwin.standalone.ditto.twin.Twins;

/** Who may send what to a thing itself. */
final class SendPermission {
    private static final JsonPointer CLAIM = JsonPointer.of("/inbox/messages/claim");

    private final Twins twins;
    private final Access access;

    SendPermission(Twins twins, Access access) {
        this.twins = twins;
        this.access = access;
    }

    static JsonPointer pathOf(Adaptable signal) {
        return JsonPointer.of(signal.getPayload().getPath().toString());
    }

    static ResourceKey resourceOf(LiveType type, JsonPointer path) {
        return type == LiveType.MESSAGES ? Access.message(path) : Access.thing(path);
    }

    /**
     * @return the thing
     * @throws DittoRuntimeException when it does not exist, the sender may not, or it is not as the sender wants it
     */
    ThingState require(LiveType type, Adaptable signal) {
        TopicPath topic = signal.getTopicPath();
        DittoHeaders headers = signal.getDittoHeaders();
        ThingId id = ThingId.of(topic.getNamespace(), topic.getEntityName());
        ThingState state = twins.thing(id);
        if (state == null) {
            throw ThingNotAccessibleException.newBuilder(id)
                    .dittoHeaders(headers)
                    .build();
        }
        Enforcer enforcer = access.enforcer(state.id(), state.policyId());
        JsonPointer path = pathOf(signal);
        requireSender(type, topic, path, resourceOf(type, path), enforcer, headers, id);
        LiveCondition.require(state, enforcer, headers);
        return state;
    }

    private static void requireSender(
            LiveType type,
            TopicPath topic,
            JsonPointer path,
            ResourceKey resource,
            Enforcer enforcer,
            DittoHeaders headers,
            ThingId id) {
        AuthorizationContext sender = headers.getAuthorizationContext();
        @Nullable DittoRuntimeException refusal = switch (type) {
            case MESSAGES ->
                path.equals(CLAIM) || Access.mayWrite(enforcer, resource, sender)
                        ? null
                        : MessageSendNotAllowedException.newBuilder(id)
                                .dittoHeaders(headers)
                                .build();
            case EVENTS ->
                Access.mayWrite(enforcer, resource, sender)
                        ? null
                        : EventSendNotAllowedException.newBuilder(id)
                                .dittoHeaders(headers)
                                .build();
            case COMMANDS -> {
                if (topic.isAction(TopicPath.Action.RETRIEVE)) {
                    yield Access.mayReadPart(enforcer, resource, sender)
                            ? null
                            : ThingNotAccessibleException.newBuilder(id)
                                    .dittoHeaders(headers)
                                    .build();
                }
                yield Access.mayWrite(enforcer, resource, sender)
                        ? null
                        : ThingNotModifiableException.newBuilder(id)
                                .dittoHeaders(headers)
                                .build();
            }
        };
        if (refusal != null) {
            throw refusal;
        }
    }
}
