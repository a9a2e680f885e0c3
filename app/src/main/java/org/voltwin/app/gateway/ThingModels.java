package org.voltwin.app.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import org.voltwin.model.failure.Failure;

/**
 * Serves the WoT Thing Models under {@code /wot/}: to anybody, as they are public documents and Ditto reads them without
 * a token. A file's name has its version, so a file never changes.
 */
final class ThingModels {
    private final ClassPathFiles files = new ClassPathFiles("wot");

    void handle(RoutingContext context) {
        String name = context.normalizedPath().substring("/wot/".length());
        files.read(name)
                .ifPresentOrElse(
                        content -> context.response()
                                .putHeader("Content-Type", "application/tm+json")
                                .putHeader("Cache-Control", "public, max-age=31536000, immutable")
                                .putHeader("Access-Control-Allow-Origin", "*")
                                .putHeader("X-Content-Type-Options", "nosniff")
                                .end(Buffer.buffer(content)),
                        () -> Problems.send(
                                context.response(),
                                404,
                                Failure.permanent(
                                        "wot.not_found",
                                        "There is no Thing Model '" + name + "'.",
                                        "A name is such as cell-1.0.0.tm.jsonld; thing-models/README.md lists them.")));
    }
}
