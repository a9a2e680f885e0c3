package org.voltwin.standalone.edge.hono;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.hono.auth.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandFilterTest {

    private static final Device BENCH = new Device("lab", "org.voltwin:bench-1");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "command///req/#",
                "c///q/#",
                "command/lab//req/#",
                "command/+/+/req/#",
                "c//+/q/#",
                "command//org.voltwin:bench-1/req/#"
            })
    void theSubscribersOwnCommandsAndThoseOfAllBehindIt(String filter) {
        assertThat(CommandFilter.parse(filter, BENCH))
                .hasValueSatisfying(parsed -> assertThat(parsed.device()).isNull());
    }

    @Test
    void oneDeviceBehindAGateway() {
        assertThat(CommandFilter.parse("command//org.voltwin:cell-1/req/#", BENCH))
                .hasValueSatisfying(parsed -> assertThat(parsed.device()).isEqualTo("org.voltwin:cell-1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"#", "command/#", "command/elsewhere//req/#", "command///res/#", "telemetry", "command///req/+"})
    void nothingElse(String filter) {
        assertThat(CommandFilter.parse(filter, BENCH)).isEmpty();
    }
}
