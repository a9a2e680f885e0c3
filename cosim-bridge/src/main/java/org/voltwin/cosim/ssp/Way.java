package org.voltwin.cosim.ssp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The connections from one connector to a component's, and the units on them: of a component's connector the declared
 * one, otherwise the FMU's; of a system's connector the declared one, otherwise that of what it is connected to.
 */
final class Way {
    /**
     * One connection: the conversion of units first, then the transformation.
     *
     * @param units of the values at the end
     */
    record Hop(Line units, Transformation transformation) {}

    private final Port from;
    private final Port to;
    private final List<Network.Edge> edges;
    private final List<@Nullable Quantity> units = new ArrayList<>();
    private final boolean difference;

    /** @param edges at least one */
    Way(Port from, List<Network.Edge> edges) {
        this.from = from;
        this.edges = edges;
        to = edges.getLast().to();
        difference = from.isDifference() || to.isDifference();
        @Nullable Quantity below = null;
        for (int i = edges.size(); i >= 0; i--) {
            Port port = i == 0 ? from : edges.get(i - 1).to();
            @Nullable Quantity unit = port.declared() == null ? port.own() : port.declared();
            if (unit == null
                    && !port.isComponent()
                    && i < edges.size()
                    && edges.get(i).convert()) {
                unit = below;
            }
            units.addFirst(unit);
            below = unit;
        }
    }

    Port from() {
        return from;
    }

    Port to() {
        return to;
    }

    /** The unit in which values enter. */
    @Nullable Quantity entry() {
        return units.getFirst();
    }

    /** What happens to a value between the two connectors, and between them and the FMUs' variables. */
    List<Hop> hops() {
        List<Hop> hops = new ArrayList<>();
        if (from.isComponent() && from.declared() != null) {
            hops.add(hop(from.own(), from.declared(), "The FMU's variable of " + from, "the connector"));
        }
        Port at = from;
        for (int i = 0; i < edges.size(); i++) {
            Network.Edge edge = edges.get(i);
            if (edge.convert()) {
                hops.add(hop(
                        units.get(i), units.get(i + 1), at.toString(), edge.to().toString()));
            }
            hops.add(new Hop(Line.NONE, edge.transformation()));
            at = edge.to();
        }
        if (to.declared() != null) {
            hops.add(hop(to.declared(), to.own(), "Connector " + to, "the FMU's variable"));
        }
        return hops;
    }

    private Hop hop(@Nullable Quantity given, @Nullable Quantity wanted, String giver, String taker) {
        return new Hop(Quantity.line(given, wanted, difference, giver, taker), Transformation.NONE);
    }

    /** All of it as one line; refused where a table of values is among it. */
    Line line() {
        Line line = Line.NONE;
        for (Hop hop : hops()) {
            if (!(hop.transformation() instanceof Transformation.Linear linear)) {
                throw Refusal.unsupported(
                        "The connection from " + from + " to " + to + " maps values by a table while it runs.",
                        "Use a linear transformation, or map the values in an FMU between the two.");
            }
            line = line.then(hop.units()).then(linear.line());
        }
        return line;
    }
}
