package org.voltwin.standalone.ditto.api;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.ditto.base.model.common.HttpStatus;
import org.eclipse.ditto.base.model.exceptions.DittoHeadersTooLargeException;
import org.eclipse.ditto.base.model.exceptions.DittoJsonException;
import org.eclipse.ditto.base.model.exceptions.DittoRuntimeException;
import org.eclipse.ditto.base.model.exceptions.TimeoutInvalidException;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.json.JsonSchemaVersion;
import org.eclipse.ditto.base.model.signals.acks.Acknowledgements;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonFieldSelector;
import org.eclipse.ditto.json.JsonKey;
import org.eclipse.ditto.json.JsonParseException;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonPointerInvalidException;
import org.eclipse.ditto.json.JsonValue;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.auth.Caller;
import org.voltwin.standalone.ditto.live.Answer;
import org.voltwin.standalone.ditto.signal.Signals;
import org.voltwin.standalone.ditto.twin.Reply;

/**
 * One HTTP request of a known caller, in Ditto's terms.
 *
 * @param segments the decoded path below {@code /api/2}
 */
record Exchange(RoutingContext http, Caller caller, DittoHeaders headers, List<String> segments) {
    /** Query parameters that mean the same as the header of their name. */
    private static final List<String> HEADER_PARAMETERS = List.of(
            "condition",
            "response-required",
            "requested-acks",
            "timeout",
            "channel",
            "correlation-id",
            "live-channel-condition",
            "live-channel-timeout-strategy",
            "allow-policy-lockout",
            "put-metadata",
            "get-metadata",
            "delete-metadata",
            "at-historical-revision",
            "at-historical-timestamp",
            "policy-view",
            "dry-run");

    /** What an answer says about the channel it came over. */
    private static final List<String> CHANNEL_HEADERS =
            List.of("channel", "live-channel-condition-matched", "ditto-originator");

    private static final List<String> SINGLE = Stream.concat(
                    HEADER_PARAMETERS.stream(), Stream.of("x-correlation-id", "if-equal"))
            .toList();

    /** Not the caller's choice, and not passed on. */
    private static final Set<String> UNCOUNTED = Set.of("ditto-auth-context", "put-metadata");

    static Exchange of(RoutingContext http, Caller caller, List<String> segments) {
        return new Exchange(http, caller, headersOf(http, caller), segments);
    }

    private static DittoHeaders headersOf(RoutingContext http, Caller caller) {
        requireSingleHeaders(http);
        var external = new HashMap<String, String>();
        http.request().headers().forEach((written, value) -> {
            String name = written.toLowerCase(Locale.ROOT);
            if (!TransportHeaders.contain(name)) {
                external.put(name, value);
            }
        });
        for (String name : HEADER_PARAMETERS) {
            String value = parameters(http).get(name);
            if (value != null) {
                external.put(name, value);
            }
        }
        // Ditto's timeout header wants a unit; the API takes plain seconds too.
        external.computeIfPresent("timeout", (name, value) -> value.matches("\\d+") ? value + "s" : value);
        String correlationId = external.remove("x-correlation-id");
        external.putIfAbsent(
                "correlation-id", correlationId == null ? UUID.randomUUID().toString() : correlationId);
        Map<String, String> known = Signals.adapter().headerTranslator().fromExternalHeaders(external);
        return DittoHeaders.of(known).toBuilder()
                .schemaVersion(JsonSchemaVersion.V_2)
                .authorizationContext(caller.context())
                .build();
    }

    /** A header that says two things says nothing; lists are written in one. */
    private static void requireSingleHeaders(RoutingContext http) {
        for (String name : SINGLE) {
            if (http.request().headers().getAll(name).size() > 1) {
                throw PathException.duplicateHeader(name, DittoHeaders.empty());
            }
        }
    }

    /** @throws DittoHeadersTooLargeException 431 */
    void requireSmallHeaders(long maxBytes) {
        long bytes = headers.entrySet().stream()
                .filter(header -> !UNCOUNTED.contains(header.getKey()))
                .mapToLong(
                        header -> header.getKey().length() + header.getValue().length())
                .sum();
        if (bytes > maxBytes) {
            throw DittoHeadersTooLargeException.newSizeLimitBuilder(maxBytes)
                    .dittoHeaders(DittoHeaders.empty())
                    .build();
        }
    }

    /** @throws TimeoutInvalidException 400 */
    void requireTimeoutUpTo(Duration longest) {
        headers.getTimeout().filter(timeout -> timeout.compareTo(longest) > 0).ifPresent(timeout -> {
            throw TimeoutInvalidException.newBuilder(timeout, longest)
                    .dittoHeaders(headers)
                    .build();
        });
    }

    HttpMethod method() {
        return http.request().method();
    }

    boolean is(HttpMethod method) {
        return method().equals(method);
    }

    /** Of the query; a semicolon does not separate them. */
    MultiMap parameters() {
        return parameters(http);
    }

    private static MultiMap parameters(RoutingContext http) {
        return http.request().params(true);
    }

    @Nullable String parameter(String name) {
        return parameters(http).get(name);
    }

