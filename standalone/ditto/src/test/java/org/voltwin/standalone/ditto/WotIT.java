package org.voltwin.standalone.ditto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonValue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Things whose definition is the URL of a Thing Model in a local folder. */
class WotIT {
    private static final String MODELS = "https://models.example.org/wot/";
    private static final String LAMP = MODELS + "lamp-1.0.0.tm.jsonld";

    @TempDir
    static Path folder;

    private static RunningDitto ditto;
    private static RunningDitto.Client alice;

    @BeforeAll
    static void start() throws Exception {
        Path models = Files.createDirectories(folder.resolve("models"));
        model(models, "base", """
                {"@type":"tm:ThingModel","properties":{"maker":{"type":"string","default":"ACME"}}}""");
        model(models, "lamp", """
                {"@type":"tm:ThingModel","version":{"model":"1.0.0"},
                 "links":[{"rel":"tm:extends","href":"./base-1.0.0.tm.jsonld"},
                          {"rel":"tm:submodel","href":"./thermal-1.0.0.tm.jsonld","instanceName":"thermal"}],
                 "tm:optional":["/properties/note"],
                 "properties":{
                   "on":{"type":"boolean"},
                   "dimmer-level":{"type":"number","minimum":0.1,"maximum":1},
                   "color":{"type":"object","properties":{"r":{"type":"integer","minimum":0,"maximum":255}}},
                   "rate":{"ditto:category":"configuration","type":"integer","const":5},
                   "note":{"type":"string"}},
                 "actions":{"blink":{"input":{"type":"object","required":["times"],
                                              "properties":{"times":{"type":"integer","maximum":9}}},
                                     "output":{"type":"boolean"}},
                            "reset":{}},
                 "events":{"broken":{"data":{"type":"string"}}}}""");
        model(models, "thermal", """
                {"@type":"tm:ThingModel","properties":{
                  "temperatureCelsius":{"tm:ref":"parts-1.0.0.tm.jsonld#/properties/temperature","maximum":150}},
                 "actions":{"cool":{"input":{"type":"number"}}}}""");
        model(models, "parts", """
                {"@type":"tm:ThingModel","properties":{"temperature":{"type":"number","minimum":-50,"maximum":500}}}""");
        ditto = new RunningDitto(folder, "ditto.standalone.wot.models = {\"" + MODELS + "\" = \"" + models + "\"}\n");
        alice = ditto.as("alice");
    }

    private static void model(Path folder, String name, String json) throws IOException {
        Files.writeString(folder.resolve(name + "-1.0.0.tm.jsonld"), json);
    }

    @AfterAll
    static void stop() throws Exception {
        ditto.close();
    }

    private static RunningDitto.Answer create(String name, String attributes) {
        return alice.put(
                "/api/2/things/org.test:" + name,
                "{\"definition\":\"" + LAMP + "\",\"attributes\":" + attributes + "}");
    }

    @Test
    void aNewThingGetsWhatItsModelSaysAndKeepsWhatItBrings() {
        assertThat(create("lamp", "{\"on\":true}").status()).isEqualTo(201);

        JsonObject thing = alice.get("/api/2/things/org.test:lamp").object();
        assertThat(thing.getValue("attributes").orElseThrow()).isEqualTo(JsonObject.of("""
                {"on":true,"maker":"ACME","dimmer-level":0.1,"color":{"r":0},"configuration":{"rate":5}}"""));
        assertThat(thing.getValue("features/thermal").orElseThrow())
                .isEqualTo(JsonObject.of("{\"definition\":[\"" + MODELS
                        + "thermal-1.0.0.tm.jsonld\"],\"properties\":{\"temperatureCelsius\":0.0}}"));
    }

    @Test
    void aNewFeatureGetsWhatItsModelSays() {
        alice.put("/api/2/things/org.test:plain", "{}");

        alice.put(
                "/api/2/things/org.test:plain/features/cooler",
                "{\"definition\":[\"" + MODELS + "thermal-1.0.0.tm.jsonld\"]}");

        String properties = "/api/2/things/org.test:plain/features/cooler/properties";
        assertThat(alice.get(properties).body()).isEqualTo("{\"temperatureCelsius\":0.0}");
        assertThat(alice.put(properties + "/temperatureCelsius", "151").body())
                .contains("/features/cooler/properties/temperatureCelsius", "maximum value of 150");
        assertThat(alice.put(properties + "/other", "1").status()).isEqualTo(400);
        assertThat(alice.put(properties + "/temperatureCelsius", "15").status()).isEqualTo(204);
    }

