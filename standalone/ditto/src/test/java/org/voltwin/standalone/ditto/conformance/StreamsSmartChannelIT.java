package org.voltwin.standalone.ditto.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.things.model.signals.commands.query.RetrieveAttribute;
import org.eclipse.ditto.things.model.signals.commands.query.RetrieveAttributeResponse;
import org.eclipse.ditto.things.model.signals.commands.query.RetrieveThing;
import org.eclipse.ditto.things.model.signals.commands.query.RetrieveThingResponse;
import org.junit.jupiter.api.Test;
import org.voltwin.standalone.ditto.RunningDitto;

/** Queries over HTTP that ask the device if a condition holds, and the twin otherwise. */
class StreamsSmartChannelIT extends LiveDevice {
    private static final String MATCHES = "eq(attributes/manufacturer,'ACME')";
    private static final String DOES_NOT_MATCH = "eq(attributes/foo,'bar')";
    private static final String IN_TIME = "20s";
    private static final String LATE = "1s";

    private RunningDitto.Answer conditional(
            String below, String condition, String strategy, String user, String timeout) {
        return ditto.running()
                .send(
                        "GET",
                        path + below + "?live-channel-condition="
                                + java.net.URLEncoder.encode(condition, java.nio.charset.StandardCharsets.UTF_8),
                        null,
                        ditto.token(user),
                        "correlation-id",
                        correlationId,
                        "Content-Type",
                        "application/json",
                        "response-required",
                        "true",
                        "timeout",
                        timeout,
                        "live-channel-timeout-strategy",
                        strategy);
    }

    private void assertAnswer(RunningDitto.Answer answer, int status, String channel, boolean matched) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.header("response-required")).isEqualTo("false");
        assertThat(answer.header("live-channel-condition-matched")).isEqualTo(String.valueOf(matched));
        assertThat(answer.header("channel")).isEqualTo(channel);
        assertThat(answer.header("correlation-id")).isEqualTo(correlationId);
    }

    @Test
    void aConditionThatHoldsAsksTheDevice() throws Exception {
        JsonObject live =
                JsonObject.of("{\"thingId\":\"" + thingId + "\",\"attributes\":{\"manufacturer\":\"live-ACME\"}}");
        answering(RetrieveThing.class, command -> RetrieveThingResponse.of(thingId, live, command.getDittoHeaders()));
        var answer = conditional("", MATCHES, "fail", "first", IN_TIME);
        assertAnswer(answer, 200, "live", true);
        assertThat(answer.object()).isEqualTo(live);
        assertThat(answer.header("ditto-originator")).isEqualTo("ditto:device");

        answering(
                RetrieveAttribute.class,
                command -> RetrieveAttributeResponse.of(
                        thingId, command.getAttributePointer(), JsonValue.of("live-ACME"), command.getDittoHeaders()));
        var attribute = conditional("/attributes/manufacturer", MATCHES, "fail", "first", IN_TIME);
        assertAnswer(attribute, 200, "live", true);
        assertThat(attribute.body()).isEqualTo("\"live-ACME\"");
        assertThat(attribute.header("ditto-originator")).isEqualTo("ditto:device");
    }

    @Test
    void aConditionThatDoesNotHoldAsksTheTwin() {
        var answer = conditional("/attributes/manufacturer", DOES_NOT_MATCH, "fail", "first", IN_TIME);
        assertAnswer(answer, 200, "twin", false);
        assertThat(answer.body()).isEqualTo("\"ACME\"");
        assertThat(device.waiting()).isEmpty();
    }

    @Test
    void aConditionThatHoldsIsToldWhenTheDeviceIsLateOrWrong() throws Exception {
        assertAnswer(conditional("", MATCHES, "fail", "first", LATE), 408, "live", true);
        device.next(RetrieveThing.class);
        assertAnswer(conditional("/attributes/manufacturer", MATCHES, "fail", "first", LATE), 408, "live", true);
        device.next(RetrieveAttribute.class);
        device.on(command -> device.emit(RetrieveAttributeResponse.of(
                thingId, JsonPointer.of("manufacturer"), JsonValue.of("wrong"), command.getDittoHeaders())));
        assertAnswer(conditional("/features/Vehicle", MATCHES, "fail", "first", LATE), 408, "live", true);
    }

    @Test
    void theTwinAnswersForALateDevice() throws Exception {
        var answer = conditional("", MATCHES, "use-twin", "first", LATE);
        assertAnswer(answer, 200, "twin", true);
        assertThat(answer.object()).isEqualTo(thing);
        device.next(RetrieveThing.class);
        var attribute = conditional("/attributes/manufacturer", MATCHES, "use-twin", "first", LATE);
        assertAnswer(attribute, 200, "twin", true);
        assertThat(attribute.body()).isEqualTo("\"ACME\"");
    }

    @Test
    void conditionsAndAnswersRespectThePolicy() throws Exception {
        var nothing = conditional("", MATCHES, "fail", "stranger", IN_TIME);
        assertThat(nothing.status()).isEqualTo(412);
        assertThat(nothing.header("content-type")).isEqualTo("application/json");
        assertThat(nothing.header("correlation-id")).isEqualTo(correlationId);

        put(StreamsPolicies.grant(StreamsPolicies.of("all", "first"), "all", "device")
                .forLabel("http")
                .setSubject(StreamsPolicies.subject("guest"))
                .setGrantedPermissions("thing", "/attributes/manufacturer", "READ")
                .build());
        JsonObject live = JsonObject.of(
                "{\"thingId\":\"" + thingId + "\",\"attributes\":{\"manufacturer\":\"live-ACME\",\"hidden\":42}}");
        answering(RetrieveThing.class, command -> RetrieveThingResponse.of(thingId, live, command.getDittoHeaders()));
        var part = conditional("", MATCHES, "fail", "guest", IN_TIME);
        assertThat(part.status()).isEqualTo(200);
        assertThat(part.header("live-channel-condition-matched")).isEqualTo("true");
        assertThat(part.header("channel")).isEqualTo("live");
        assertThat(part.header("ditto-originator")).isEqualTo("ditto:device");
        assertThat(part.object()).isEqualTo(live.remove(JsonPointer.of("attributes/hidden")));

        put(StreamsPolicies.grant(StreamsPolicies.of("all", "first"), "all", "device")
                .forLabel("http")
                .setSubject(StreamsPolicies.subject("guest"))
                .setGrantedPermissions("thing", "/", "READ", "WRITE")
                .setRevokedPermissions("thing", "/attributes/manufacturer", "READ")
                .build());
        assertThat(conditional("", MATCHES, "fail", "guest", IN_TIME).status()).isEqualTo(412);
    }
}
