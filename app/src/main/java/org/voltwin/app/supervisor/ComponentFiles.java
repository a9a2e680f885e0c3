package org.voltwin.app.supervisor;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.voltwin.app.config.DataFolder;
import org.voltwin.app.config.PlatformConfig;
import org.voltwin.app.config.Secrets;
import org.voltwin.app.config.SshKeys;
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
                        config.ports().kafka(),
                        config.ports().kafkaController(),
                        data.of("kafka"),
                        secrets.get("password.kafka")));
    }

    Path stores() {
        SshKeys.ensure(data);
        ObjectNode node = Json.mapper().createObjectNode();
        node.put("host", config.host());
        node.put("dataDir", data.of("stores").toString());
        node.putObject("documents").put("port", config.ports().documents());
        ObjectNode sftp = node.putObject("sftp");
        sftp.put("port", config.ports().sftp());
        sftp.put("knownHostsFile", SshKeys.knownHosts(data).toString());
        ObjectNode user = sftp.putArray("users").addObject();
        user.put("user", "delivery");
        user.put("authorizedKeysFile", SshKeys.authorizedKeys(data).toString());
        user.put("root", data.of("storage/pool").toString());
        user.putArray("extensions").add("fmu").add("json").add("part");
        ObjectNode exchange = sftp.putObject("exchange");
        exchange.put("root", data.of("models").toString());
        exchange.put("inbox", data.of("models-inbox").toString());
        exchange.put("usersFile", SshKeys.exchangeUsers(data).toString());
        node.put("healthPort", config.ports().storesHealth());
        return write("stores.json", Json.text(node));
    }

    Path ditto() {
        return write("ditto.conf", """
                ditto {
                  standalone.data-dir = "%s"
                  gateway {
                    http { hostname = "%s", port = %d }
                    authentication {
                      devops.password = "%s"
                      oauth {
                        protocol = "http"
                        openid-connect-issuers.voltwin {
                          issuer = "localhost:%d/realms/voltwin"
                          audience = "voltwin"
                          auth-subjects = ["{{ jwt:sub }}", "{{ jwt:realm_access/roles }}"]
                        }
                      }
                    }
                  }
                  connectivity.hono {
                    base-uri = "tcp://localhost:%d", bootstrap-servers = "localhost:%d"
                    username = "voltwin", password = "%s"
                  }
                  entity-creation.default-namespace = "org.voltwin"
                }
                """.formatted(
                        data.of("ditto"),
                        config.host(),
                        config.ports().ditto(),
                        secrets.get(Secrets.DEVOPS),
                        config.ports().keycloak(),
                        config.ports().kafka(),
                        config.ports().kafka(),
                        secrets.get("password.kafka")));
    }

    Path edge() {
        PlatformConfig.Ports ports = config.ports();
        ObjectNode node = Json.mapper().createObjectNode();
        node.put("bindHost", config.host());
        node.put("dataDir", data.of("edge").toString());
        node.putObject("ports")
                .put("mqtt", ports.honoMqtt())
                .put("http", ports.honoHttp())
                .put("registry", ports.registry())
                .put("health", ports.edgeHealth())
                .put("broker", ports.limsBroker())
                .put("brokerTls", ports.limsBrokerTls());
        node.putObject("kafka")
                .put("bootstrap", "localhost:" + ports.kafka())
                .put("user", "voltwin")
                .put("password", secrets.get("password.kafka"));
        ObjectNode management = node.putObject("management");
        management.put("issuer", config.issuer()).put("jwks", config.issuer() + "/protocol/openid-connect/certs");
        management.putArray("roles").add("lab-admin").add("service");
        node.putArray("tenants").add("lab");
        ObjectNode broker = node.putObject("broker");
        ArrayNode users = broker.putArray("users");
        for (String name : new String[] {"lims", "twin"}) {
            ObjectNode user = users.addObject().put("user", name).put("password", secrets.get("broker." + name));
            user.putArray("publish").add("LIMS/#").add("/test-results");
            user.putArray("subscribe").add("LIMS/#").add("/test-results");
        }
        ObjectNode bench = users.addObject().put("user", "bench").put("password", secrets.get("broker.bench"));
        bench.putArray("publish").add("LIMS/metrics/#").add("/test-results");
        bench.putArray("subscribe").add("LIMS/status/#");
        broker.put("trustStorePassword", Secrets.LIMS_TRUST_STORE_PASSWORD);
        return write("edge.json", Json.text(node));
    }

    private Path write(String name, String content) {
        return DataFolder.writePrivately(data.config().resolve(name), content.getBytes(UTF_8));
    }
}
