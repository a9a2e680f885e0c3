package org.voltwin.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.model.failure.RefusedException;

class PlatformConfigTest {
    @TempDir
    private Path folder;

    private Path file(String text) throws Exception {
        return Files.writeString(folder.resolve("voltwin.yaml"), text);
    }

    @Test
    void theDefaultsAreTheAddressesOfTheInterfaces() {
        PlatformConfig.Ports ports = PlatformConfig.load(null).ports();

        assertThat(ports.http()).isEqualTo(8000);
        assertThat(ports.ditto()).isEqualTo(8080);
        assertThat(ports.keycloak()).isEqualTo(8180);
        assertThat(ports.honoMqtt()).isEqualTo(1883);
        assertThat(ports.honoHttp()).isEqualTo(8081);
        assertThat(ports.limsBroker()).isEqualTo(1884);
        assertThat(ports.limsBrokerTls()).isEqualTo(8883);
        assertThat(ports.kafka()).isEqualTo(9092);
        assertThat(ports.documents()).isEqualTo(27017);
        assertThat(ports.sftp()).isEqualTo(2222);
    }

    @Test
    void aFileOverridesSingleKeys() throws Exception {
        PlatformConfig config = PlatformConfig.load(file("ports:\n  http: 8999\ndemonstrationBench: false\n"));

        assertThat(config.ports().http()).isEqualTo(8999);
        assertThat(config.ports().ditto()).isEqualTo(8080);
        assertThat(config.demonstrationBench()).isFalse();
    }

    @Test
    void wrongFilesAreRefusedWithTheKey() throws Exception {
        assertRefused("ports:\n  htp: 1\n", "ports.htp");
        assertRefused("ports:\n  http: 70000\n", "ports.http is 70000");
        assertRefused("ports:\n  http: 8080\n", "both 8080");
        assertRefused("ports: [1\n", "cannot be read");
        assertThatThrownBy(() -> PlatformConfig.load(folder.resolve("none.yaml")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("none.yaml");
    }

    private void assertRefused(String text, String part) throws Exception {
        Path file = file(text);
        assertThatThrownBy(() -> PlatformConfig.load(file))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(part);
    }

    @Test
    void theLaboratorysCalendarIsRead() throws Exception {
        PlatformConfig config = PlatformConfig.load(file("""
                laboratory:
                  technicians:
                    - {name: Ada, shifts: {zone: Europe/Berlin, week: {MONDAY: [{from: "08:00", to: "16:00"}]}}}
                  holidays: [2026-12-25]
                  closures:
                    org.voltwin:bench-physical-01:
                      - {from: "2026-12-01T08:00:00Z", to: "2026-12-01T12:00:00Z", reason: calibration}
                """));

        assertThat(config.calendar().technicians().getFirst().name()).isEqualTo("Ada");
        assertThat(config.calendar().closures().get("org.voltwin:bench-physical-01"))
                .singleElement()
                .satisfies(closure -> assertThat(closure.reason()).isEqualTo("calibration"));
        assertThat(PlatformConfig.load(null).calendar().technicians()).isEmpty();
    }

    @Test
    void aCalendarThatIsNoneIsNamed() throws Exception {
        Path file = file("laboratory:\n  holidays: [Christmas]\n");

        assertThatThrownBy(() -> PlatformConfig.load(file)).hasMessageContaining("laboratory");
    }
}
