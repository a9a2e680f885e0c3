package org.voltwin.standalone.ditto.api;

import java.util.List;
import org.eclipse.ditto.base.model.signals.Signal;
import org.eclipse.ditto.things.model.ThingId;
import org.voltwin.standalone.ditto.twin.CommandGate;
import org.voltwin.standalone.ditto.wot.ThingDescriptions;

/** {@code /things/ID} and {@code /things/ID/features/F} asked for as {@code application/td+json}. */
final class DescriptionRoutes {
    private static final String TYPE = "application/td+json";

    private final CommandGate gate;
    private final ThingDescriptions descriptions;

    DescriptionRoutes(CommandGate gate, ThingDescriptions descriptions) {
        this.gate = gate;
        this.descriptions = descriptions;
    }

    static boolean wanted(Exchange exchange) {
        List<String> segments = exchange.segments();
        String accept = exchange.http().request().getHeader("Accept");
        boolean described =
                segments.size() == 2 || segments.size() == 4 && segments.get(2).equals("features");
        return described && accept != null && accept.contains(TYPE);
    }

    /** @param query answers whether the caller may see anything of it; its answer is sent when there is no model */
    void handle(Exchange exchange, Signal<?> query) {
        List<String> segments = exchange.segments();
        ThingId id = ThingId.of(segments.get(1));
        String feature = segments.size() == 4 ? segments.get(3) : null;
        gate.submit(query)
                .thenCompose(reply -> descriptions
                        .of(id, feature, exchange.caller().context())
                        .thenAccept(description -> description.ifPresentOrElse(
                                json -> exchange.prepare(200, exchange.headers())
                                        .putHeader("Content-Type", TYPE)
                                        .end(json.toString()),
                                () -> exchange.send(reply))))
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        exchange.fail(failure);
                    }
                });
    }
}
