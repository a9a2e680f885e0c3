package org.voltwin.standalone.ditto.auth;

import java.util.List;
import java.util.Map;
import org.eclipse.ditto.json.JsonCollectors;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.placeholders.Placeholder;

/** {@code jwt:claim/inside}: the claim's value, or each of its values when it is an array. */
final class JwtPlaceholder implements Placeholder<JsonObject> {
    @Override
    public String getPrefix() {
        return "jwt";
    }

    @Override
    public List<String> getSupportedNames() {
        return List.of();
    }

    @Override
    public boolean supports(String name) {
        return true;
    }

    @Override
    public List<String> resolveValues(JsonObject claims, String name) {
        return claims.getValue(JsonPointer.of(name)).stream()
                .flatMap(value -> value.isArray() ? value.asArray().stream() : java.util.stream.Stream.of(value))
                .filter(value -> !value.isNull())
                .map(JsonValue::formatAsString)
                .toList();
    }

    static JsonObject claims(Map<String, Object> claims) {
        return toJson(claims).asObject();
    }

    private static JsonValue toJson(Object value) {
        return switch (value) {
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .filter(entry -> entry.getValue() != null)
                        .map(entry -> org.eclipse.ditto.json.JsonFactory.newField(
                                org.eclipse.ditto.json.JsonKey.of(String.valueOf(entry.getKey())),
                                toJson(entry.getValue())))
                        .collect(JsonCollectors.fieldsToObject());
            case List<?> list -> list.stream().map(JwtPlaceholder::toJson).collect(JsonCollectors.valuesToArray());
            case java.util.Date date -> JsonValue.of(date.toInstant().getEpochSecond());
            default -> JsonValue.of(value);
        };
    }
}
