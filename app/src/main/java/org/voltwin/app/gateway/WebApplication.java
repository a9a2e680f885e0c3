package org.voltwin.app.gateway;

import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import org.voltwin.model.failure.Failure;

/** Serves the dashboards from the class path; paths that are no file get index.html, where client routes live. */
final class WebApplication {
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("json", "application/json"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("woff", "font/woff"),
            Map.entry("ttf", "font/ttf"));

    private final ClassPathFiles files;
    private final String policy;

    /**
     * @param root class path folder, without slashes at its ends
     * @param identityProvider origin the browser may talk to besides this server
     */
    WebApplication(String root, String identityProvider) {
        this.files = new ClassPathFiles(root);
        this.policy =
                "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:;"
                        + " connect-src 'self' " + identityProvider + "; frame-src " + identityProvider
                        + "; frame-ancestors 'none'; base-uri 'self'; form-action 'self' " + identityProvider;
    }

    void handle(RoutingContext context) {
        String path = context.normalizedPath().substring(1);
        Optional<byte[]> file = files.read(path);
        String name = file.isPresent() ? path : "index.html";
        Optional<byte[]> content = file.isPresent() ? file : files.read("index.html");
        if (content.isEmpty() || (file.isEmpty() && path.startsWith("assets/"))) {
            Problems.send(
                    context.response(),
                    404,
                    Failure.permanent("web.not_found", "There is no file /" + path + ".", "Start at the front page."));
            return;
        }
        String extension = name.substring(name.lastIndexOf('.') + 1);
        context.response()
                .putHeader("Content-Type", TYPES.getOrDefault(extension, "application/octet-stream"))
                .putHeader(
                        "Cache-Control",
                        name.startsWith("assets/") ? "public, max-age=31536000, immutable" : "no-cache")
                .putHeader("Content-Security-Policy", policy)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .end(io.vertx.core.buffer.Buffer.buffer(content.get()));
    }
}
