package org.voltwin.standalone.ditto.connect.mapping;

import java.time.Instant;
import java.util.List;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.json.JsonArray;
import org.eclipse.ditto.json.JsonKey;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.protocol.Adaptable;
import org.eclipse.ditto.protocol.Payload;
import org.eclipse.ditto.protocol.ProtocolFactory;
import org.eclipse.ditto.protocol.TopicPath;
import org.eclipse.ditto.things.model.ThingId;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.connect.transport.ExternalMessage;

/** Keeps a feature that says until when a device can be reached, from Hono's headers {@code ttd, creation-time}. */
final class ConnectionStatusMapper implements PayloadMapper {
    private static final String DEFINITION = "org.eclipse.ditto:ConnectionStatus:1.0.0";
    /** What Ditto writes for "until it says otherwise". */
    private static final Instant DISTANT_FUTURE = Instant.parse("9999-12-31T23:59:59Z");

    private final String thingId;
    private final String featureId;

    ConnectionStatusMapper(Options options) {
        this.thingId = options.thingId("thingId");
        this.featureId = options.text("featureId").orElse("ConnectionStatus");
    }

    /** A message without those headers is dropped, as in Ditto. */
    @Override
    public List<Adaptable> incoming(ExternalMessage message) {
        Long created = number(message.header("creation-time"));
        Long secondsToDisconnect = number(message.header("ttd"));
        if (created == null || created < 0 || secondsToDisconnect == null || secondsToDisconnect < -1) {
            return List.of();
        }
        ThingId thing = ThingId.of(Options.resolve(thingId, message.headers()));
        String feature = Options.resolve(featureId, message.headers());
        Instant since = Instant.ofEpochMilli(created);
        JsonPointer path = JsonPointer.of("/features").addLeaf(JsonKey.of(feature));
        if (secondsToDisconnect == 0) {
            return List.of(modify(
                    thing,
                    path.append(JsonPointer.of("properties/status/readyUntil")),
                    JsonValue.of(since.toString())));
        }
        Instant until = secondsToDisconnect < 0 ? DISTANT_FUTURE : since.plusSeconds(secondsToDisconnect);
        JsonObject value = JsonObject.newBuilder()
                .set("definition", JsonArray.of(JsonValue.of(DEFINITION)))
                .build()
                .setValue(JsonPointer.of("properties/status/readySince"), JsonValue.of(since.toString()))
                .setValue(JsonPointer.of("properties/status/readyUntil"), JsonValue.of(until.toString()));
        return List.of(modify(thing, path, value));
    }

    private static Adaptable modify(ThingId thing, JsonPointer path, JsonValue value) {
        TopicPath topic =
                TopicPath.newBuilder(thing).things().twin().commands().modify().build();
        return ProtocolFactory.newAdaptableBuilder(topic)
                .withHeaders(DittoHeaders.newBuilder().responseRequired(false).build())
                .withPayload(Payload.newBuilder(path).withValue(value).build())
                .build();
    }

    private static @Nullable Long number(@Nullable String text) {
        return text != null && text.matches("-?\\d{1,18}") ? Long.valueOf(text) : null;
    }

    @Override
    public List<ExternalMessage> outgoing(Adaptable adaptable) {
        return List.of();
    }
}
