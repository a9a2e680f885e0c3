package org.voltwin.standalone.ditto.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DittoSettingsTest {
    @TempDir
    Path folder;

    private DittoSettings read(String text) throws Exception {
        return DittoSettings.read(Files.writeString(folder.resolve("ditto.conf"), text));
    }

    @Test
    void defaultsListenOnThisMachineOnly() throws Exception {
        DittoSettings settings = read("");

        assertThat(settings.hostname()).isEqualTo("127.0.0.1");
        assertThat(settings.port()).isEqualTo(8080);
        assertThat(settings.issuers()).isEmpty();
        assertThat(settings.preAuthentication()).isFalse();
        assertThat(settings.maxThingBytes()).isEqualTo(100 * 1024);
        assertThat(settings.messageTimeout()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void issuersAreReadUnderDittosNames() throws Exception {
        DittoSettings settings = read("""
                ditto.gateway.authentication.oauth {
                  protocol = "http"
                  openid-connect-issuers {
                    keycloak { issuer = "localhost:8180/realms/voltwin", auth-subjects = ["{{ jwt:sub }}", "{{ jwt:groups }}"] }
                    other { issuers = ["https://a.example", "b.example"], audience = "lab" }
                  }
                }""");

        assertThat(settings.issuers())
                .containsExactly(
                        new IssuerSettings(
                                "keycloak",
                                List.of("http://localhost:8180/realms/voltwin"),
                                List.of("{{ jwt:sub }}", "{{ jwt:groups }}"),
                                null,
                                null),
                        new IssuerSettings(
                                "other",
                                List.of("https://a.example", "http://b.example"),
                                List.of("{{ jwt:sub }}"),
                                null,
                                "lab"));
    }

    @Test
    void wrongValuesNameTheirKey() {
        assertThatThrownBy(() -> read("ditto.gateway.http.port = many"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("port");
        assertThatThrownBy(() -> read("ditto.gateway.authentication.oauth.openid-connect-issuers.x {}"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("issuer");
        assertThatThrownBy(() -> DittoSettings.read(folder.resolve("missing.conf")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("missing.conf");
    }
}
