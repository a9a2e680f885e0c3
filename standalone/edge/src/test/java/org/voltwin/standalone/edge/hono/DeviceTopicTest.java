package org.voltwin.standalone.edge.hono;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceTopicTest {

    @Test
    void shortAndLongNamesMeanTheSame() {
        assertThat(DeviceTopic.parse("t")).isEqualTo(DeviceTopic.parse("telemetry"));
        assertThat(DeviceTopic.parse("e")).isEqualTo(DeviceTopic.parse("event"));
        assertThat(DeviceTopic.parse("c///s/4711/200")).isEqualTo(DeviceTopic.parse("command///res/4711/200"));
    }

    @Test
    void aGatewayNamesTheDeviceItSpeaksFor() {
        assertThat(DeviceTopic.parse("telemetry/lab/org.voltwin:cell-SLPBA-01"))
                .isEqualTo(new DeviceTopic.Telemetry("lab", "org.voltwin:cell-SLPBA-01", Map.of()));
        assertThat(DeviceTopic.parse("event//org.voltwin:cell-1"))
                .isEqualTo(new DeviceTopic.Event(null, "org.voltwin:cell-1", Map.of()));
    }

    @Test
    void propertiesAreDecoded() {
        assertThat(DeviceTopic.parse("telemetry/?content-type=application%2Fvnd.voltwin.samples%2Bjson"))
                .isEqualTo(new DeviceTopic.Telemetry(
                        null, null, Map.of("content-type", "application/vnd.voltwin.samples+json")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "other",
                "telemetry/lab",
                "telemetry/lab/a/b",
                "command///req/1/200",
                "command///res/1/199",
                "command///res/1/600",
                "command///res/1/ok",
                "command///res/1"
            })
    void anythingElseIsUnknown(String topic) {
        assertThat(DeviceTopic.parse(topic)).isInstanceOf(DeviceTopic.Unknown.class);
    }
}
