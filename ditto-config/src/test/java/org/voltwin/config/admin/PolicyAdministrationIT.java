package org.voltwin.config.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.config.DittoApi;
import org.voltwin.config.DittoConfiguration;
import org.voltwin.config.RunningDitto;
import org.voltwin.config.people.PeopleDirectory;
import org.voltwin.config.people.Person;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.http.Caller;
import org.voltwin.model.http.Endpoint;
import org.voltwin.model.http.Reply;
import org.voltwin.model.http.Request;
import org.voltwin.model.http.Role;
import org.voltwin.model.json.Json;

/** The endpoints over a real Ditto; what it enforces afterwards is asked of Ditto itself. */
class PolicyAdministrationIT {
    private static final Caller ADA = new Caller("1", "ada", Set.of(Role.LAB_ADMIN));
    private static final Caller ERIN = new Caller("2", "erin", Set.of(Role.TEST_ENGINEER));

    @TempDir
    static Path folder;

    private static RunningDitto running;
    private static DittoApi ditto;
    private static List<Endpoint> endpoints;

    @BeforeAll
    static void start() throws Exception {
        running = new RunningDitto(folder);
        DittoConfiguration.apply(running.address(), () -> running.token("service"), false)
                .orThrow();
        ditto = new DittoApi(running.address(), () -> "Bearer " + running.token("service"));
        endpoints = new PolicyEndpoints(ditto, new OnePerson(), Clock.systemUTC()).endpoints();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (running != null) {
            ditto.close();
            running.close();
        }
    }

    /** The realm of this test: Erin, a test engineer. */
    private static final class OnePerson implements PeopleDirectory {
        private static final Person ERIN =
                new Person("2", "erin", "Erin E.", true, List.of(), List.of("test-engineer"));

        @Override
        public List<Person> find(Optional<String> search, int first, int most) {
            return List.of(ERIN);
        }

        @Override
        public Optional<Person> named(String userName) {
            return userName.equals("erin") ? Optional.of(ERIN) : Optional.empty();
        }
    }

    private static JsonNode call(
            Caller caller, String method, String path, String id, Map<String, String> query, Object body)
            throws Exception {
        Endpoint endpoint = endpoints.stream()
                .filter(e -> e.method().equals(method) && e.path().equals(path))
                .findFirst()
                .orElseThrow();
        Map<String, List<String>> values = new java.util.TreeMap<>();
        query.forEach((name, value) -> values.put(name, List.of(value)));
        Reply reply = endpoint.action().perform(new Request(caller, Map.of("id", id), values, Json.bytes(body)));
        assertThat(reply).isInstanceOf(Reply.Document.class);
        return ((Reply.Document) reply).body();
    }

    private static JsonNode get(String path, String id, Map<String, String> query) throws Exception {
        return call(ADA, "GET", path, id, query, Map.of());
    }

    private static String code(org.assertj.core.api.ThrowableAssert.ThrowingCallable action) {
        var thrown = org.assertj.core.api.Assertions.catchThrowableOfType(RefusedException.class, action);
        assertThat(thrown).isNotNull();
        return thrown.failure().code();
    }

    private static ObjectNode changed(JsonNode detail, String entry, String subject, String resource, String right) {
        ObjectNode policy = (ObjectNode) detail.path("policy").deepCopy();
        ObjectNode added = policy.withObjectProperty("entries").putObject(entry);
        added.putObject("subjects").putObject(subject).put("type", "test");
        ObjectNode rights = added.putObject("resources").putObject(resource);
        rights.putArray("grant").add(right);
        rights.putArray("revoke");
        return policy;
    }

    @Test
    void whoMayDoWhatAndWhy() throws Exception {
        assertThat(get("/api/policies", "", Map.of()).toString())
                .contains("{\"policyId\":\"org.voltwin:lab\",\"things\":4,\"declared\":true}");
        JsonNode detail = get("/api/policies/{id}", "org.voltwin:lab", Map.of());
        assertThat(detail.path("mayChange").asBoolean()).isTrue();
        assertThat(detail.path("rights"))
                .contains(Json.tree(
                        Map.of("subject", "voltwin:viewer", "resource", "thing:/", "read", "ALL", "write", "NONE")));

        JsonNode erin = get(
                "/api/things/{id}/access",
                "org.voltwin:bench-virtual-01",
                Map.of("person", "erin", "resource", "thing:/attributes/speed"));
        assertThat(erin.at("/read/extent").asText()).isEqualTo("ALL");
        assertThat(erin.at("/read/because/0/entry").asText()).isEqualTo("test-engineer");
        assertThat(erin.at("/write/extent").asText()).isEqualTo("NONE");
        assertThat(code(() -> get("/api/things/{id}/access", "org.voltwin:none", Map.of("person", "erin"))))
                .isEqualTo("thing.not_found");
        assertThat(code(() -> get("/api/policies/{id}/access", "org.voltwin:lab", Map.of("person", "nobody"))))
                .isEqualTo("people.not_found");
        assertThat(code(() -> get("/api/policies/{id}", "org.voltwin:none", Map.of())))
                .isEqualTo("policy.not_found");
    }

