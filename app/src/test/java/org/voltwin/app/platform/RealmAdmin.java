package org.voltwin.app.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.voltwin.model.json.Json;

/** What an administrator of Keycloak does, for tests. */
final class RealmAdmin {
    private static final String CLIENT = "it-short-lived";

    private final Platform platform;
    private final String keycloak;
    private final HttpClient http = HttpClient.newHttpClient();

    RealmAdmin(Platform platform) {
        this.platform = platform;
        this.keycloak = "http://localhost:" + platform.config().ports().keycloak();
    }

    /** A real token of the realm, for a user, by a client whose tokens live that short. */
    String tokenThatExpiresAfter(int seconds, String user) throws Exception {
        String admin = token(
                "master",
                Map.of(
                        "client_id", "admin-cli",
                        "username", "admin",
                        "password", platform.secrets().get("password.keycloak-admin")));
        ObjectNode client = Json.mapper()
                .createObjectNode()
                .put("clientId", CLIENT)
                .put("publicClient", true)
                .put("directAccessGrantsEnabled", true);
        client.putObject("attributes").put("access.token.lifespan", Integer.toString(seconds));
        ObjectNode audience = client.putArray("protocolMappers").addObject();
        audience.put("name", "audience")
                .put("protocol", "openid-connect")
                .put("protocolMapper", "oidc-audience-mapper");
        audience.putObject("config").put("included.custom.audience", "voltwin").put("access.token.claim", "true");
        HttpResponse<String> created = http.send(
                HttpRequest.newBuilder(URI.create(keycloak + "/admin/realms/voltwin/clients"))
                        .header("Authorization", "Bearer " + admin)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(client)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(created.statusCode()).as(created.body()).isIn(201, 409);
        return token(
                "voltwin",
                Map.of(
                        "client_id", CLIENT,
                        "username", user,
                        "password", platform.secrets().get("password." + user)));
    }

    private String token(String realm, Map<String, String> form) throws Exception {
        String body = "grant_type=password&"
                + form.entrySet().stream()
                        .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
        HttpResponse<byte[]> response = http.send(
                HttpRequest.newBuilder(URI.create(keycloak + "/realms/" + realm + "/protocol/openid-connect/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        JsonNode answer = Json.mapper().readTree(response.body());
        assertThat(response.statusCode()).as(answer.toString()).isEqualTo(200);
        return answer.path("access_token").asText();
    }
}
