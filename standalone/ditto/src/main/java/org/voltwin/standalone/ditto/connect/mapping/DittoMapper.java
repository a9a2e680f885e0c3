package org.voltwin.standalone.ditto.connect.mapping;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.protocol.Adaptable;
import org.eclipse.ditto.protocol.ProtocolFactory;
import org.voltwin.standalone.ditto.connect.transport.ExternalMessage;
import org.voltwin.standalone.ditto.signal.Signals;

/** The payload is an envelope of the Ditto Protocol. */
final class DittoMapper implements PayloadMapper {
    static final String CONTENT_TYPE = "application/vnd.eclipse.ditto+json";

    @Override
    public List<Adaptable> incoming(ExternalMessage message) {
        return List.of(ProtocolFactory.jsonifiableAdaptableFromJson(JsonObject.of(message.asText())));
    }

    @Override
    public List<ExternalMessage> outgoing(Adaptable adaptable) {
        return List.of(ExternalMessage.ofText(
                Map.of(ExternalMessage.CONTENT_TYPE, CONTENT_TYPE),
                external(adaptable).toString()));
    }

    /** The envelope with the headers that may leave. */
    static JsonObject external(Adaptable adaptable) {
        DittoHeaders inside = adaptable.getDittoHeaders();
        var headers = new HashMap<>(Signals.adapter().headerTranslator().toExternalHeaders(inside));
        return ProtocolFactory.wrapAsJsonifiableAdaptable(adaptable.setDittoHeaders(DittoHeaders.of(headers)))
                .toJson();
    }
}
