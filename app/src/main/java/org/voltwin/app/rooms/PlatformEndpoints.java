package org.voltwin.app.rooms;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.voltwin.app.supervisor.ComponentState;
import org.voltwin.app.supervisor.ComponentStatus;
import org.voltwin.app.supervisor.PlatformStatus;
import org.voltwin.model.http.Endpoint;
import org.voltwin.model.http.Reply;
import org.voltwin.model.http.Request;
import org.voltwin.model.http.Role;
import org.voltwin.model.json.Json;

/** What app itself answers: the health of components, and who the caller is. */
final class PlatformEndpoints {
    private static final Set<Role> READERS =
            Set.of(Role.VIEWER, Role.TEST_ENGINEER, Role.MODEL_AUTHOR, Role.LAB_ADMIN, Role.SERVICE);

    private final Supplier<Optional<PlatformStatus>> status;
    private final Supplier<Map<String, Boolean>> connections;

    PlatformEndpoints(Supplier<Optional<PlatformStatus>> status, Supplier<Map<String, Boolean>> connections) {
        this.status = status;
        this.connections = connections;
    }

    List<Endpoint> endpoints() {
        return List.of(
                new Endpoint("GET", "/api/me", false, READERS, "Who the caller is", PlatformEndpoints::me),
                new Endpoint(
                        "GET",
                        "/api/health/components",
                        false,
                        READERS,
                        "Health of every component",
                        request -> Reply.ok(health())),
                new Endpoint(
                        "GET",
                        "/api/health/components",
                        true,
                        READERS,
                        "Health of every component, live",
                        request -> new Reply.Events(live())));
    }

    private static Reply me(Request request) {
        ObjectNode me =
                Json.mapper().createObjectNode().put("name", request.caller().name());
        ArrayNode roles = me.putArray("roles");
        request.caller().roles().stream().map(Role::id).sorted().forEach(roles::add);
        return Reply.ok(me);
    }

    private ObjectNode health() {
        ObjectNode document = Json.mapper().createObjectNode();
        ArrayNode components = document.putArray("components");
        status.get().map(PlatformStatus::components).orElse(List.of()).forEach(c -> components.add(component(c)));
        connections
                .get()
                .forEach((name, up) ->
                        components.addObject().put("name", "rooms to " + name).put("status", up ? "up" : "down"));
        return document;
    }

    private static ObjectNode component(ComponentStatus c) {
        String state = switch (c.state()) {
            case UP -> "up";
            case WAITING, STARTING -> "starting";
            case DOWN, FAILED, STOPPED -> "down";
        };
        ObjectNode node = Json.mapper()
                .createObjectNode()
                .put("name", c.name())
                .put("status", state)
                .put("since", c.since().toString())
                .put("address", c.address());
        String detail = c.state() == ComponentState.UP
                ? c.purpose() + ", " + c.residentMiB() + " MiB" + (c.restarts() > 0 ? ", restarts " + c.restarts() : "")
                : c.detail();
        return node.put("detail", detail);
    }

    private SubmissionPublisher<Reply.Event> live() {
        SubmissionPublisher<Reply.Event> publisher = new SubmissionPublisher<>();
        Thread.ofVirtual().name("health-events").start(() -> publish(publisher));
        return publisher;
    }

    /** A change is worth an event, and nothing else; ends when nobody listens any more. */
    private void publish(SubmissionPublisher<Reply.Event> publisher) {
        ObjectNode last = Json.mapper().createObjectNode();
        boolean joined = false;
        try (publisher) {
            for (int waited = 0; joined ? publisher.hasSubscribers() : waited < 10; waited++) {
                joined |= publisher.hasSubscribers();
                ObjectNode now = health();
                if (joined && !now.equals(last)) {
                    publisher.submit(new Reply.Event("health", now));
                    last = now;
                }
                TimeUnit.SECONDS.sleep(joined ? 2 : 1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
