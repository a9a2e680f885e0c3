package org.voltwin.standalone.ditto.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.ditto.policies.model.PolicyId;
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
    void everyThingTheSystemTestsOfDittoSetHasItsKey() throws Exception {
        DittoSettings settings = read("""
                ditto {
                  gateway {
                    http { hostname = "0.0.0.0", port = 9000 }
                    streaming {
                      search-idle-timeout = 7s
                      sse.throttling { enabled = true, interval = 2s, limit = 50 }
                    }
                    authentication {
                      oauth { allowed-clock-skew = 3s, token-integration-subject = "integration:{{jwt:sub}}:{{jwt:aud}}" }
                      pre-authentication.enabled = true
                      devops { secured = false, password = "one", statusPassword = "two" }
                    }
                  }
                  policies.policy {
                    subject-expiry-granularity = 5s
                    subject-deletion-announcement-granularity = 1s
                    cleanup.enabled = false
                  }
                  things.wot.tm-model-validation.enabled = false
                  limits {
                    search { default-page-size = 3, max-page-size = 4 }
                    messages.headers-size = 6k
                  }
                  connectivity {
                    connection.max-source-number = 10
                    hono { base-uri = "tcp://kafka:1", bootstrap-servers = "kafka:2", username = "u" }
                  }
                }""");

        assertThat(settings.hostname()).isEqualTo("0.0.0.0");
        assertThat(settings.search())
                .isEqualTo(new SearchSettings(3, 4, Duration.ofSeconds(7), true, Duration.ofSeconds(2), 50));
        assertThat(settings.maxHeaderBytes()).isEqualTo(6 * 1024);
        assertThat(settings.allowedClockSkew()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.preAuthentication()).isTrue();
        assertThat(settings.devops()).isEqualTo(new DevopsSettings(false, "one", "two"));
        assertThat(settings.policies())
                .isEqualTo(new PolicySettings(
                        Duration.ofSeconds(5), Duration.ofSeconds(1), "integration:{{jwt:sub}}:{{jwt:aud}}", Map.of()));
        assertThat(settings.history().retention()).isGreaterThan(Duration.ofDays(36_500));
        assertThat(settings.wot().validation().enabled()).isFalse();
        assertThat(settings.connectivity().maxSources()).isEqualTo(10);
        assertThat(settings.connectivity().hono().bootstrapServers()).isEqualTo("kafka:2");
    }

    @Test
    void policiesOfNamespacesAreReadAndWhatIsNoPatternIsRefused() throws Exception {
        assertThat(read("""
                        ditto.namespace-policies {
                          "org.example.*" = ["org.example:tenant-root", "org.example:audit"]
                          "*" = ["root:all"]
                        }""").policies().namespaceRoots())
                .isEqualTo(Map.of(
                        "org.example.*",
                        List.of(PolicyId.of("org.example:tenant-root"), PolicyId.of("org.example:audit")),
                        "*",
                        List.of(PolicyId.of("root:all"))));
        for (String wrong : new String[] {
            "\"org.*.devices\" = [\"a:b\"]",
            "\"foo*\" = [\"a:b\"]",
            "\"**\" = [\"a:b\"]",
            "\"a\" = [\"no id\"]",
            "\"a\" = 1"
        }) {
            assertThatThrownBy(() -> read("ditto.namespace-policies { " + wrong + " }"))
                    .as(wrong)
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("namespace-policies");
        }
    }

    @Test
    void systemPropertiesWinOverTheFile() throws Exception {
        System.setProperty("ditto.entity-creation.default-namespace", "from.property");
        com.typesafe.config.ConfigFactory.invalidateCaches();
        try {
            assertThat(read("ditto.entity-creation.default-namespace = from.file")
                            .defaultNamespace())
                    .isEqualTo("from.property");
        } finally {
            System.clearProperty("ditto.entity-creation.default-namespace");
            com.typesafe.config.ConfigFactory.invalidateCaches();
        }
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