    @Test
    void whatTheModelForbidsIsRefusedWithPathAndRule() {
        create("strict", "{}");
        String thing = "/api/2/things/org.test:strict";

        var tooMuch = alice.put(thing + "/attributes/dimmer-level", "1.5");
        assertThat(tooMuch.status()).isEqualTo(400);
        assertThat(tooMuch.error()).isEqualTo("wot:payload.validation.error");
        assertThat(tooMuch.body()).contains("\"/attributes/dimmer-level\":", "maximum value of 1");
        assertThat(alice.put(thing + "/features/thermal/properties/temperatureCelsius", "151")
                        .body())
                .contains("/features/thermal/properties/temperatureCelsius");
        assertThat(alice.put(thing + "/attributes/color/r", "256").body()).contains("/attributes/color/r");
        assertThat(alice.put(thing + "/attributes/other", "1").body())
                .contains("/attributes/other", "is not in the model");
        assertThat(alice.delete(thing + "/attributes/on").body()).contains("required and missing");
        assertThat(alice.delete(thing + "/features/thermal").status()).isEqualTo(400);
        assertThat(create("wrong", "{\"on\":\"yes\"}").status()).isEqualTo(400);
        assertThat(alice.get("/api/2/things/org.test:wrong").status()).isEqualTo(404);

        assertThat(alice.put(thing + "/attributes/dimmer-level", "0.5").status())
                .isEqualTo(204);
        assertThat(alice.put(thing + "/attributes/note", "\"n\"").status()).isEqualTo(201);
    }

