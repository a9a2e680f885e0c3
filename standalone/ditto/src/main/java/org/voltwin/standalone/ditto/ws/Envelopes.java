package org.voltwin.standalone.ditto.ws;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.eclipse.ditto.base.model.auth.AuthorizationContext;
import org.eclipse.ditto.base.model.common.HttpStatus;
import org.eclipse.ditto.base.model.exceptions.DittoRuntimeException;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.headers.DittoHeadersBuilder;
import org.eclipse.ditto.base.model.json.JsonSchemaVersion;
import org.eclipse.ditto.base.model.signals.Signal;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.policies.model.PolicyId;
import org.eclipse.ditto.policies.model.signals.commands.PolicyErrorResponse;
import org.eclipse.ditto.protocol.Adaptable;
import org.eclipse.ditto.protocol.JsonifiableAdaptable;
import org.eclipse.ditto.protocol.Payload;
import org.eclipse.ditto.protocol.ProtocolFactory;
import org.eclipse.ditto.protocol.TopicPath;
import org.eclipse.ditto.things.model.ThingId;
import org.eclipse.ditto.things.model.signals.commands.ThingErrorResponse;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.signal.Signals;
import org.voltwin.standalone.ditto.twin.Reply;

/** Text frames to envelopes and back. */
public final class Envelopes {
    private Envelopes() {}

    /** An envelope from outside: only headers a client may set, and the sender is who the session says. */
    static Adaptable read(JsonObject envelope, AuthorizationContext sender, String session) {
        JsonifiableAdaptable adaptable = ProtocolFactory.jsonifiableAdaptableFromJson(envelope);
        Map<String, String> external = new HashMap<>();
        adaptable.getDittoHeaders().forEach((name, value) -> external.put(name.toLowerCase(Locale.ROOT), value));
        external.putIfAbsent("correlation-id", UUID.randomUUID().toString());
        var headers = DittoHeaders.of(Signals.adapter().headerTranslator().fromExternalHeaders(external)).toBuilder()
                .schemaVersion(JsonSchemaVersion.V_2)
                .authorizationContext(sender)
                .origin(session);
        sender.getFirstAuthorizationSubject()
                .ifPresent(subject -> headers.putHeader("ditto-originator", subject.getId()));
        return adaptable.setDittoHeaders(headers.build());
    }

    static String write(Adaptable adaptable) {
        DittoHeaders internal = adaptable.getDittoHeaders();
        Map<String, String> external = Signals.adapter().headerTranslator().toExternalHeaders(internal);
        return ProtocolFactory.wrapAsJsonifiableAdaptable(adaptable.setDittoHeaders(DittoHeaders.of(external)))
                .toJsonString();
    }

    /** The answer to a command: its topic and path, with the reply's status and value. */
    public static Adaptable response(Adaptable command, Reply reply) {
        var payload = Payload.newBuilder(command.getPayload().getPath()).withStatus(reply.status());
        if (reply.value() != null) {
            payload.withValue(reply.value());
        }
        DittoHeadersBuilder<?, ?> headers = answerHeadersBuilder(command.getDittoHeaders());
        if (reply.entityTag() != null) {
            headers.eTag(reply.entityTag());
        }
        headers.putHeaders(reply.headers());
        return ProtocolFactory.newAdaptableBuilder(answeredTopic(command, reply))
                .withHeaders(headers.build())
                .withPayload(payload.build())
                .build();
    }

    /** Whoever changes a whole thing or policy that did not exist has created it, and is told so. */
    private static TopicPath answeredTopic(Adaptable command, Reply reply) {
        TopicPath topic = command.getTopicPath();
        boolean change = topic.isAction(TopicPath.Action.MODIFY) || topic.isAction(TopicPath.Action.MERGE);
        if (!change
                || !reply.status().equals(HttpStatus.CREATED)
                || !command.getPayload().getPath().isEmpty()) {
            return topic;
        }
        return topic.isGroup(TopicPath.Group.POLICIES)
                ? TopicPath.newBuilder(PolicyId.of(topic.getNamespace(), topic.getEntityName()))
                        .policies()
                        .none()
                        .commands()
                        .create()
                        .build()
                : TopicPath.newBuilder(ThingId.of(topic.getNamespace(), topic.getEntityName()))
                        .things()
                        .twin()
                        .commands()
                        .create()
                        .build();
    }

    static DittoHeaders answerHeaders(DittoHeaders command) {
        return answerHeadersBuilder(command).build();
    }

    private static DittoHeadersBuilder<?, ?> answerHeadersBuilder(DittoHeaders command) {
        DittoHeadersBuilder<?, ?> headers = DittoHeaders.newBuilder()
                .responseRequired(false)
                .schemaVersion(JsonSchemaVersion.V_2)
                .contentType("application/json");
        command.getCorrelationId().ifPresent(headers::correlationId);
        return headers;
    }

    public static Adaptable error(@Nullable TopicPath topic, DittoRuntimeException error, DittoHeaders command) {
        DittoHeaders headers = answerHeaders(command);
        Signal<?> response;
        if (topic == null || topic.isWildcardTopic() || topic.getNamespace().equals("_")) {
            response = ThingErrorResponse.of(error, headers);
        } else if (topic.isGroup(TopicPath.Group.POLICIES)) {
            response = PolicyErrorResponse.of(PolicyId.of(topic.getNamespace(), topic.getEntityName()), error, headers);
        } else {
            response = ThingErrorResponse.of(ThingId.of(topic.getNamespace(), topic.getEntityName()), error, headers);
        }
        boolean live = topic != null && topic.isChannel(TopicPath.Channel.LIVE);
        return live
                ? Signals.adapter().toAdaptable(response, TopicPath.Channel.LIVE)
                : Signals.adapter().toAdaptable(response);
    }
}
