package org.voltwin.standalone.ditto.stream;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.signals.Signal;
import org.eclipse.ditto.json.JsonFieldSelector;
import org.eclipse.ditto.things.model.ThingId;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.rql.Rql;

/**
 * Which signals a subscriber wants.
 *
 * @param thingIds empty for all
 * @param namespaces empty for all
 */
public record EventSelection(
        Set<ThingId> thingIds,
        Set<String> namespaces,
        @Nullable Rql filter,
        @Nullable JsonFieldSelector extraFields) {

    /** @throws org.eclipse.ditto.base.model.exceptions.DittoRuntimeException when filter or fields are not valid */
    public static EventSelection parse(
            @Nullable String ids,
            @Nullable String namespaces,
            @Nullable String filter,
            @Nullable String extraFields,
            DittoHeaders headers) {
        return new EventSelection(
                split(ids).stream().map(ThingId::of).collect(Collectors.toUnmodifiableSet()),
                split(namespaces),
                filter == null || filter.isBlank() ? null : Rql.overEvents(filter, headers),
                extraFields == null || extraFields.isBlank() ? null : FeatureFields.parse(extraFields));
    }

    /** The parts of a comma-separated parameter. */
    public static Set<String> split(@Nullable String text) {
        return text == null || text.isBlank()
                ? Set.of()
                : Arrays.stream(text.split(",")).map(String::strip).collect(Collectors.toUnmodifiableSet());
    }

    /** The extra fields wanted with a signal; null for none. */
    @Nullable JsonFieldSelector extraFieldsFor(Signal<?> signal) {
        return extraFields == null ? null : FeatureFields.of(extraFields, signal);
    }

    /** Whether every signal is wanted as it is: what it says need not be looked into. */
    boolean isPlain() {
        return filter == null && extraFields == null;
    }

    /** Whether signals about this thing are wanted at all. */
    public boolean includes(ThingId id) {
        return (thingIds.isEmpty() || thingIds.contains(id))
                && (namespaces.isEmpty() || namespaces.contains(id.getNamespace()));
    }
}
