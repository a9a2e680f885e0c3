package org.voltwin.cosim.ssp;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * A source as descriptions name it: relative to the description, never outside of the folder or archive that it is in.
 *
 * @param path with / between folders and without . in it; empty for the description itself
 * @param fragment what follows #; empty for none
 */
record SourceUri(String path, String fragment) {
    /** Resolved against a folder, which is empty or ends with /. */
    static SourceUri parse(String source, String folder) {
        String path = source;
        String fragment = "";
        try {
            URI uri = new URI(source.strip());
            if (uri.getScheme() != null || uri.getRawAuthority() != null || uri.getRawQuery() != null) {
                throw outside(source);
            }
            path = uri.getPath() == null ? "" : uri.getPath();
            fragment = uri.getFragment() == null ? "" : uri.getFragment();
        } catch (URISyntaxException e) {
            path = source.strip(); // blanks and umlauts are common, if not allowed
        }
        boolean escapes = path.startsWith("/")
                || path.contains("\\")
                || path.contains(":")
                || path.indexOf(0) >= 0
                || ("/" + path + "/").contains("/../");
        if (escapes) {
            throw outside(source);
        }
        String plain = ("/" + path).replace("/./", "/").substring(1);
        return new SourceUri(plain.isEmpty() ? "" : folder + plain, fragment);
    }

    /** The folder that the path is in; empty or ending with /. */
    String folder() {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    private static RuntimeException outside(String source) {
        return Refusal.malformed("The source '" + source + "' is not inside the package.");
    }
}
