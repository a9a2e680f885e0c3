package org.voltwin.standalone.ditto.stream;

import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.json.JsonSchemaVersion;
import org.eclipse.ditto.policies.model.PolicyId;
import org.eclipse.ditto.protocol.Adaptable;
import org.eclipse.ditto.protocol.Payload;
import org.eclipse.ditto.protocol.ProtocolFactory;
import org.eclipse.ditto.protocol.TopicPath;
import org.voltwin.standalone.ditto.twin.Change;

/** Changes of policies as events of the Ditto Protocol. */
final class PolicyEvents {
    Adaptable envelope(PolicyId id, Change change) {
        var payload = Payload.newBuilder(change.path())
                .withRevision(change.revision())
                .withTimestamp(change.timestamp());
        if (change.action() != Change.Action.DELETED) {
            payload.withValue(change.value());
        }
        var headers = DittoHeaders.newBuilder()
                .responseRequired(false)
                .schemaVersion(JsonSchemaVersion.V_2)
                .contentType("application/json");
        change.headers()
                .forEach(field ->
                        headers.putHeader(field.getKeyName(), field.getValue().asString()));
        return ProtocolFactory.newAdaptableBuilder(topic(id, change.action()))
                .withHeaders(headers.build())
                .withPayload(payload.build())
                .build();
    }

    private static TopicPath topic(PolicyId id, Change.Action action) {
        var events = TopicPath.newBuilder(id).policies().none().events();
        return switch (action) {
            case CREATED -> events.created().build();
            case MODIFIED, MERGED -> events.modified().build();
            case DELETED -> events.deleted().build();
        };
    }
}
