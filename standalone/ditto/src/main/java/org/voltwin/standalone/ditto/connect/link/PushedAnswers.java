package org.voltwin.standalone.ditto.connect.link;

import java.util.HashMap;
import org.eclipse.ditto.base.model.acks.DittoAcknowledgementLabel;
import org.eclipse.ditto.base.model.common.HttpStatus;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.connectivity.model.Target;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonParseException;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.protocol.Adaptable;
import org.eclipse.ditto.protocol.Payload;
import org.eclipse.ditto.protocol.ProtocolFactory;
import org.eclipse.ditto.protocol.TopicPath;
import org.voltwin.standalone.ditto.connect.transport.ExternalMessage;
import org.voltwin.standalone.ditto.connect.transport.Transport.Response;
import org.voltwin.standalone.ditto.signal.Signals;

/**
 * Answers to live signals that came as the response to the request which carried them: an envelope of the Ditto
 * Protocol, or to a message, if the target issues {@code live-response}, any response.
 */
final class PushedAnswers {
    private static final String ENVELOPE = "application/vnd.eclipse.ditto";

    private PushedAnswers() {}

    /** Whether somebody may be waiting for it, and it can be the answer. */
    static boolean isAnswer(Target target, Adaptable signal, Response response) {
        TopicPath topic = signal.getTopicPath();
        boolean asked = topic.isChannel(TopicPath.Channel.LIVE)
                && !topic.isCriterion(TopicPath.Criterion.EVENTS)
                && signal.getDittoHeaders().isResponseRequired();
        return asked && (isEnvelope(response) || topic.isCriterion(TopicPath.Criterion.MESSAGES) && isMeant(target));
    }

    private static boolean isMeant(Target target) {
        return target.getIssuedAcknowledgementLabel()
                .filter(DittoAcknowledgementLabel.LIVE_RESPONSE::equals)
                .isPresent();
    }

    private static boolean isEnvelope(Response response) {
        return response.message()
                .contentType()
                .filter(type -> type.startsWith(ENVELOPE))
                .isPresent();
    }

    /**
     * @throws org.eclipse.ditto.base.model.exceptions.DittoRuntimeException when it is no envelope though it says so
     * @throws org.eclipse.ditto.json.JsonRuntimeException when it is not even JSON then
     */
    static Adaptable of(Adaptable signal, Response response) {
        DittoHeaders asked = signal.getDittoHeaders();
        if (isEnvelope(response)) {
            Adaptable envelope = ProtocolFactory.jsonifiableAdaptableFromJson(
                    JsonObject.of(response.message().asText()));
            var headers = DittoHeaders.of(
                    Signals.adapter().headerTranslator().fromExternalHeaders(new HashMap<>(envelope.getDittoHeaders())))
                    .toBuilder();
            asked.getCorrelationId().ifPresent(headers::correlationId);
            return envelope.setDittoHeaders(headers.build());
        }
        var headers = DittoHeaders.newBuilder().responseRequired(false);
        asked.getCorrelationId().ifPresent(headers::correlationId);
        response.message().contentType().ifPresent(headers::contentType);
        var payload = Payload.newBuilder(signal.getPayload().getPath())
                .withStatus(HttpStatus.tryGetInstance(response.status()).orElse(HttpStatus.BAD_GATEWAY));
        if (response.message().payload().length > 0) {
            payload.withValue(value(response.message()));
        }
        return ProtocolFactory.newAdaptableBuilder(signal.getTopicPath())
                .withHeaders(headers.build())
                .withPayload(payload.build())
                .build();
    }

    /** JSON as it is, everything else as text. */
    static JsonValue value(ExternalMessage message) {
        if (message.contentType().filter(type -> type.contains("json")).isPresent()) {
            try {
                return JsonFactory.readFrom(message.asText());
            } catch (JsonParseException e) {
                return JsonValue.of(message.asText());
            }
        }
        return JsonValue.of(message.asText());
    }
}
