package org.voltwin.standalone.ditto.config;

import com.typesafe.config.Config;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code openid-connect-issuers}.
 *
 * @param name prefix of the subjects
 * @param issuers values of the token's {@code iss}, with scheme
 * @param authSubjects templates such as <code>{{ jwt:sub }}</code>
 * @param jwksUri where the keys are, or null to ask the issuer's discovery document
 * @param audience what {@code aud} must contain, or null for anything
 */
public record IssuerSettings(
        String name,
        List<String> issuers,
        List<String> authSubjects,
        @Nullable String jwksUri,
        @Nullable String audience) {
    static IssuerSettings of(String name, Config config, String protocol) {
        List<String> configured =
                config.hasPath("issuers") ? config.getStringList("issuers") : List.of(config.getString("issuer"));
        List<String> issuers = configured.stream()
                .map(issuer -> issuer.contains("://") ? issuer : protocol + "://" + issuer)
                .toList();
        List<String> subjects = config.hasPath("auth-subjects")
                ? List.copyOf(config.getStringList("auth-subjects"))
                : List.of("{{ jwt:sub }}");
        return new IssuerSettings(name, issuers, subjects, optional(config, "jwks-uri"), optional(config, "audience"));
    }

    private static @Nullable String optional(Config config, String path) {
        return config.hasPath(path) ? config.getString(path) : null;
    }
}
