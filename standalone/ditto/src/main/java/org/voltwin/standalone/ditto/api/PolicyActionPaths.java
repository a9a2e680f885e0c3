package org.voltwin.standalone.ditto.api;

import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Set;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.signals.Signal;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.policies.model.Label;
import org.eclipse.ditto.policies.model.PolicyId;
import org.eclipse.ditto.policies.model.SubjectAnnouncement;
import org.eclipse.ditto.policies.model.SubjectExpiry;
import org.eclipse.ditto.policies.model.SubjectId;
import org.eclipse.ditto.policies.model.signals.commands.actions.ActivateTokenIntegration;
import org.eclipse.ditto.policies.model.signals.commands.actions.DeactivateTokenIntegration;
import org.eclipse.ditto.policies.model.signals.commands.actions.PolicyActionCommand;
import org.eclipse.ditto.policies.model.signals.commands.actions.TopLevelPolicyActionCommand;
import org.voltwin.standalone.ditto.auth.TokenIntegration;

/** POST of {@code /policies/ID/actions/NAME} and {@code /policies/ID/entries/LABEL/actions/NAME} to commands. */
final class PolicyActionPaths {
    private static final Label ANY = Label.of("any");

    private final TokenIntegration tokens;

    PolicyActionPaths(TokenIntegration tokens) {
        this.tokens = tokens;
    }

    static boolean isAction(List<String> segments) {
        return segments.size() == 4 && segments.get(2).equals("actions")
                || segments.size() == 6
                        && segments.get(2).equals("entries")
                        && segments.get(4).equals("actions");
    }

    Signal<?> command(Exchange exchange) {
        DittoHeaders headers = exchange.headers();
        List<String> segments = exchange.segments();
        if (!exchange.is(HttpMethod.POST)) {
            throw PathException.methodNotAllowed(exchange.method().name(), headers);
        }
        PolicyId policyId = PolicyId.of(segments.get(1));
        boolean everywhere = segments.size() == 4;
        Label label = everywhere ? ANY : Label.of(segments.get(3));
        String name = segments.getLast();
        PolicyActionCommand<?> action = switch (name) {
            case ActivateTokenIntegration.NAME -> activate(exchange, policyId, label);
            case DeactivateTokenIntegration.NAME ->
                DeactivateTokenIntegration.of(policyId, label, subjects(exchange, name), headers);
            default -> throw PathException.notFound(exchange.http().request().path(), headers);
        };
        return everywhere ? TopLevelPolicyActionCommand.of(action, List.of()) : action;
    }

    private ActivateTokenIntegration activate(Exchange exchange, PolicyId policyId, Label label) {
        Set<SubjectId> subjects = subjects(exchange, ActivateTokenIntegration.NAME);
        JsonValue announcement = exchange.hasBody() && exchange.json().isObject()
                ? exchange.json().asObject().getValue("announcement").orElse(null)
                : null;
        return ActivateTokenIntegration.of(
                policyId,
                label,
                subjects,
                SubjectExpiry.newInstance(exchange.caller().expiresAt()),
                announcement == null || !announcement.isObject()
                        ? null
                        : SubjectAnnouncement.fromJson(announcement.asObject()),
                exchange.headers());
    }

    private Set<SubjectId> subjects(Exchange exchange, String action) {
        return tokens.subjects(exchange.caller(), action, exchange.headers());
    }
}