    @Test
    void aThingMigratesToADefinitionWithWhatItBrings() {
        String thing = "/api/2/things/org.test:migrating";
        alice.put(thing, "{\"attributes\":{\"old\":1,\"maker\":\"Other\"}}");
        String migration =
                "{\"thingDefinitionUrl\":\"" + LAMP + "\",\"migrationPayload\":{\"attributes\":{\"old\":null,"
                        + "\"dimmer-level\":0.7,\"note\":\"n\"}},\"patchConditions\":{\"thing:/attributes/note\":"
                        + "\"eq(attributes/old,2)\"},\"initializeMissingPropertiesFromDefaults\":true}";

        var dryRun = alice.post(thing + "/migrateDefinition?dry-run=true", migration);
        assertThat(dryRun.status()).as(dryRun.body()).isEqualTo(202);
        assertThat(dryRun.body()).contains("\"mergeStatus\":\"DRY_RUN\"");
        assertThat(alice.get(thing + "/definition").status()).isEqualTo(404);

        var done = alice.post(thing + "/migrateDefinition", migration);
        assertThat(done.status()).isEqualTo(200);
        assertThat(done.object().getValue("patch/attributes").orElseThrow()).isEqualTo(JsonObject.of("""
                {"old":null,"on":false,"dimmer-level":0.7,"color":{"r":0},"configuration":{"rate":5}}"""));
        assertThat(alice.get(thing + "/attributes").object()).isEqualTo(JsonObject.of("""
                {"maker":"Other","on":false,"dimmer-level":0.7,"color":{"r":0},"configuration":{"rate":5}}"""));

        String breaking = "{\"thingDefinitionUrl\":\"" + LAMP
                + "\",\"migrationPayload\":{\"attributes\":{\"dimmer-level\":null}}}";
        assertThat(alice.post(thing + "/migrateDefinition", breaking).error())
                .isEqualTo("wot:payload.validation.error");
        assertThat(alice.post(thing + "/migrateDefinition", "{\"invalid\":1}").status())
                .isEqualTo(400);
        assertThat(alice.post("/api/2/things/org.test:nobody/migrateDefinition", migration)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aModelThatCannotBeHadChangesNothing() {
        String missing = MODELS + "missing-1.0.0.tm.jsonld";

        assertThat(alice.put("/api/2/things/org.test:free", "{\"definition\":\"" + missing + "\"}")
                        .status())
                .isEqualTo(201);
        assertThat(alice.put("/api/2/things/org.test:free/attributes", "{\"any\":1}")
                        .status())
                .isEqualTo(201);
        String outside = MODELS + "../../ditto.conf";
        assertThat(alice.put("/api/2/things/org.test:outside", "{\"definition\":\"" + outside + "\"}")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void aThingDescriptionHasWhatItsReaderMayUse() {
        String path = "/api/2/things/org.wot:described";
        alice.put(path, "{\"definition\":\"" + LAMP + "\",\"attributes\":{\"dimmer-level\":0.5}}");
        alice.put("/api/2/policies/org.wot:described/entries/B", """
                {"subjects":{"test:bob":{"type":"t"}},
                 "resources":{"thing:/attributes/on":{"grant":["READ"],"revoke":[]}}}""");

        var whole = alice.get(path, "Accept", "application/td+json");
        var part = ditto.as("bob").get(path, "Accept", "application/td+json").object();
        var feature = alice.get(path + "/features/thermal", "Accept", "application/td+json")
                .object();

        assertThat(whole.header("Content-Type")).startsWith("application/td+json");
        JsonObject td = whole.object();
        assertThat(td.getValue("id").orElseThrow().asString()).isEqualTo("urn:org.wot:described");
        assertThat(td.toString()).doesNotContain("tm:");
        assertThat(td.getValue("properties").orElseThrow().asObject().getKeys())
                .extracting(Object::toString)
                .contains("on", "dimmer-level", "color", "rate", "note");
        assertThat(td.getValue("properties/rate/forms").orElseThrow().toString())
                .contains("attributes/configuration/rate", "writeproperty");
        assertThat(td.getValue("links").orElseThrow().toString()).contains("features/thermal");
        assertThat(part.getValue("properties").orElseThrow().asObject().getKeys())
                .extracting(Object::toString)
                .containsExactly("on");
        assertThat(part.getValue("properties/on/forms").orElseThrow().toString())
                .doesNotContain("writeproperty");
        assertThat(feature.getValue("properties/temperatureCelsius/forms")
                        .orElseThrow()
                        .toString())
                .contains("properties/temperatureCelsius");
        assertThat(ditto.as("carol").get(path, "Accept", "application/td+json").status())
                .isEqualTo(404);
    }

    @Test
    void aWishOutsideTheModelIsRefused() {
        String path = "/api/2/things/org.wot:wish";
        alice.put(path, "{\"definition\":\"" + LAMP + "\",\"attributes\":{\"dimmer-level\":0.5}}");
        String wish = path + "/features/thermal/desiredProperties/temperatureCelsius";

        assertThat(alice.put(wish, "20").status()).isEqualTo(201);
        assertThat(alice.put(wish, "900").error()).isEqualTo("wot:payload.validation.error");
        assertThat(alice.put(path + "/features/thermal/desiredProperties/other", "1")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void messagesAreTheActionsAndEventsOfTheModel() throws Exception {
        String path = "/api/2/things/org.wot:messages";
        alice.put(path, "{\"definition\":\"" + LAMP + "\",\"attributes\":{\"dimmer-level\":0.5}}");

        assertThat(message(path + "/inbox/messages/blink", "{\"times\":3}").status())
                .isEqualTo(202);
        var tooOften = message(path + "/inbox/messages/blink", "{\"times\":10}");
        assertThat(tooOften.status()).isEqualTo(400);
        assertThat(tooOften.error()).isEqualTo("wot:payload.validation.error");
        assertThat(tooOften.body()).contains("/inbox/messages/blink/times", "maximum value of 9");
        assertThat(message(path + "/inbox/messages/reset", "1").status()).isEqualTo(202);
        assertThat(message(path + "/inbox/messages/dance", "1").body()).contains("<dance> is not in the model");
        assertThat(alice.post(path + "/inbox/messages/blink?timeout=0", "x", "Content-Type", "text/plain")
                        .body())
                .contains("not JSON");
        assertThat(message(path + "/outbox/messages/broken", "\"bulb\"").status())
                .isEqualTo(202);
        assertThat(message(path + "/outbox/messages/broken", "7").status()).isEqualTo(400);
        assertThat(message(path + "/features/thermal/inbox/messages/cool", "4.5")
                        .status())
                .isEqualTo(202);
        assertThat(message(path + "/features/thermal/inbox/messages/cool", "\"much\"")
                        .body())
                .contains("/features/thermal/inbox/messages/cool");
        String other = "/api/2/things/org.wot:own";
        alice.put(other, "{}");
        alice.put(other + "/features/cooler", "{\"definition\":[\"" + MODELS + "thermal-1.0.0.tm.jsonld\"]}");
        assertThat(message(other + "/features/cooler/inbox/messages/cool", "\"much\"")
                        .status())
                .isEqualTo(400);
        // Who may not send learns nothing of the model.
        assertThat(ditto.as("bob")
                        .post(path + "/inbox/messages/dance?timeout=0", "1", "Content-Type", "application/json")
                        .error())
                .isEqualTo("messages:send.notallowed");
    }

    private static RunningDitto.Answer message(String path, String payload) {
        return alice.post(path + "?timeout=0", payload, "Content-Type", "application/json");
    }

    @Test
    void anAnswerThatTheModelForbidsIsNotHandedOn() throws Exception {
        String path = "/api/2/things/org.wot:answers";
        alice.put(path, "{\"definition\":\"" + LAMP + "\",\"attributes\":{\"dimmer-level\":0.5}}");
        var device = Frames.open(ditto, alice.token());
        device.send("START-SEND-MESSAGES");
        assertThat(device.next()).isEqualTo("START-SEND-MESSAGES:ACK");

        assertThat(answered(path, device, JsonValue.of(true)).body()).isEqualTo("true");
        assertThat(answered(path, device, JsonValue.of("yes")).error()).isEqualTo("wot:payload.validation.error");
        device.socket.abort();
    }

    private static RunningDitto.Answer answered(String path, Frames device, JsonValue output) throws Exception {
        var answer = CompletableFuture.supplyAsync(() -> alice.post(
                path + "/inbox/messages/blink?timeout=5", "{\"times\":1}", "Content-Type", "application/json"));
        device.send(device.nextJson()
                .setValue("status", 200)
                .setValue("value", output)
                .toString());
        return answer.get(10, TimeUnit.SECONDS);
    }

    private static RunningDitto.Answer devops(String method, String path, String body) {
        String basic = java.util.Base64.getEncoder()
                .encodeToString("devops:devops-word".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return ditto.send(method, "/devops/wot/config" + path, body, null, "Authorization", "Basic " + basic);
    }

    @Test
    void whatIsCheckedCanBeChangedWhileRunning() throws Exception {
        String path = "/api/2/things/org.wot:dynamic";
        alice.put(path, "{\"definition\":\"" + LAMP + "\",\"attributes\":{\"dimmer-level\":0.5}}");
        assertThat(alice.put(path + "/attributes/foo", "1").status()).isEqualTo(400);

        assertThat(devops("GET", "", null).status()).isEqualTo(404);
        String whole = """
                {"enabled":true,"logWarningInsteadOfFailingApiCalls":false,
                 "thing":{"enforce":{"thingDescriptionModification":false,"attributes":true,"inboxMessagesInput":true,
                                     "inboxMessagesOutput":true,"outboxMessages":true},
                          "forbid":{"nonModeledInboxMessages":true,"nonModeledOutboxMessages":true}},
                 "feature":{"enforce":{"featureDescriptionModification":false,"presenceOfModeledFeatures":false},
                            "forbid":{"featureDescriptionDeletion":false,"nonModeledOutboxMessages":false}}}""";
        assertThat(devops("PUT", "", whole).status()).isEqualTo(201);
        assertThat(devops("GET", "", null).json()).isEqualTo(JsonObject.of(whole));
        assertThat(alice.put(path + "/attributes/foo", "1").status()).isEqualTo(400);
        assertThat(devops("PUT", "", "{\"enabled\":true,\"thing\":{\"enforce\":{\"attributes\":true}}}")
                        .status())
                .isEqualTo(204);
        assertThat(devops("PUT", "/dynamicConfigs/lamps", """
                {"scopeId":"lamps","validationContext":{"thingDefinitionPatterns":["^https://models.example.org/.*$"]},
                 "configOverrides":{"enabled":true,"logWarningInsteadOfFailingApiCalls":true}}""").status()).isEqualTo(204);
        ditto.restart();

        assertThat(devops("GET", "/dynamicConfigs/lamps", null).object().contains("configOverrides"))
                .isTrue();
        assertThat(devops("GET", "", null).body()).contains("dynamicConfig");
        assertThat(alice.put(path + "/attributes/foo", "1").status()).isEqualTo(201);
        assertThat(alice.delete(path + "/attributes/foo").status()).isEqualTo(204);
        assertThat(devops("DELETE", "/dynamicConfigs/lamps", null).status()).isEqualTo(204);
        assertThat(devops("GET", "/dynamicConfigs/lamps", null).status()).isEqualTo(404);
        assertThat(alice.put(path + "/attributes/foo", "1").status()).isEqualTo(400);
        assertThat(devops("DELETE", "", null).status()).isEqualTo(204);
        assertThat(devops("DELETE", "", null).status()).isEqualTo(404);
        assertThat(ditto.send("GET", "/devops/wot/config", null, null).status()).isEqualTo(401);
    }
}
