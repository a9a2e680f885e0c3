package org.voltwin.cosim.ssp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.voltwin.cosim.check.finding.Findings;
import org.voltwin.cosim.fmu.ModelVariable;

/**
 * Applies what bindings set: inner elements first, so that outer ones win. A name stands for every variable that has it
 * as its hierarchical name, and for a connector of a system, whose value goes where the connector leads.
 */
final class Parameters {
    private final Network network;
    private final Findings findings;
    private final Map<String, List<Double>> numbers = new TreeMap<>();
    private final Map<String, List<String>> texts = new TreeMap<>();

    Parameters(Network network, Findings findings) {
        this.network = network;
        this.findings = findings;
    }

    Map<String, List<Double>> numbers() {
        return numbers;
    }

    Map<String, List<String>> texts() {
        return texts;
    }

    void apply(Node node) {
        node.children().values().forEach(this::apply);
        for (Assignment assignment : node.assignments()) {
            List<Port> targets = new ArrayList<>();
            find(node, assignment.name(), targets);
            long set = targets.stream()
                    .filter(target -> target.isComponent() ? set(assignment, target) : pass(assignment, target))
                    .count();
            if (set == 0) {
                findings.warning(
                        Findings.Category.CONTRADICTORY,
                        "ssp.parameter_ignored",
                        assignment.source(),
                        "Parameter '" + assignment.name() + "' of " + node + " is set, but "
                                + (targets.isEmpty()
                                        ? "there is no variable and no connector of this name."
                                        : "no variable that can be set is behind that name."),
                        "Correct the name if the value matters; nothing was set.");
            }
        }
    }

    /** Names have dots between elements, and in elements' names. */
    private void find(Node node, String name, List<Port> targets) {
        Port port = new Port(node, name);
        if (port.isComponent() ? node.variable(name).isPresent() : node.declares(name) || network.knows(port)) {
            targets.add(port);
        }
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
            Node child = node.children().get(name.substring(0, dot));
            if (child != null) {
                find(child, name.substring(dot + 1), targets);
            }
        }
    }

    /** Sets a component's own variable; false where it cannot be set. */
    private boolean set(Assignment assignment, Port target) {
        ParameterValue value = entered(assignment, target.own(), target);
        return store(target, value, assignment.name());
    }

    /** Sets what a system's connector leads to; false where that is nothing. */
    private boolean pass(Assignment assignment, Port connector) {
        boolean set = false;
        for (Way way : network.ways(connector)) {
            ParameterValue value = entered(assignment, way.entry(), connector);
            for (Way.Hop hop : way.hops()) {
                value = value.by(hop.units()).by(hop.transformation(), assignment.name());
            }
            set |= store(way.to(), value, assignment.name());
        }
        return set;
    }

    /** In the target's unit, and transformed as its mapping says. */
    private ParameterValue entered(Assignment assignment, @Nullable Quantity wanted, Port target) {
        ParameterValue value = assignment.value();
        if (assignment.convert()
                && value instanceof ParameterValue.Numbers(List<Double> given, boolean whole, Quantity unit)
                && unit != null) {
            if (wanted == null) {
                findings.warning(
                        Findings.Category.CONTRADICTORY,
                        "ssp.unit_ignored",
                        assignment.source(),
                        "Parameter '" + assignment.name() + "' is in '" + unit.name() + "', but " + target
                                + " has no unit: the number is taken as it is.",
                        "Give the FMU's variable or the connector its unit, or set suppressUnitConversion.");
            }
            value = value.by(Quantity.line(
                    unit, wanted, target.isDifference(), "Parameter '" + assignment.name() + "'", target.toString()));
        }
        return value.by(assignment.transformation(), assignment.name());
    }

    private boolean store(Port target, ParameterValue value, String name) {
        Fmu fmu = target.node().fmu();
        ModelVariable variable = target.node().variable(target.name()).orElse(null);
        if (fmu == null || variable == null) {
            return false;
        }
        if (!variable.isParameter() && !variable.isInput() && !variable.isStartValue()) {
            return false;
        }
        String place = "/" + fmu.name() + "/" + variable.name();
        numbers.remove(place);
        texts.remove(place);
        switch (Fitting.of(value, variable, "Parameter '" + name + "'", target)) {
            case Fitting.Numbers(List<Double> fitting) -> numbers.put(place, fitting);
            case Fitting.Texts(List<String> fitting) -> texts.put(place, fitting);
        }
        return true;
    }
}
