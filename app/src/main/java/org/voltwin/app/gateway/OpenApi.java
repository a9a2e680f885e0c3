package org.voltwin.app.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.voltwin.model.http.Endpoint;
import org.voltwin.model.http.Role;
import org.voltwin.model.json.Json;

/** The OpenAPI 3.1 document, made from the endpoints so that it cannot be wrong about paths and roles. */
final class OpenApi {
    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)\\*?}");

    private OpenApi() {}

    static ObjectNode document(List<Endpoint> endpoints, String issuer) {
        ObjectNode document = Json.mapper().createObjectNode();
        document.put("openapi", "3.1.0");
        document.putObject("info").put("title", "Voltwin").put("version", "0.1.0");
        ObjectNode paths = document.putObject("paths");
        for (Endpoint endpoint : endpoints) {
            String path = endpoint.path().replace("*}", "}");
            ObjectNode item =
                    (ObjectNode) paths.withObject("/" + path.replace("~", "~0").replace("/", "~1"));
            ObjectNode operation =
                    (ObjectNode) item.withObject("/" + endpoint.method().toLowerCase(Locale.ROOT));
            if (!endpoint.events() || !operation.has("summary")) {
                operation.put("summary", endpoint.summary());
            }
            operation.put(
                    "x-roles",
                    String.join(
                            ", ",
                            endpoint.roles().stream().map(Role::id).sorted().toList()));
            parameters(operation, endpoint.path());
            ObjectNode responses = (ObjectNode) operation.withObject("/responses");
            ObjectNode content = (ObjectNode)
                    responses.withObject("/2XX").put("description", "Done").withObject("/content");
            content.withObject("/" + (endpoint.events() ? "text~1event-stream" : "application~1json"));
            ((ObjectNode) responses.withObject("/default").put("description", "A problem"))
                    .withObject("/content")
                    .withObject("/application~1problem+json");
        }
        ((ObjectNode) document.withObject("/components/securitySchemes/keycloak"))
                .put("type", "openIdConnect")
                .put("openIdConnectUrl", issuer + "/.well-known/openid-configuration");
        document.putArray("security").addObject().putArray("keycloak");
        return document;
    }

    private static void parameters(ObjectNode operation, String path) {
        operation.remove("parameters");
        Matcher matcher = PARAMETER.matcher(path);
        while (matcher.find()) {
            ObjectNode parameter = operation.withArray("parameters").addObject();
            parameter.put("name", matcher.group(1)).put("in", "path").put("required", true);
            parameter.putObject("schema").put("type", "string");
        }
    }
}
