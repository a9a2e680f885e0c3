package org.voltwin.standalone.ditto.auth;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.placeholders.Placeholder;
import org.eclipse.ditto.placeholders.PlaceholderFactory;
import org.eclipse.ditto.policies.model.SubjectId;
import org.eclipse.ditto.policies.model.signals.commands.exceptions.PolicyActionFailedException;

/**
 * Subjects made from a token by the template {@code ditto.gateway.authentication.oauth.token-integration-subject}. The
 * entry's label is left as a placeholder: only the policy knows it.
 */
public final class TokenIntegration {
    private final String template;

    public TokenIntegration(String template) {
        this.template = template;
    }

    /** @throws PolicyActionFailedException 400 when the caller has no token, or the token not what the template needs */
    public Set<SubjectId> subjects(Caller caller, String action, DittoHeaders headers) {
        JsonObject claims = caller.claims();
        if (claims == null) {
            throw PolicyActionFailedException.newBuilderForInappropriateAuthenticationMethod(action)
                    .dittoHeaders(headers)
                    .build();
        }
        var resolver = PlaceholderFactory.newExpressionResolver(
                PlaceholderFactory.newPlaceholderResolver(new JwtPlaceholder(), claims),
                PlaceholderFactory.newPlaceholderResolver(new EntryPlaceholder(), claims),
                PlaceholderFactory.newPlaceholderResolver(PlaceholderFactory.newHeadersPlaceholder(), headers));
        Set<SubjectId> subjects = resolver.resolve(template)
                .toStream()
                .map(SubjectId::newInstance)
                .collect(Collectors.toUnmodifiableSet());
        if (subjects.isEmpty()) {
            throw PolicyActionFailedException.newBuilder()
                    .action(action)
                    .status(org.eclipse.ditto.base.model.common.HttpStatus.BAD_REQUEST)
                    .description("The token does not have what the configured token-integration-subject needs.")
                    .dittoHeaders(headers)
                    .build();
        }
        return subjects;
    }

    /** {@code policy-entry:label} stands for itself. */
    private static final class EntryPlaceholder implements Placeholder<JsonObject> {
        @Override
        public String getPrefix() {
            return "policy-entry";
        }

        @Override
        public List<String> getSupportedNames() {
            return List.of("label");
        }

        @Override
        public boolean supports(String name) {
            return name.equals("label");
        }

        @Override
        public List<String> resolveValues(JsonObject source, String name) {
            return List.of("{{policy-entry:label}}");
        }
    }
}
