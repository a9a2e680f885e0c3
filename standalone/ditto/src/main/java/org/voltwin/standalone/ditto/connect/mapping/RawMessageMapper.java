package org.voltwin.standalone.ditto.connect.mapping;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.headers.contenttype.ContentType;
import org.eclipse.ditto.connectivity.model.MessageMappingFailedException;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.messages.model.MessageHeaders;
import org.eclipse.ditto.messages.model.MessagesModelFactory;
import org.eclipse.ditto.messages.model.signals.commands.MessageDeserializer;
import org.eclipse.ditto.protocol.Adaptable;
import org.eclipse.ditto.protocol.Payload;
import org.eclipse.ditto.protocol.ProtocolFactory;
import org.eclipse.ditto.protocol.TopicPath;
import org.voltwin.standalone.ditto.connect.transport.ExternalMessage;

/** The content of a live message alone is the payload; where it belongs is said by headers. */
final class RawMessageMapper implements PayloadMapper {
    private static final Map<String, String> INCOMING = Map.of(
            "content-type", "{{ header:content-type | fn:default('application/octet-stream') }}",
            "ditto-message-direction", "{{ header:ditto-message-direction | fn:default('TO') }}",
            "ditto-message-thing-id", "{{ header:ditto-message-thing-id }}",
            "ditto-message-subject", "{{ header:ditto-message-subject }}",
            "status", "{{ header:status }}",
            "ditto-message-feature-id", "{{ header:ditto-message-feature-id }}");

    private final DittoMapper envelopes = new DittoMapper();
    private final ContentType outgoingContentType;
    private final Map<String, String> incomingHeaders = new HashMap<>(INCOMING);

    RawMessageMapper(Options options) {
        this.outgoingContentType =
                ContentType.of(options.text("outgoingContentType").orElse("text/plain; charset=UTF-8"));
        incomingHeaders.putAll(options.texts("incomingMessageHeaders"));
    }

    @Override
    public List<Adaptable> incoming(ExternalMessage message) {
        var resolved = new HashMap<String, String>();
        incomingHeaders.forEach((name, template) ->
                Options.find(template, message.headers()).ifPresent(value -> resolved.put(name, value)));
        ContentType type = ContentType.of(resolved.getOrDefault("content-type", "application/octet-stream"));
        if (type.isDittoProtocol()) {
            return envelopes.incoming(message);
        }
        MessageHeaders headers =
                MessagesModelFactory.newHeadersBuilder(resolved).build();
        TopicPath topic = TopicPath.newBuilder(headers.getEntityId())
                .things()
                .live()
                .messages()
                .subject(headers.getSubject())
                .build();
        var payload = Payload.newBuilder(path(headers));
        headers.getHttpStatus().ifPresent(payload::withStatus);
        if (message.payload().length > 0) {
            payload.withValue(value(message, type));
        }
        return List.of(ProtocolFactory.newAdaptableBuilder(topic)
                .withHeaders(DittoHeaders.newBuilder().contentType(type).build())
                .withPayload(payload.build())
                .build());
    }

    private static JsonPointer path(MessageHeaders headers) {
        String box = switch (headers.getDirection()) {
            case TO -> "inbox";
            case FROM -> "outbox";
        };
        String feature = headers.getFeatureId().map(id -> "/features/" + id).orElse("");
        return JsonPointer.of(feature + "/" + box + "/messages/" + headers.getSubject());
    }

    private static JsonValue value(ExternalMessage message, ContentType type) {
        if (!MessageDeserializer.shouldBeInterpretedAsTextOrJson(type)) {
            return JsonValue.of(Base64.getEncoder().encodeToString(message.payload()));
        }
        return type.isJson() ? JsonFactory.readFrom(message.asText()) : JsonValue.of(message.asText());
    }

    @Override
    public List<ExternalMessage> outgoing(Adaptable adaptable) {
        ContentType type = adaptable.getDittoHeaders().getDittoContentType().orElse(outgoingContentType);
        if (!adaptable.getTopicPath().isCriterion(TopicPath.Criterion.MESSAGES) || type.isDittoProtocol()) {
            return envelopes.outgoing(adaptable);
        }
        byte[] payload = adaptable
                .getPayload()
                .getValue()
                .map(value -> bytes(value, type, adaptable.getDittoHeaders()))
                .orElseGet(() -> new byte[0]);
        var headers = new HashMap<String, String>();
        headers.put(ExternalMessage.CONTENT_TYPE, type.getValue());
        adaptable.getTopicPath().getSubject().ifPresent(subject -> headers.put("ditto-message-subject", subject));
        return List.of(new ExternalMessage(
                Map.copyOf(headers), payload, MessageDeserializer.shouldBeInterpretedAsTextOrJson(type)));
    }

    private static byte[] bytes(JsonValue value, ContentType type, DittoHeaders headers) {
        String text = value.isString() ? value.asString() : value.toString();
        if (MessageDeserializer.shouldBeInterpretedAsTextOrJson(type)) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw MessageMappingFailedException.newBuilder(type.getValue())
                    .description("A binary payload must be base64.")
                    .dittoHeaders(headers)
                    .cause(e)
                    .build();
        }
    }
}