    @Test
    void aChangeIsShownBeforeItIsMadeAndDittoEnforcesItAfterwards() throws Exception {
        String id = "org.voltwin:owner-change";
        JsonNode created = call(
                ADA,
                "POST",
                "/api/policies",
                "",
                Map.of(),
                Map.of("policyId", id, "template", "owned-unit", "parameters", Map.of("owner", "voltwin:acme-owner")));
        String thing = "/things/org.voltwin:cell-owned";
        ObjectNode cell = Json.mapper().createObjectNode().put("policyId", id);
        cell.putObject("attributes").put("serialNumber", "4711");
        ditto.put(thing, cell).orThrow();
        try (DittoApi guest = new DittoApi(running.address(), () -> "Bearer " + running.token("guest"))) {
            assertThat(guest.get(thing + "/attributes").orThrow()).isEmpty();

            ObjectNode wanted = changed(created, "guests", "voltwin:guest", "thing:/attributes", "READ");
            JsonNode shifts = call(ADA, "POST", "/api/policies/{id}/preview", id, Map.of(), Map.of("policy", wanted));
            assertThat(shifts.path("shifts"))
                    .contains(Json.tree(Map.of(
                            "subject",
                            "voltwin:guest",
                            "resource",
                            "thing:/attributes",
                            "permission",
                            "READ",
                            "before",
                            "NONE",
                            "after",
                            "ALL")));
            long revision = created.path("revision").asLong();
            Map<String, Object> body = Map.of("policy", wanted, "revision", revision);
            assertThat(code(() -> call(ERIN, "PUT", "/api/policies/{id}", id, Map.of(), body)))
                    .isEqualTo("policy.forbidden");
            JsonNode after = call(ADA, "PUT", "/api/policies/{id}", id, Map.of(), body);
            assertThat(after.path("revision").asLong()).isEqualTo(revision + 1);
            assertThat(code(() -> call(ADA, "PUT", "/api/policies/{id}", id, Map.of(), body)))
                    .isEqualTo("ditto.conflict");

            assertThat(guest.get(thing + "/attributes/serialNumber").orThrow())
                    .hasValueSatisfying(serial -> assertThat(serial.asText()).isEqualTo("4711"));
        }
    }

    @Test
    void passportTiersSeeTheirTierOnly() throws Exception {
        String id = "org.voltwin:passport";
        call(
                ADA,
                "POST",
                "/api/policies",
                "",
                Map.of(),
                Map.of(
                        "policyId",
                        id,
                        "template",
                        "battery-passport",
                        "parameters",
                        Map.of(
                                "owner", "voltwin:acme-owner",
                                "public", "voltwin:passport-public",
                                "interest", "voltwin:passport-interest",
                                "authorities", "voltwin:passport-authorities")));
        ObjectNode pack = Json.mapper().createObjectNode().put("policyId", id);
        ObjectNode features = pack.putObject("features");
        for (String feature : List.of("passport-public", "passport-interest", "passport-authorities", "electrical")) {
            features.putObject(feature).putObject("properties").put("x", 1);
        }
        ditto.put("/things/org.voltwin:pack-passport", pack).orThrow();

        assertThat(featuresSeenBy("passport-public")).containsExactly("passport-public");
        assertThat(featuresSeenBy("passport-interest"))
                .containsExactlyInAnyOrder("passport-public", "passport-interest");
        assertThat(featuresSeenBy("passport-authorities"))
                .containsExactlyInAnyOrder("passport-public", "passport-interest", "passport-authorities");
        assertThat(featuresSeenBy("viewer")).hasSize(4);
    }

    private static List<String> featuresSeenBy(String role) {
        try (DittoApi api = new DittoApi(running.address(), () -> "Bearer " + running.token(role))) {
            JsonNode features = api.get("/things/org.voltwin:pack-passport/features")
                    .orThrow()
                    .orElseThrow();
            return features.properties().stream().map(Map.Entry::getKey).toList();
        }
    }

    @Test
    void whatWouldBePutBackOrLockVoltwinOutIsRefused() throws Exception {
        JsonNode lab = get("/api/policies/{id}", "org.voltwin:lab", Map.of());
        ObjectNode broken = (ObjectNode) lab.path("policy").deepCopy();
        broken.withObjectProperty("entries").remove("viewer");
        assertThat(code(() -> call(
                        ADA,
                        "POST",
                        "/api/policies/{id}/preview",
                        "org.voltwin:lab",
                        Map.of(),
                        Map.of("policy", broken))))
                .isEqualTo("policy.declared_entry");

        ObjectNode alone = Template.named("owned-unit").filled(Map.of("owner", "voltwin:acme-owner"));
        alone.remove("imports");
        PolicyAdministration administration = new PolicyAdministration(new Policies(ditto, Clock.systemUTC()));
        assertThatThrownBy(() -> administration.create("org.voltwin:alone", alone))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.failure().code()).isEqualTo("policy.locks_out"));
    }
}
