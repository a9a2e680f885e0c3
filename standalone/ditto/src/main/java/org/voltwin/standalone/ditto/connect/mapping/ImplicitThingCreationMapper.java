package org.voltwin.standalone.ditto.connect.mapping;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.protocol.Adaptable;
import org.eclipse.ditto.protocol.Payload;
import org.eclipse.ditto.protocol.ProtocolFactory;
import org.eclipse.ditto.protocol.TopicPath;
import org.eclipse.ditto.things.model.ThingId;
import org.voltwin.standalone.ditto.connect.transport.ExternalMessage;

/** Creates a thing from a template when a message of a device comes that has none; never changes one that is there. */
final class ImplicitThingCreationMapper implements PayloadMapper {
    private final String template;
    private final Map<String, String> commandHeaders;
    private final boolean allowPolicyLockout;

    ImplicitThingCreationMapper(Options options) {
        this.template = options.required("thing");
        new Options(JsonObject.of(template)).thingId("thingId");
        this.commandHeaders = options.texts("commandHeaders");
        this.allowPolicyLockout =
                options.text("allowPolicyLockout").map(Boolean::valueOf).orElse(true);
    }

    @Override
    public List<Adaptable> incoming(ExternalMessage message) {
        JsonObject thing = JsonObject.of(Options.resolve(template, message.headers()));
        ThingId id = ThingId.of(thing.getValue("thingId").orElseThrow().asString());
        TopicPath topic =
                TopicPath.newBuilder(id).things().twin().commands().create().build();
        var headers = new HashMap<String, String>();
        headers.put("if-none-match", "*");
        headers.put("allow-policy-lockout", Boolean.toString(allowPolicyLockout));
        commandHeaders.forEach((name, value) ->
                Options.find(value, message.headers()).ifPresent(resolved -> headers.put(name, resolved)));
        return List.of(ProtocolFactory.newAdaptableBuilder(topic)
                .withHeaders(DittoHeaders.of(headers))
                .withPayload(
                        Payload.newBuilder(JsonPointer.empty()).withValue(thing).build())
                .build());
    }

    @Override
    public List<ExternalMessage> outgoing(Adaptable adaptable) {
        return List.of();
    }
}
