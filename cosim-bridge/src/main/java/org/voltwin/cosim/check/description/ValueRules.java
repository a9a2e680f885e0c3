package org.voltwin.cosim.check.description;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.voltwin.cosim.check.description.Described.Variable;
import org.voltwin.cosim.check.finding.Findings;
import org.voltwin.cosim.check.finding.Findings.Category;

/** Start values against limits and shapes, limits against each other. */
final class ValueRules {
    private static final long LARGEST_ARRAY = 1_000_000;

    private final Described described;
    private final Findings findings;

    private ValueRules(Described described, Findings findings) {
        this.described = described;
        this.findings = findings;
    }

    static void check(Described described, Findings findings) {
        ValueRules rules = new ValueRules(described, findings);
        described.variables().forEach(rules::check);
        rules.experiment();
    }

    private void check(Variable variable) {
        Optional<Double> least = described.inherited(variable, "min").flatMap(XmlNode::numberOf);
        Optional<Double> most = described.inherited(variable, "max").flatMap(XmlNode::numberOf);
        if (least.isPresent() && most.isPresent() && least.get() > most.get()) {
            warn(
                    "description.limits",
                    variable.place(),
                    "Its least value " + least.get() + " is above its largest " + most.get() + ".",
                    "Swap or mend min and max.");
        }
        List<Double> values = starts(variable);
        for (double value : values) {
            boolean outside = least.isPresent() && value < least.get() || most.isPresent() && value > most.get();
            if (outside) {
                warn(
                        "description.start_outside",
                        variable.place(),
                        "Its start value " + value + " is not from "
                                + least.map(String::valueOf).orElse("-infinity") + " to "
                                + most.map(String::valueOf).orElse("infinity") + ".",
                        "Mend the start value or the limits; set the parameter to a value within them before a run.");
                break;
            }
        }
        described
                .inherited(variable, "nominal")
                .flatMap(XmlNode::numberOf)
                .filter(value -> value == 0)
                .ifPresent(zero -> warn(
                        "description.nominal",
                        variable.place(),
                        "Its nominal value is 0.",
                        "Give its usual magnitude."));
        shape(variable, values.size());
    }

    private static List<Double> starts(Variable variable) {
        List<Double> values = new ArrayList<>();
        if (variable.type().equals("String") || variable.type().equals("Binary")) {
            return values;
        }
        for (String word : variable.detail().attribute("start", "").strip().split("\\s+")) {
            XmlNode.numberOf(word).ifPresent(values::add);
        }
        return values;
    }

    private void shape(Variable variable, int starts) {
        if (!variable.isArray()) {
            if (described.version() == 3 && starts > 1) {
                warn(
                        "description.shape",
                        variable.place(),
                        "It is a scalar with " + starts + " start values.",
                        "Add its Dimension elements, or keep one value.");
            }
            return;
        }
        long size = 1;
        for (XmlNode dimension : variable.node().children("Dimension")) {
            OptionalLong extent = extent(variable, dimension);
            if (extent.isEmpty()) {
                return;
            }
            size = Math.multiplyHigh(size, extent.getAsLong()) == 0 ? size * extent.getAsLong() : Long.MAX_VALUE;
            if (size < 0 || size > LARGEST_ARRAY) {
                findings.error(
                        Category.ERRONEOUS,
                        "description.shape",
                        variable.place(),
                        "The array has more than " + LARGEST_ARRAY + " elements.",
                        "Export the FMU with smaller arrays.");
                return;
            }
        }
        if (starts > 1 && starts != size) {
            warn(
                    "description.shape",
                    variable.place(),
                    "It has " + size + " elements and " + starts + " start values.",
                    "Give one value per element, row by row.");
        }
    }

    private OptionalLong extent(Variable variable, XmlNode dimension) {
        Optional<String> start = dimension.attribute("start").map(String::strip);
        if (start.isPresent()) {
            return start.get().matches("\\d{1,18}")
                    ? OptionalLong.of(Long.parseLong(start.get()))
                    : OptionalLong.empty();
        }
        Optional<Variable> given =
                dimension.attribute("valueReference").map(String::strip).flatMap(described::byReference);
        boolean usable = given.isPresent()
                && given.get().type().equals("UInt64")
                && (given.get().causality().equals("structuralParameter")
                        || given.get().variability().equals("constant"));
        if (!usable) {
            warn(
                    "description.dimension",
                    variable.place(),
                    "The size of a dimension is neither a number nor that of a structural parameter or constant of type"
                            + " UInt64.",
                    "Give start, or the valueReference of such a variable.");
            return OptionalLong.empty();
        }
        String value = given.get().detail().attribute("start", "").strip();
        return value.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(value)) : OptionalLong.empty();
    }

    private void experiment() {
        described.root().child("DefaultExperiment").ifPresent(experiment -> {
            double start = experiment.number("startTime").orElse(0.0);
            if (experiment.number("stopTime").orElse(Double.POSITIVE_INFINITY) <= start) {
                warn(
                        "description.experiment",
                        experiment.place(),
                        "The default experiment ends before it begins.",
                        "Give --stop when you run it, and mend startTime and stopTime.");
            }
            if (experiment.number("stepSize").orElse(1.0) <= 0) {
                warn(
                        "description.experiment",
                        experiment.place(),
                        "The default step is not above 0.",
                        "Give --step when you run it, and mend stepSize.");
            }
        });
    }

    private void warn(String code, String place, String cause, String remedy) {
        findings.warning(Category.CONTRADICTORY, code, place, cause, remedy);
    }
}
