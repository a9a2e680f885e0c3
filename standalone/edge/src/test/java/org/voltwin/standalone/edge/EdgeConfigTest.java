package org.voltwin.standalone.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EdgeConfigTest {

    private static final String SMALLEST = """
            {"dataDir":"/tmp/edge","ports":{},
             "kafka":{"bootstrap":"localhost:9092","user":"voltwin","password":"kafka-secret"},
             "management":{"issuer":"http://i","jwks":"http://i/certs"},
             "broker":{"users":[{"user":"lims","password":"lims-secret","publish":["LIMS/#"]}]}}
            """;

    @TempDir
    Path folder;

    @Test
    void theSmallestConfigurationHasTheDefaultsOfTheInterfaces() throws Exception {
        assertThat(read(SMALLEST)).isInstanceOfSatisfying(EdgeConfig.Valid.class, valid -> {
            assertThat(valid.config().ports()).isEqualTo(new EdgeConfig.Ports(1883, 8081, 8082, 8083, 1884, 8883));
            assertThat(valid.config().host()).isEqualTo("127.0.0.1");
            assertThat(valid.config().initialTenants()).containsExactly("lab");
            assertThat(valid.config().toString()).doesNotContain("kafka-secret").doesNotContain("lims-secret");
        });
    }

    @Test
    void problemsNameTheirKeyPath() throws Exception {
        assertThat(
                        read(
                                "{\"dataDir\":\"/tmp/e\",\"ports\":{\"mqtt\":70000},\"broker\":{\"users\":[{\"user\":\"a\"}]}}"))
                .isInstanceOfSatisfying(
                        EdgeConfig.Invalid.class,
                        invalid -> assertThat(invalid.problems())
                                .anyMatch(p -> p.startsWith("ports: 70000"))
                                .anyMatch(p -> p.startsWith("kafka: is missing"))
                                .anyMatch(p -> p.startsWith("management: is missing"))
                                .anyMatch(p -> p.startsWith("broker.users[a]: give either")));
    }

    @Test
    void unknownKeysAndNoJsonAreRefused() throws Exception {
        assertThat(read(SMALLEST.replace("\"ports\":{}", "\"ports\":{\"mqqt\":1}")))
                .isInstanceOfSatisfying(
                        EdgeConfig.Invalid.class,
                        invalid -> assertThat(invalid.problems().getFirst()).startsWith("ports.mqqt: "));
        assertThat(read("not json")).isInstanceOf(EdgeConfig.Invalid.class);
        assertThat(EdgeConfig.read(folder.resolve("absent"))).isInstanceOf(EdgeConfig.Invalid.class);
    }

    private EdgeConfig.Read read(String json) throws Exception {
        return EdgeConfig.read(Files.writeString(folder.resolve("edge.json"), json));
    }
}
