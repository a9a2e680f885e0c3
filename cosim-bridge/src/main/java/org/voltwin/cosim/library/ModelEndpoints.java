package org.voltwin.cosim.library;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.voltwin.cosim.library.AuditLog.Entry;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.http.Endpoint;
import org.voltwin.model.http.Live;
import org.voltwin.model.http.Reply;
import org.voltwin.model.http.Request;
import org.voltwin.model.json.Json;

/** The models exchange over HTTP: browse and download for all, upload and delete for those who make models. */
public final class ModelEndpoints {
    private final Exchange exchange;
    private final ModelsFolder models;

    public ModelEndpoints(Exchange exchange) {
        this.exchange = exchange;
        this.models = exchange.models();
    }

    public List<Endpoint> endpoints() {
        return List.of(
                new Endpoint(
                        "GET",
                        "/api/models",
                        false,
                        Exchange.READERS,
                        "The top folders of the models exchange.",
                        this::top),
                new Endpoint(
                        "GET",
                        "/api/models",
                        true,
                        Exchange.READERS,
                        "Who changes what in the models exchange, live.",
                        request -> new Reply.Events(live())),
                new Endpoint(
                        "GET",
                        "/api/models/{path*}",
                        false,
                        Exchange.READERS,
                        "A folder's listing, or a file, of the models exchange.",
                        this::get),
                new Endpoint(
                        "PUT",
                        "/api/models/{path*}",
                        false,
                        Exchange.WRITERS,
                        "Uploads an FMU or a connections file; it is checked first.",
                        this::put),
                new Endpoint(
                        "DELETE",
                        "/api/models/{path*}",
                        false,
                        Exchange.WRITERS,
                        "Deletes a file of the exchange.",
                        this::delete));
    }

    private Reply top(Request request) throws IOException {
        return listing(models.resolve(""));
    }

    private Reply get(Request request) throws IOException {
        Path path = models.resolve(request.path("path"));
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            return listing(path);
        }
        exchange.get(request.caller(), Door.WEB, request.path("path"));
        String name = String.valueOf(path.getFileName());
        String type = name.endsWith(".json") ? "application/json" : "application/octet-stream";
        return new Reply.Content(type, name, Files.readAllBytes(path));
    }

    private Reply listing(Path folder) throws IOException {
        ObjectNode body = Json.mapper().createObjectNode();
        body.put("path", models.relative(folder));
        ArrayNode items = body.putArray("items");
        List<Path> children;
        try (Stream<Path> all = Files.list(folder)) {
            children = all.filter(child -> !child.toString().endsWith(".part"))
                    .sorted()
                    .toList();
        }
        for (Path child : children) {
            ObjectNode item = items.addObject();
            boolean isFolder = Files.isDirectory(child);
            item.put("name", String.valueOf(child.getFileName()));
            item.put("path", models.relative(child));
            item.put("type", isFolder ? "folder" : "file");
            item.put("modifiedAt", Files.getLastModifiedTime(child).toInstant().toString());
            if (!isFolder) {
                item.put("sizeBytes", Files.size(child));
                item.put("sha256", ModelsFolder.sha256(child));
                if (child.toString().toLowerCase(Locale.ROOT).endsWith(".fmu")) {
                    ObjectNode facts = item.putObject("fmu");
                    FmuFacts.of(child).forEach(facts::put);
                }
            }
        }
        return Reply.ok(body);
    }

    private Reply put(Request request) throws IOException {
        Path content = Files.createTempFile("voltwin-upload-", ".content");
        try {
            Files.write(content, request.body());
            return switch (exchange.put(request.caller(), Door.WEB, request.path("path"), content)) {
                case Outcome.Refused<Exchange.Stored> refused -> new Reply.Problem(400, refused.failure());
                case Outcome.Ok<Exchange.Stored> ok -> {
                    ObjectNode body = Json.mapper().createObjectNode();
                    body.put("path", ok.value().path());
                    body.put("sha256", ok.value().sha256());
                    yield new Reply.Document(ok.value().replaced() ? 200 : 201, body);
                }
            };
        } finally {
            Files.delete(content);
        }
    }

    private Reply delete(Request request) throws IOException {
        return switch (exchange.delete(request.caller(), Door.WEB, request.path("path"))) {
            case Outcome.Refused<Entry> refused -> new Reply.Problem(403, refused.failure());
            case Outcome.Ok<Entry> ok -> new Reply.Empty();
        };
    }

    /** First what is there already, so that a client that was away asks again; then every change. */
    private Live live() {
        return new Live(sink -> {
            sink.changed(
                    "",
                    () -> Optional.of(new Reply.Event("connected", Json.mapper().createObjectNode())));
            return exchange.changes()
                    .listen(entry ->
                            sink.changed(entry.path(), () -> Optional.of(new Reply.Event("model", Json.tree(entry)))));
        });
    }
}
