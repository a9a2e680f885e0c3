package org.voltwin.standalone.ditto;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonValue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that a thing answers itself, by their channel or by a condition. */
class LiveChannelIT {
    private static final String THING = "/api/2/things/org.test:bench";
    private static final String HOLDS =
            "live-channel-condition=" + URLEncoder.encode("eq(attributes/maker,'ACME')", StandardCharsets.UTF_8);

    @TempDir
    static Path folder;

    static RunningDitto ditto;
    static RunningDitto.Client alice;
    static RunningDitto.Client viewer;

    Frames device;

    @BeforeAll
    static void start() throws Exception {
        ditto = new RunningDitto(folder);
        alice = ditto.as("alice");
        viewer = ditto.as("bob");
        alice.put(THING, """
                {"attributes":{"maker":"ACME","secret":1},"features":{"f":{"properties":{"u":3.7}}},
                 "_policy":{"entries":{
                  "o":{"subjects":{"test:alice":{"type":"u"}},"resources":{
                   "policy:/":{"grant":["READ","WRITE"],"revoke":[]},"thing:/":{"grant":["READ","WRITE"],"revoke":[]},
                   "message:/":{"grant":["READ","WRITE"],"revoke":[]}}},
                  "v":{"subjects":{"test:bob":{"type":"u"}},"resources":{
                   "thing:/attributes/maker":{"grant":["READ"],"revoke":[]}}}}}}""");
    }

    @AfterAll
    static void stop() throws Exception {
        ditto.close();
    }

    @BeforeEach
    void connect() throws Exception {
        device = Frames.open(ditto, alice.token());
        device.send("START-SEND-LIVE-COMMANDS");
        assertThat(device.next()).isEqualTo("START-SEND-LIVE-COMMANDS:ACK");
    }

    @AfterEach
    void disconnect() {
        device.socket.abort();
    }

    private static CompletableFuture<RunningDitto.Answer> get(RunningDitto.Client who, String pathAndQuery) {
        return CompletableFuture.supplyAsync(() -> who.get(THING + pathAndQuery));
    }

    /** The answer to a command: its own envelope with status and value. */
    private void answer(JsonObject command, int status, JsonValue value) {
        JsonObject done = command.setValue("status", status);
        device.send((value == null ? done.remove("value") : done.setValue("value", value)).toString());
    }

    @Test
    void aCommandOverTheLiveChannelIsAnsweredByTheDevice() throws Exception {
        var modified = CompletableFuture.supplyAsync(
                () -> alice.put(THING + "/attributes/maker?channel=live&timeout=5", "\"other\""));
        JsonObject command = device.nextJson();
        assertThat(command.getValue("topic").orElseThrow().asString())
                .isEqualTo("org.test/bench/things/live/commands/modify");
        assertThat(command.getValue("headers/channel").orElseThrow().asString()).isEqualTo("live");
        answer(command, 204, null);
        assertThat(modified.get(5, TimeUnit.SECONDS).status()).isEqualTo(204);

        var read = get(alice, "/attributes?channel=live&timeout=5");
        answer(device.nextJson(), 200, JsonObject.of("{\"maker\":\"live\"}"));
        assertThat(read.get(5, TimeUnit.SECONDS).body()).isEqualTo("{\"maker\":\"live\"}");
        assertThat(read.get().header("channel")).isEqualTo("live");
        assertThat(read.get().header("ditto-originator")).isEqualTo("test:alice");
        assertThat(alice.get(THING + "/attributes/maker").body()).isEqualTo("\"ACME\"");
        assertThat(alice.put(THING + "/attributes/maker?channel=live&response-required=false", "1")
                        .status())
                .isEqualTo(202);
        assertThat(device.nextJson().getValue("path").orElseThrow().asString()).isEqualTo("/attributes/maker");
        assertThat(alice.post("/api/2/things?channel=live", "{}").error()).isEqualTo("things:thing.notcreatable");
    }

    @Test
    void theDevicesErrorsAreHandedOnAndWrongAnswersNot() throws Exception {
        var refused = CompletableFuture.supplyAsync(
                () -> alice.put(THING + "/attributes/maker?channel=live&timeout=5", "\"other\""));
        JsonObject command = device.nextJson();
        device.send(command.setValue("topic", "org.test/bench/things/live/errors")
                .setValue("path", "/")
                .setValue("status", 429)
                .setValue("value", JsonObject.of("""
                        {"status":429,"error":"device:busy","message":"Busy."}"""))
                .toString());
        assertThat(refused.get(5, TimeUnit.SECONDS).status()).isEqualTo(429);

        var wrong = CompletableFuture.supplyAsync(
                () -> alice.put(THING + "/attributes/maker?channel=live&timeout=1", "\"other\""));
        JsonObject asked = device.nextJson();
        answer(
                asked.setValue("topic", "org.test/bench/things/live/commands/retrieve")
                        .setValue("path", "/"),
                200,
                JsonObject.of("{\"thingId\":\"org.test:bench\"}"));
        assertThat(wrong.get(5, TimeUnit.SECONDS).status()).isEqualTo(408);
        assertThat(wrong.get().body())
                .contains("Type of live response <things.responses:retrieveThing> is not related to type of command"
                        + " <things.commands:modifyAttribute>.");
    }

