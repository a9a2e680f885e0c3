package org.voltwin.lims.request;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.voltwin.lims.database.LimsDatabase;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.http.Changes;
import org.voltwin.model.http.Endpoint;
import org.voltwin.model.http.Live;
import org.voltwin.model.http.Reply;
import org.voltwin.model.http.Request;
import org.voltwin.model.http.Role;
import org.voltwin.model.json.Json;
import org.voltwin.model.run.TestRequest;

/** Requests over HTTP. */
final class RequestEndpoints {
    private static final Set<Role> READERS =
            Set.of(Role.VIEWER, Role.TEST_ENGINEER, Role.MODEL_AUTHOR, Role.LAB_ADMIN, Role.SERVICE);
    private static final Set<Role> REQUESTERS = Set.of(Role.TEST_ENGINEER, Role.LAB_ADMIN);
    private static final String ONE = "/api/requests/{uuid}";

    private final LimsDatabase database;
    private final RequestDesk desk;
    private final Changes<UUID> changes;

    /** @param changes told of every request that is new or has moved */
    RequestEndpoints(LimsDatabase database, RequestDesk desk, Changes<UUID> changes) {
        this.database = database;
        this.desk = desk;
        this.changes = changes;
    }

    List<Endpoint> endpoints() {
        return List.of(
                new Endpoint("POST", "/api/requests", false, REQUESTERS, "Files a request for a test.", this::file),
                new Endpoint("GET", "/api/requests", false, READERS, "All requests, newest first.", this::list),
                new Endpoint("GET", "/api/requests", true, READERS, "Requests as they change.", this::listEvents),
                new Endpoint("GET", ONE, true, READERS, "One request as it changes.", this::findEvents),
                new Endpoint("GET", ONE, false, READERS, "One request, by uuid or number.", this::find),
                new Endpoint("DELETE", ONE, false, REQUESTERS, "Cancels a request.", this::cancel));
    }

    private Reply file(Request request) {
        TestRequest filed = desk.file(request.body(), request.caller()).orThrow();
        ObjectNode body = Json.mapper()
                .createObjectNode()
                .put("uuid", filed.uuid().toString())
                .put("id", filed.number());
        return new Reply.Document(201, body);
    }

    private Reply list(Request request) {
        int page = request.queryInt("page", 0, 0, 1_000_000);
        int size = request.queryInt("size", 200, 1, 1000);
        ObjectNode body = Json.mapper().createObjectNode();
        ArrayNode items = body.putArray("items");
        int total = database.inTransaction(c -> {
            RequestRegister.list(c, page * size, size).forEach(row -> items.add(row.toJson()));
            return RequestRegister.count(c);
        });
        return Reply.ok(body.put("total", total).put("page", page).put("size", size));
    }

    private Reply listEvents(Request request) {
        int size = request.queryInt("size", 200, 1, 1000);
        return new Reply.Events(new Live(sink -> {
            Runnable end = changes.listen(uuid -> offer(sink, uuid));
            database.inTransaction(c -> RequestRegister.list(c, 0, size))
                    .reversed()
                    .forEach(row -> offer(sink, row.uuid()));
            return end;
        }));
    }

    private Reply findEvents(Request request) {
        UUID wanted = row(request.path("uuid")).uuid();
        return new Reply.Events(new Live(sink -> {
            Runnable end = changes.listen(uuid -> {
                if (uuid.equals(wanted)) {
                    offer(sink, uuid);
                }
            });
            offer(sink, wanted);
            return end;
        }));
    }

    /** The row is read when it is sent. */
    private void offer(Live.Sink sink, UUID uuid) {
        sink.changed(
                uuid.toString(),
                () -> database.inTransaction(c -> RequestRegister.find(c, uuid))
                        .map(row -> new Reply.Event("request", row.toJson())));
    }

    private Reply find(Request request) {
        return Reply.ok(row(request.path("uuid")).toJson());
    }

    private Reply cancel(Request request) {
        RequestRow row = row(request.path("uuid"));
        UUID uuid = desk.cancel(row.uuid(), request.caller()).orThrow();
        return new Reply.Document(
                202,
                Json.mapper().createObjectNode().put("uuid", uuid.toString()).put("id", row.number()));
    }

    private RequestRow row(String key) {
        Optional<RequestRow> row = database.inTransaction(c -> {
            Optional<UUID> uuid = uuid(key);
            return uuid.isPresent() ? RequestRegister.find(c, uuid.get()) : RequestRegister.find(c, key);
        });
        return row.orElseThrow(() -> new RefusedException(RequestDesk.notFound(key)));
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
