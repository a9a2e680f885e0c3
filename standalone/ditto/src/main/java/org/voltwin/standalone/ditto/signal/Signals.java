package org.voltwin.standalone.ditto.signal;

import org.eclipse.ditto.base.model.exceptions.DittoJsonException;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.signals.Signal;
import org.eclipse.ditto.json.JsonFieldSelector;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonRuntimeException;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.policies.model.PolicyId;
import org.eclipse.ditto.protocol.Adaptable;
import org.eclipse.ditto.protocol.Payload;
import org.eclipse.ditto.protocol.ProtocolFactory;
import org.eclipse.ditto.protocol.TopicPath;
import org.eclipse.ditto.protocol.adapter.DittoProtocolAdapter;
import org.eclipse.ditto.things.model.ThingId;
import org.jspecify.annotations.Nullable;

/**
 * Makes commands the way a Ditto Protocol client would: the adapter knows which command a path means and checks what
 * it carries.
 */
public final class Signals {
    private static final DittoProtocolAdapter ADAPTER = DittoProtocolAdapter.newInstance();

    /** The verbs commands on a part of a thing or policy can have. */
    public enum Verb {
        CREATE,
        RETRIEVE,
        MODIFY,
        MERGE,
        DELETE
    }

    private Signals() {}

    public static DittoProtocolAdapter adapter() {
        return ADAPTER;
    }

    /** @throws org.eclipse.ditto.base.model.exceptions.DittoRuntimeException when the command is not valid */
    public static Signal<?> thing(
            Verb verb,
            ThingId id,
            JsonPointer path,
            @Nullable JsonValue value,
            @Nullable JsonFieldSelector fields,
            DittoHeaders headers) {
        return fromAdaptable(topic(TopicPath.newBuilder(id).things().twin(), verb), path, value, fields, headers);
    }

    /** @throws org.eclipse.ditto.base.model.exceptions.DittoRuntimeException when the command is not valid */
    public static Signal<?> policy(
            Verb verb,
            PolicyId id,
            JsonPointer path,
            @Nullable JsonValue value,
            @Nullable JsonFieldSelector fields,
            DittoHeaders headers) {
        return fromAdaptable(topic(TopicPath.newBuilder(id).policies().none(), verb), path, value, fields, headers);
    }

    public static Signal<?> retrieveThing(ThingId id, JsonPointer path, DittoHeaders headers) {
        return thing(Verb.RETRIEVE, id, path, null, null, headers);
    }

    public static Signal<?> retrievePolicy(PolicyId id, JsonPointer path, DittoHeaders headers) {
        return policy(Verb.RETRIEVE, id, path, null, null, headers);
    }

    private static TopicPath topic(org.eclipse.ditto.protocol.TopicPathBuilder builder, Verb verb) {
        var commands = builder.commands();
        return switch (verb) {
            case CREATE -> commands.create().build();
            case RETRIEVE -> commands.retrieve().build();
            case MODIFY -> commands.modify().build();
            case MERGE -> commands.merge().build();
            case DELETE -> commands.delete().build();
        };
    }

    private static Signal<?> fromAdaptable(
            TopicPath topic,
            JsonPointer path,
            @Nullable JsonValue value,
            @Nullable JsonFieldSelector fields,
            DittoHeaders headers) {
        var payload = Payload.newBuilder(path);
        if (value != null) {
            payload.withValue(value);
        }
        if (fields != null) {
            payload.withFields(fields);
        }
        return fromAdaptable(ProtocolFactory.newAdaptableBuilder(topic)
                .withHeaders(headers)
                .withPayload(payload.build())
                .build());
    }

    /**
     * The signal an envelope means whose headers are all meant for inside: those a client may send, translated, and who
     * sent it.
     *
     * @throws org.eclipse.ditto.base.model.exceptions.DittoRuntimeException when it means none or an invalid one
     */
    public static Signal<?> fromTranslated(Adaptable adaptable) {
        try {
            Signal<?> merge = ValueMerge.of(adaptable);
            return merge == null ? fromAdaptable(adaptable) : merge;
        } catch (JsonRuntimeException e) {
            throw new DittoJsonException(e, adaptable.getDittoHeaders());
        }
    }

    /**
     * The signal an envelope means.
     *
     * @throws org.eclipse.ditto.base.model.exceptions.DittoRuntimeException when it means none or an invalid one
     */
    public static Signal<?> fromAdaptable(Adaptable adaptable) {
        try {
            Signal<?> signal = PolicyParts.commandOf(adaptable)
                    .orElseGet(() -> PolicyParts.completed(ADAPTER.fromAdaptable(adaptable), adaptable));
            // The adapter lets no internal header through; who sent it, and from which session, travels in two.
            DittoHeaders inside = adaptable.getDittoHeaders();
            var headers = signal.getDittoHeaders().toBuilder().authorizationContext(inside.getAuthorizationContext());
            inside.getOrigin().ifPresent(headers::origin);
            return signal.setDittoHeaders(headers.build());
        } catch (JsonRuntimeException e) {
            throw new DittoJsonException(e, adaptable.getDittoHeaders());
        }
    }
}
