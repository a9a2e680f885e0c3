package org.voltwin.standalone.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class NodeSettingsTest {

    @Test
    void readsTheSmallestConfigurationWithDefaults() {
        assertThat(NodeSettings.read(properties("dataDir=/tmp/k", "user=voltwin", "password=long enough")))
                .isInstanceOfSatisfying(NodeSettings.Valid.class, valid -> {
                    assertThat(valid.settings().port()).isEqualTo(9092);
                    assertThat(valid.settings().controllerPort()).isEqualTo(9093);
                    assertThat(valid.settings().users()).containsEntry("voltwin", "long enough");
                    assertThat(valid.settings().toString()).doesNotContain("long enough");
                });
    }

    @Test
    void namesEveryProblemAtOnce() {
        assertThat(NodeSettings.read(properties("port=0", "controllerPort=x", "colour=red", "user=a b")))
                .isInstanceOfSatisfying(
                        NodeSettings.Invalid.class,
                        invalid -> assertThat(invalid.problems())
                                .anyMatch(p -> p.startsWith("port: 0 is outside"))
                                .anyMatch(p -> p.startsWith("controllerPort: 'x'"))
                                .anyMatch(p -> p.startsWith("colour: unknown key"))
                                .anyMatch(p -> p.startsWith("user: "))
                                .anyMatch(p -> p.startsWith("dataDir: is missing")));
    }

    @Test
    void refusesASharedPortAShortPasswordAndTheNodesOwnName() {
        assertThat(NodeSettings.read(properties(
                        "dataDir=/tmp/k",
                        "port=9000",
                        "controllerPort=9000",
                        "user=voltwin-node",
                        "password=long enough",
                        "users.reader=short")))
                .isInstanceOfSatisfying(
                        NodeSettings.Invalid.class,
                        invalid -> assertThat(invalid.problems())
                                .hasSize(3)
                                .anyMatch(p -> p.contains("same as port"))
                                .anyMatch(p -> p.contains("node's own user"))
                                .anyMatch(p -> p.startsWith("users.reader: a password has")));
    }

    @Test
    void noListenerIsOpenWithoutAPassword() {
        NodeSettings.Valid valid = (NodeSettings.Valid)
                NodeSettings.read(properties("dataDir=/tmp/k", "user=voltwin", "password=qu\\\\ote\"d"));
        Properties kafka = NodeProperties.of(valid.settings(), new SecureRandom());
        assertThat(kafka.getProperty("listener.security.protocol.map"))
                .isEqualTo("CLIENT:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT");
        assertThat(kafka.getProperty("listener.name.client.plain.sasl.jaas.config"))
                .contains("user_voltwin=\"qu\\\\ote\\\"d\"");
    }

    private static Properties properties(String... lines) {
        Properties properties = new Properties();
        try {
            properties.load(new java.io.StringReader(String.join("\n", lines)));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return properties;
    }
}
