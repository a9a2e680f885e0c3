package org.voltwin.standalone.ditto.wot;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.eclipse.ditto.base.model.common.HttpStatus;
import org.eclipse.ditto.base.model.exceptions.DittoRuntimeException;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.json.JsonSchemaVersion;
import org.eclipse.ditto.json.JsonCollectors;
import org.eclipse.ditto.json.JsonField;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonObjectBuilder;
import org.eclipse.ditto.json.JsonValue;

/** 400: a thing would no longer agree with its Thing Model. Names each path with what is wrong there. */
final class PayloadInvalidException extends DittoRuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String CODE = "wot:payload.validation.error";

    @SuppressWarnings("serial")
    private final Map<String, List<String>> details;

    PayloadInvalidException(Map<String, List<String>> details, DittoHeaders headers) {
        super(
                CODE,
                HttpStatus.BAD_REQUEST,
                headers,
                "The provided payload did not conform to the specified WoT (Web of Things) model.",
                "The Thing contained validation errors, check the validation details.",
                null,
                null);
        this.details = Map.copyOf(details);
    }

    private JsonObject detailsJson() {
        JsonObject json = JsonObject.empty();
        for (var entry : details.entrySet()) {
            JsonValue messages = entry.getValue().stream().map(JsonValue::of).collect(JsonCollectors.valuesToArray());
            json = json.toBuilder()
                    .set(org.eclipse.ditto.json.JsonFactory.newField(
                            org.eclipse.ditto.json.JsonKey.of(entry.getKey()), messages))
                    .build();
        }
        return json;
    }

    @Override
    protected void appendToJson(JsonObjectBuilder builder, Predicate<JsonField> predicate) {
        builder.set("validationDetails", detailsJson());
    }

    @Override
    public JsonSchemaVersion[] getSupportedSchemaVersions() {
        return new JsonSchemaVersion[] {JsonSchemaVersion.V_2};
    }

    @Override
    public DittoRuntimeException setDittoHeaders(DittoHeaders headers) {
        return new PayloadInvalidException(details, headers);
    }
}
