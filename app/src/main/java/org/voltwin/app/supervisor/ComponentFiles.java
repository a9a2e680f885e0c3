package org.voltwin.app.supervisor;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.voltwin.app.config.DataFolder;
import org.voltwin.app.config.PlatformConfig;
import org.voltwin.app.config.Secrets;
import org.voltwin.model.json.Json;

/** Writes the configuration files of the standalone processes into the data folder. */
final class ComponentFiles {
    private final DataFolder data;
    private final PlatformConfig config;
    private final Secrets secrets;

    ComponentFiles(DataFolder data, PlatformConfig config, Secrets secrets) {
        this.data = data;
        this.config = config;
        this.secrets = secrets;
    }

    Path kafka() {
        return write("kafka.properties", """
                port=%d
                controllerPort=%d
                dataDir=%s
                user=voltwin
                password=%s
                """.formatted(
                        config.host(),
                        config.ports().kafka(),
                        config.ports().kafkaController(),
                        data.of("kafka"),
                        secrets.get("password.kafka")));
    }

    Path stores() {
        return write("stores.json", Json.text(Json.mapper().createObjectNode()));
    }

    Path ditto() {
        return write(
                "ditto.conf",
                """
                ditto {
                  standalone.data-dir = "%s"
                  gateway {
                    http { hostname = "%s", port = %d }
                    authentication.oauth {
                      protocol = "http"
                      openid-connect-issuers.voltwin {
                        issuer = "localhost:%d/realms/voltwin"
                        audience = "voltwin"
                        auth-subjects = ["{{ jwt:sub }}", "{{ jwt:realm_access/roles }}"]
                      }
                    }
                  }
                  entity-creation.default-namespace = "org.voltwin"
                }
                """
                        .formatted(
                                data.of("ditto"),
                                config.host(),
                                config.ports().ditto(),
                                config.ports().keycloak()));
    }

    Path edge() {
        ObjectNode node = Json.mapper().createObjectNode();
        return write("edge.json", Json.text(node));
    }

    private Path write(String name, String content) {
        return DataFolder.writePrivately(data.config().resolve(name), content.getBytes(UTF_8));
    }
}
