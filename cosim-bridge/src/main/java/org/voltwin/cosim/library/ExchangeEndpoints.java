package org.voltwin.cosim.library;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.http.Endpoint;
import org.voltwin.model.http.Reply;
import org.voltwin.model.http.Request;
import org.voltwin.model.json.Json;

/** What surrounds the models: the log, refused uploads, and the keys that people sign in with over SFTP. */
public final class ExchangeEndpoints {
    private static final int MOST_ENTRIES = 1000;
    private static final int USUAL_ENTRIES = 100;

    private final Exchange exchange;
    private final SftpKeys keys;

    public ExchangeEndpoints(Exchange exchange, SftpKeys keys) {
        this.exchange = exchange;
        this.keys = keys;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                new Endpoint(
                        "GET",
                        "/api/models/log",
                        false,
                        Exchange.READERS,
                        "Who did what, when, in the models exchange, the newest first (?who&did&path&sha256&limit).",
                        this::log),
                new Endpoint(
                        "GET",
                        "/api/models/refused",
                        false,
                        Exchange.READERS,
                        "Uploads that were refused, with the reason.",
                        request -> Reply.ok(items("items", exchange.refused().list()))),
                new Endpoint(
                        "GET",
                        "/api/models/refused/{id}",
                        false,
                        Exchange.WRITERS,
                        "The content of a refused upload.",
                        this::refusedContent),
                new Endpoint(
                        "DELETE",
                        "/api/models/refused/{id}",
                        false,
                        Exchange.WRITERS,
                        "Throws a refused upload away.",
                        this::forget),
                new Endpoint(
                        "GET",
                        "/api/models/keys",
                        false,
                        Exchange.READERS,
                        "The caller's keys for SFTP.",
                        request -> Reply.ok(items("keys", keys.of(request.caller())))),
                new Endpoint(
                        "POST",
                        "/api/models/keys",
                        false,
                        Exchange.READERS,
                        "Adds a public key of the caller for SFTP: {\"key\": \"ssh-ed25519 AAAA... name\"}.",
                        this::addKey),
                new Endpoint(
                        "DELETE",
                        "/api/models/keys/{id}",
                        false,
                        Exchange.READERS,
                        "Removes a key of the caller, by its id.",
                        this::removeKey));
    }

    private Reply log(Request request) throws IOException {
        AuditLog.Question question = new AuditLog.Question(
                request.query("who"), request.query("did"), request.query("path"), request.query("sha256"));
        int most = request.queryInt("limit", USUAL_ENTRIES, 1, MOST_ENTRIES);
        return Reply.ok(items("entries", exchange.audit().newest(question, most)));
    }

    private Reply refusedContent(Request request) throws IOException {
        String id = request.path("id");
        var content = exchange.refused().content(id);
        if (content.isEmpty()) {
            return notFound(id);
        }
        return new Reply.Content("application/octet-stream", "refused-" + id, Files.readAllBytes(content.get()));
    }

    private Reply forget(Request request) throws IOException {
        String id = request.path("id");
        return exchange.refused().remove(id) ? new Reply.Empty() : notFound(id);
    }

    private Reply addKey(Request request) throws IOException {
        Optional<String> line = Json.read(request.body(), ObjectNode.class) instanceof Outcome.Ok<ObjectNode> ok
                ? Optional.of(ok.value().path("key").asText())
                : Optional.of(new String(request.body(), StandardCharsets.UTF_8));
        return switch (keys.add(request.caller(), line.orElse(""))) {
            case Outcome.Refused<SftpKeys.Key> refused -> new Reply.Problem(400, refused.failure());
            case Outcome.Ok<SftpKeys.Key> ok -> {
                exchange.audit()
                        .write(request.caller(), Door.WEB, "key", ok.value().fingerprint(), (String) null);
                yield new Reply.Document(201, Json.tree(ok.value()));
            }
        };
    }

    private Reply removeKey(Request request) throws IOException {
        String id = request.path("id");
        return keys.remove(request.caller(), id) ? new Reply.Empty() : notFound(id);
    }

    private static ObjectNode items(String name, List<?> items) {
        ObjectNode body = Json.mapper().createObjectNode();
        body.set(name, Json.tree(items));
        return body;
    }

    private static Reply notFound(String id) {
        return new Reply.Problem(
                404,
                Failure.permanent("models.not_found", "There is no '" + id + "' here.", "Look at the listing again."));
    }
}