    @Test
    void theConditionDecidesBetweenDeviceAndTwin() throws Exception {
        var live = get(alice, "/attributes/maker?timeout=5&" + HOLDS);
        answer(device.nextJson(), 200, JsonValue.of("live"));
        assertThat(live.get(5, TimeUnit.SECONDS).body()).isEqualTo("\"live\"");
        assertThat(live.get().header("live-channel-condition-matched")).isEqualTo("true");
        assertThat(live.get().header("channel")).isEqualTo("live");
        assertThat(live.get().header("response-required")).isEqualTo("false");

        var twin = alice.get(THING + "/attributes/maker?live-channel-condition=eq(attributes/maker,%22other%22)");
        assertThat(twin.body()).isEqualTo("\"ACME\"");
        assertThat(twin.header("live-channel-condition-matched")).isEqualTo("false");
        assertThat(twin.header("channel")).isEqualTo("twin");

        assertThat(alice.put(THING + "/attributes/maker?" + HOLDS, "1").error())
                .isEqualTo("things:live.channelcondition.notallowed");
        assertThat(ditto.as("eve").get(THING + "?" + HOLDS).status()).isEqualTo(412);
    }

    @Test
    void aDeviceThatDoesNotAnswerIsReplacedByTheTwinWhenAskedFor() throws Exception {
        var failing = alice.get(THING + "?timeout=300ms&live-channel-timeout-strategy=fail&" + HOLDS);
        assertThat(failing.status()).isEqualTo(408);
        assertThat(failing.header("channel")).isEqualTo("live");
        assertThat(failing.header("live-channel-condition-matched")).isEqualTo("true");
        var twin = alice.get(THING + "/attributes/maker?timeout=300ms&live-channel-timeout-strategy=use-twin&" + HOLDS);
        assertThat(twin.body()).isEqualTo("\"ACME\"");
        assertThat(twin.header("channel")).isEqualTo("twin");
        assertThat(twin.header("live-channel-condition-matched")).isEqualTo("true");
        var explicit = alice.get(
                THING + "/attributes/maker?channel=live&timeout=300ms&live-channel-timeout-strategy=use-twin");
        assertThat(explicit.status()).isEqualTo(200);
        assertThat(explicit.header("channel")).isEqualTo("twin");
    }

    @Test
    void whatADeviceSaysIsCutToWhatTheAskingOneMayRead() throws Exception {
        var seen = get(viewer, "?timeout=5&" + HOLDS);
        answer(device.nextJson(), 200, JsonObject.of("""
                {"thingId":"org.test:bench","attributes":{"maker":"live","secret":42}}"""));

        assertThat(seen.get(5, TimeUnit.SECONDS).object())
                .isEqualTo(JsonObject.of("{\"thingId\":\"org.test:bench\",\"attributes\":{\"maker\":\"live\"}}"));
        assertThat(ditto.as("eve").get(THING + "?channel=live&timeout=1").status())
                .isEqualTo(404);
    }

    @Test
    void sessionsAskAndAnswerEachOther() throws Exception {
        Frames asking = Frames.open(ditto, alice.token());
        asking.send("""
                {"topic":"org.test/bench/things/live/commands/retrieve","headers":{"correlation-id":"w1","timeout":"5s"},
                 "path":"/features/f/properties/u"}""");
        answer(device.nextJson(), 200, JsonValue.of(4.1));
        JsonObject response = asking.nextJson();
        assertThat(response.getValue("value").orElseThrow().asDouble()).isEqualTo(4.1);
        assertThat(response.getValue("headers/correlation-id").orElseThrow().asString())
                .isEqualTo("w1");

        asking.send("START-SEND-LIVE-EVENTS");
        asking.next();
        device.send("""
                {"topic":"org.test/bench/things/live/events/modified","headers":{"correlation-id":"w2"},
                 "path":"/features/f/properties/u","value":4.2}""");
        assertThat(asking.nextJson().getValue("value").orElseThrow().asDouble()).isEqualTo(4.2);
        asking.socket.abort();
    }
}
