package org.voltwin.config.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.config.DittoApi;
import org.voltwin.config.people.PeopleDirectory;
import org.voltwin.config.people.Person;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.http.Caller;
import org.voltwin.model.http.Endpoint;
import org.voltwin.model.http.Reply;
import org.voltwin.model.http.Request;
import org.voltwin.model.http.Role;
import org.voltwin.model.json.Json;

/** Policy administration over HTTP: for the role lab-admin only. */
public final class PolicyEndpoints {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyEndpoints.class);
    private static final Set<Role> ADMINISTRATORS = Set.of(Role.LAB_ADMIN);
    private static final String ISSUER = "voltwin";
    private static final int MOST_PEOPLE = 100;
    private static final int USUAL_PEOPLE = 50;

    private final PolicyAdministration policies;
    private final PeopleDirectory people;

    public PolicyEndpoints(DittoApi ditto, PeopleDirectory people, Clock clock) {
        this.policies = new PolicyAdministration(new Policies(ditto, clock));
        this.people = people;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                endpoint("GET", "/api/policies", "Policies that are declared or rule a thing", this::list),
                endpoint("POST", "/api/policies", "Creates a policy out of a template", this::create),
                endpoint("GET", "/api/policy-templates", "Templates of policies", request -> templates()),
                endpoint("GET", "/api/policies/{id}", "A policy, and what each subject may do under it", this::detail),
                endpoint(
                        "PUT", "/api/policies/{id}", "Changes a policy whose revision is still the same", this::change),
                endpoint(
                        "GET",
                        "/api/policies/{id}/access",
                        "What a subject or person may do with a resource, and the entries that say so",
                        request -> access(request, request.path("id"))),
                endpoint(
                        "POST",
                        "/api/policies/{id}/preview",
                        "Who would gain and lose what if the policy became this one",
                        this::preview),
                endpoint(
                        "GET",
                        "/api/things/{id}/access",
                        "What a subject or person may do with a thing, and the entries that say so",
                        request -> access(request, policies.ofThing(request.path("id")))),
                endpoint("GET", "/api/people", "People with their groups and roles", this::people));
    }

    private static Endpoint endpoint(String method, String path, String summary, Endpoint.Action action) {
        return new Endpoint(method, path, false, ADMINISTRATORS, summary, action);
    }

    private Reply list(Request request) {
        ObjectNode document = Json.mapper().createObjectNode();
        document.set("policies", Json.tree(policies.list()));
        return Reply.ok(document);
    }

    private static Reply templates() {
        ObjectNode document = Json.mapper().createObjectNode();
        document.set("templates", Json.tree(Template.all()));
        return Reply.ok(document);
    }

    private Reply detail(Request request) {
        return Reply.ok(Json.tree(policies.detail(request.path("id"), subjects(request.caller()))));
    }

    private Reply preview(Request request) {
        ObjectNode document = Json.mapper().createObjectNode();
        document.set("shifts", Json.tree(policies.preview(request.path("id"), object(body(request), "policy"))));
        return Reply.ok(document);
    }

    private Reply change(Request request) {
        JsonNode body = body(request);
        if (!body.path("revision").canConvertToLong()) {
            throw wrong("revision", "the number that GET gave");
        }
        String id = request.path("id");
        policies.change(id, object(body, "policy"), body.path("revision").asLong(), subjects(request.caller()));
        LOG.info("{} changed the policy {}", request.caller().name(), id);
        return detail(request);
    }

    private Reply create(Request request) {
        JsonNode body = body(request);
        String id = body.path("policyId").asText("");
        if (!id.matches("[a-zA-Z][a-zA-Z0-9.-]*:[a-zA-Z0-9._-]+")) {
            throw wrong("policyId", "a namespace and a name such as org.voltwin:owner-acme");
        }
        Map<String, String> values = new TreeMap<>();
        body.path("parameters")
                .properties()
                .forEach(value -> values.put(value.getKey(), value.getValue().asText()));
        policies.create(id, Template.named(body.path("template").asText("")).filled(values));
        LOG.info("{} created the policy {}", request.caller().name(), id);
        return new Reply.Document(201, Json.tree(policies.detail(id, subjects(request.caller()))));
    }

    private Reply access(Request request, String policy) {
        String resource = request.query("resource").orElse("thing:/");
        if (!resource.matches("(thing|policy|message):/.*")) {
            throw wrong("resource", "a path with its type such as thing:/features/electrical");
        }
        return Reply.ok(Json.tree(policies.access(policy, asked(request), resource)));
    }

    /** The subjects that are asked about: given by name, or those of a person. */
    private List<String> asked(Request request) {
        Optional<String> person = request.query("person");
        if (person.isPresent()) {
            return people.named(person.get())
                    .map(found -> found.subjects(ISSUER))
                    .orElseThrow(() -> new RefusedException(Failure.permanent(
                            "people.not_found",
                            "There is nobody with the user name '" + person.get() + "'.",
                            "Take one that /api/people lists.")));
        }
        List<String> subjects = request.query().getOrDefault("subject", List.of());
        if (subjects.isEmpty()) {
            throw wrong("subject", "a subject such as voltwin:viewer, or person with a user name");
        }
        return subjects;
    }

    private Reply people(Request request) {
        int first = request.queryInt("first", 0, 0, Integer.MAX_VALUE);
        int most = request.queryInt("max", USUAL_PEOPLE, 1, MOST_PEOPLE);
        List<Person> found = people.find(request.query("search"), first, most);
        ObjectNode document = Json.mapper().createObjectNode();
        document.set("people", Json.tree(found));
        return Reply.ok(document);
    }

    private static List<String> subjects(Caller caller) {
        List<String> roles = caller.roles().stream().map(Role::id).sorted().toList();
        return Person.subjects(ISSUER, caller.subject(), roles);
    }

    private static JsonNode body(Request request) {
        return Json.read(request.body(), JsonNode.class).orThrow();
    }

    private static ObjectNode object(JsonNode body, String field) {
        if (body.path(field) instanceof ObjectNode object) {
            return object;
        }
        throw wrong(field, "a JSON object as GET gives it");
    }

    private static RefusedException wrong(String field, String wanted) {
        return new RefusedException(Failure.permanent(
                "policy.wrong_request", "The field " + field + " is missing or wrong.", "Give " + wanted + "."));
    }
}
