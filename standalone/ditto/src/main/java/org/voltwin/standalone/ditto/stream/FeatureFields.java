package org.voltwin.standalone.ditto.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.ditto.base.model.json.JsonSchemaVersion;
import org.eclipse.ditto.base.model.signals.Signal;
import org.eclipse.ditto.base.model.signals.WithOptionalEntity;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonFieldSelector;
import org.eclipse.ditto.json.JsonKey;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.placeholders.Placeholder;
import org.eclipse.ditto.placeholders.PlaceholderFactory;
import org.eclipse.ditto.things.model.ThingFieldSelector;
import org.jspecify.annotations.Nullable;

/** Fields in which {@code {{ feature:id }}} stands for the features that a signal is about. */
final class FeatureFields {
    private static final JsonKey FEATURES = JsonKey.of("features");
    private static final Placeholder<List<String>> FEATURE = new FeatureId();

    private static final class FeatureId implements Placeholder<List<String>> {
        @Override
        public String getPrefix() {
            return "feature";
        }

        @Override
        public List<String> getSupportedNames() {
            return List.of("id");
        }

        @Override
        public boolean supports(String name) {
            return name.equals("id");
        }

        @Override
        public List<String> resolveValues(List<String> features, String name) {
            return features;
        }
    }

    private FeatureFields() {}

    /** @throws org.eclipse.ditto.base.model.exceptions.DittoRuntimeException when they are no fields of things */
    static JsonFieldSelector parse(String fields) {
        JsonFieldSelector selector = ThingFieldSelector.fromString(fields);
        for (JsonPointer pointer : selector) {
            if (isTemplate(pointer)) {
                PlaceholderFactory.newExpressionResolverForValidation("x", FEATURE)
                        .resolve(pointer.toString());
            }
        }
        return selector;
    }

    private static boolean isTemplate(JsonPointer pointer) {
        return pointer.toString().contains("{{");
    }

    /** What the fields are for this signal; null when none is left. */
    static @Nullable JsonFieldSelector of(JsonFieldSelector fields, Signal<?> signal) {
        if (fields.getPointers().stream().noneMatch(FeatureFields::isTemplate)) {
            return fields;
        }
        var resolver = PlaceholderFactory.newExpressionResolver(FEATURE, featuresOf(signal));
        List<JsonPointer> pointers = fields.getPointers().stream()
                .flatMap(pointer -> isTemplate(pointer)
                        ? resolver.resolve(pointer.toString()).toStream().map(JsonPointer::of)
                        : Stream.of(pointer))
                .toList();
        return pointers.isEmpty() ? null : JsonFactory.newFieldSelector(pointers);
    }

    private static List<String> featuresOf(Signal<?> signal) {
        JsonPointer path = signal.getResourcePath();
        boolean features = path.getRoot().filter(FEATURES::equals).isPresent();
        if (features && path.getLevelCount() > 1) {
            return path.get(1).map(key -> List.of(key.toString())).orElseGet(List::of);
        }
        JsonValue entity = signal instanceof WithOptionalEntity<?> some
                ? some.getEntity(JsonSchemaVersion.V_2).orElse(null)
                : null;
        JsonValue all = path.isEmpty() && entity != null && entity.isObject()
                ? entity.asObject().getValue(FEATURES).orElse(null)
                : features ? entity : null;
        var ids = new ArrayList<String>();
        if (all != null && all.isObject()) {
            all.asObject().getKeys().forEach(key -> ids.add(Objects.toString(key)));
        }
        return ids;
    }
}
