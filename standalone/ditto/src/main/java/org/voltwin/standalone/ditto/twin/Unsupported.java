package org.voltwin.standalone.ditto.twin;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.eclipse.ditto.base.model.exceptions.DittoHeaderInvalidException;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.headers.IfEqual;
import org.eclipse.ditto.base.model.signals.Signal;

/** Header options that change what a command means and that this process does not know: refused, never ignored. */
final class Unsupported {
    private static final Map<String, String> HEADERS = Map.of("live-channel-condition", "The live channel condition");

    private static final Set<String> BUILT_IN = Set.of("twin-persisted", "live-response", "search-persisted");

    private Unsupported() {}

    static void check(Signal<?> signal) {
        DittoHeaders headers = signal.getDittoHeaders();
        String ifEqual = headers.get("if-equal");
        if (ifEqual != null && headers.getIfEqual().isEmpty()) {
            throw DittoHeaderInvalidException.newInvalidTypeBuilder(
                            "if-equal", ifEqual, "one of " + Arrays.toString(IfEqual.values()))
                    .dittoHeaders(headers)
                    .build();
        }
        boolean customAcknowledgement = headers.getAcknowledgementRequests().stream()
                .anyMatch(request -> !BUILT_IN.contains(request.getLabel().toString()));
        if (customAcknowledgement) {
            throw NotSupportedException.of("Waiting for custom acknowledgements (requested-acks)", headers);
        }
        HEADERS.forEach((header, what) -> {
            String value = headers.get(header);
            if (value != null) {
                throw NotSupportedException.of(what + " (header '" + header + "')", headers);
            }
        });
    }
}
