package org.voltwin.model.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Flow;
import org.voltwin.model.failure.Failure;

/** What an endpoint answers. */
public sealed interface Reply {
    /** A JSON document. */
    record Document(int status, JsonNode body) implements Reply {}

    /** Nothing more to say (204). */
    record Empty() implements Reply {}

    /** A file. */
    record Content(String contentType, String fileName, byte[] bytes) implements Reply {}

    /** Server-sent events until the publisher completes or the client leaves. */
    record Events(Flow.Publisher<Event> events) implements Reply {}

    /** application/problem+json. */
    record Problem(int status, Failure failure) implements Reply {}

    /** One server-sent event. */
    record Event(String name, JsonNode data) {}

    static Reply ok(JsonNode body) {
        return new Document(200, body);
    }
}