    /** @throws DittoRuntimeException when the parameter is there but no field selector */
    @Nullable JsonFieldSelector fields() {
        String fields = parameter("fields");
        if (fields != null && fields.isBlank()) {
            return JsonFactory.newFieldSelector(List.of());
        }
        return fields == null
                ? null
                : JsonFactory.newFieldSelector(
                        fields,
                        JsonFactory.newParseOptionsBuilder()
                                .withoutUrlDecoding()
                                .build());
    }

    /** The JSON body. */
    JsonValue json() {
        String body = http.body().asString();
        return JsonFactory.readFrom(body == null ? "" : body);
    }

    boolean hasBody() {
        return http.body().length() > 0;
    }

    /** The segments from an index on, as a pointer; a slash inside a segment was percent-encoded and stays one key. */
    JsonPointer pointerFrom(int index) {
        JsonPointer pointer = JsonPointer.empty();
        for (String segment : segments.subList(index, segments.size())) {
            if (segment.isEmpty()) {
                throw JsonPointerInvalidException.newBuilderForConsecutiveSlashes(
                                http.request().path())
                        .build();
            }
            pointer = pointer.addLeaf(JsonKey.of(segment));
        }
        return pointer;
    }

    static List<String> decode(String rawPath) {
        var segments = new ArrayList<String>();
        String path = rawPath.startsWith("/") ? rawPath.substring(1) : rawPath;
        String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        for (String segment : trimmed.split("/", -1)) {
            segments.add(URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8));
        }
        return segments;
    }

    void send(Reply reply) {
        HttpServerResponse response = prepare(reply.status().getCode(), headers);
        if (reply.entityTag() != null) {
            response.putHeader("ETag", reply.entityTag().toString());
        }
        reply.headers().forEach(response::putHeader);
        if (reply.value() == null) {
            response.end();
        } else {
            response.putHeader("Content-Type", "application/json")
                    .end(reply.value().toString());
        }
    }

    void send(Answer answer) {
        switch (answer) {
            case Answer.Twin twin -> {
                twin.headers().forEach(http.response()::putHeader);
                if (!twin.headers().isEmpty()) {
                    http.response().putHeader("response-required", "false");
                }
                send(twin.reply());
            }
            case Answer.Live live -> {
                describe(http.response(), live.envelope().getDittoHeaders());
                LiveBody.send(this, live.envelope());
            }
            case Answer.Acked acked -> {
                Acknowledgements all = acked.acknowledgements();
                HttpServerResponse response = prepare(all.getHttpStatus().getCode(), headers);
                all.getEntity(JsonSchemaVersion.V_2)
                        .filter(body -> !all.getHttpStatus().equals(HttpStatus.NO_CONTENT))
                        .ifPresentOrElse(
                                body -> response.putHeader("Content-Type", "application/json")
                                        .end(body.toString()),
                                response::end);
            }
            case Answer.Sent() -> prepare(202, headers).end();
        }
    }

    private static void describe(HttpServerResponse response, DittoHeaders answer) {
        response.putHeader("response-required", "false");
        for (String name : CHANNEL_HEADERS) {
            String value = answer.get(name);
            if (value != null) {
                response.putHeader(name, value);
            }
        }
    }

    void sendJson(int status, JsonValue body) {
        prepare(status, headers).putHeader("Content-Type", "application/json").end(body.toString());
    }

    HttpServerResponse prepare(int status, DittoHeaders correlation) {
        HttpServerResponse response = http.response().setStatusCode(status);
        correlation.getCorrelationId().ifPresent(id -> response.putHeader("correlation-id", id));
        return response;
    }

    static void sendError(RoutingContext http, Throwable failure, DittoHeaders headers) {
        DittoRuntimeException error = asOverHttp(http, Errors.of(failure, headers), headers);
        HttpServerResponse response = http.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.headWritten()) {
            response.end();
            return;
        }
        response.setStatusCode(error.getHttpStatus().getCode());
        headers.getCorrelationId().ifPresent(id -> response.putHeader("correlation-id", id));
        error.getDittoHeaders().getETag().ifPresent(tag -> response.putHeader("ETag", tag.toString()));
        if (error.getDittoHeaders().didLiveChannelConditionMatch()) {
            describe(response, error.getDittoHeaders());
        }
        if (error.getHttpStatus().getCode() == 401) {
            response.putHeader("WWW-Authenticate", "Bearer");
        }
        if (error.getHttpStatus().getCode() == 304) {
            response.end();
        } else {
            response.putHeader("Content-Type", "application/json").end(error.toJsonString());
        }
    }

    /** What the protocol adapter finds wrong has other codes than what Ditto's HTTP routes find. */
    private static DittoRuntimeException asOverHttp(
            RoutingContext http, DittoRuntimeException error, DittoHeaders headers) {
        return switch (error.getErrorCode()) {
            case "protocoladapter:unknown.path", "protocoladapter:unknown.topicpath" ->
                PathException.notFound(http.request().path(), headers);
            case "json.format.invalid" ->
                new DittoJsonException(
                        JsonParseException.newBuilder()
                                .message(error.getMessage())
                                .build(),
                        headers);
            default -> error;
        };
    }

    void fail(Throwable failure) {
        sendError(http, failure, headers);
    }
}
