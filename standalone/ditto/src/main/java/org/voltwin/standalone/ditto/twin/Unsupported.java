package org.voltwin.standalone.ditto.twin;

import java.util.Map;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.signals.Signal;

/** Header options that change what a command means and that this process does not know: refused, never ignored. */
final class Unsupported {
    private static final Map<String, String> HEADERS = Map.of(
            "put-metadata", "Writing metadata",
            "get-metadata", "Reading metadata",
            "delete-metadata", "Deleting metadata",
            "live-channel-condition", "The live channel condition",
            "at-historical-revision", "Reading a historical revision",
            "at-historical-timestamp", "Reading a historical revision",
            "merge-thing-patch-conditions", "Conditions on parts of a merge patch",
            "dry-run", "A dry run");

    private Unsupported() {}

    static void check(Signal<?> signal) {
        DittoHeaders headers = signal.getDittoHeaders();
        HEADERS.forEach((header, what) -> {
            String value = headers.get(header);
            if (value != null && !value.equals("false")) {
                throw NotSupportedException.of(what + " (header '" + header + "')", headers);
            }
        });
    }
}
