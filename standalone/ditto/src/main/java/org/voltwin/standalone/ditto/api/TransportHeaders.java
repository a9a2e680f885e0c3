package org.voltwin.standalone.ditto.api;

import java.util.Set;

/**
 * Headers that only say how a request got here. They stay here: a device that receives a message must not learn its
 * sender's token.
 */
final class TransportHeaders {
    private static final Set<String> NAMES = Set.of(
            "accept",
            "accept-encoding",
            "accept-language",
            "authorization",
            "cache-control",
            "connection",
            "cookie",
            "dnt",
            "expect",
            "host",
            "http2-settings",
            "keep-alive",
            "origin",
            "pragma",
            "referer",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "upgrade-insecure-requests",
            "user-agent",
            "via",
            "x-ditto-pre-authenticated",
            "x-real-ip",
            "x-request-id",
            "x-scheme",
            "x-original-scheme");

    private TransportHeaders() {}

    /** @param name in lower case */
    static boolean contain(String name) {
        return NAMES.contains(name)
                || name.startsWith("x-forwarded-")
                || name.startsWith("sec-")
                || name.startsWith("proxy-");
    }
}
