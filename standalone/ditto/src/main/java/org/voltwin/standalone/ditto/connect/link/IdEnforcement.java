package org.voltwin.standalone.ditto.connect.link;

import org.eclipse.ditto.base.model.entity.id.EntityId;
import org.eclipse.ditto.connectivity.model.ConnectionSignalIdEnforcementFailedException;
import org.eclipse.ditto.connectivity.model.Enforcement;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.placeholders.ExpressionResolver;
import org.eclipse.ditto.protocol.Adaptable;
import org.voltwin.standalone.ditto.connect.placeholder.Expressions;

/** A device may only speak of itself: what the broker says of the sender must fit what the message is about. */
final class IdEnforcement {
    private IdEnforcement() {}

    /** @throws ConnectionSignalIdEnforcementFailedException when it does not fit */
    static void check(Enforcement enforcement, ExpressionResolver message, Adaptable adaptable) {
        String input = message.resolve(enforcement.getInput()).findFirst().orElse(null);
        EntityId id = Expressions.entityOf(adaptable.getTopicPath()).orElse(null);
        if (input == null || id == null) {
            throw failed(enforcement.getInput(), adaptable);
        }
        ExpressionResolver entity =
                Expressions.ofEntity(id, JsonPointer.of(adaptable.getPayload().getPath()));
        boolean fits = enforcement.getFilters().stream()
                .flatMap(filter -> entity.resolve(filter).toStream())
                .anyMatch(input::equals);
        if (!fits) {
            throw failed(input, adaptable);
        }
    }

    private static ConnectionSignalIdEnforcementFailedException failed(String input, Adaptable adaptable) {
        return ConnectionSignalIdEnforcementFailedException.newBuilder(input)
                .dittoHeaders(adaptable.getDittoHeaders())
                .build();
    }
}
