package org.voltwin.cosim.check.description;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.voltwin.cosim.check.description.Described.Variable;
import org.voltwin.cosim.check.finding.Findings;
import org.voltwin.cosim.check.finding.Findings.Category;

/** ModelStructure, and references from variable to variable. FMI 2.0 counts from 1, FMI 3.0 gives value references. */
final class StructureRules {
    private static final String AGAIN = "Tell the maker of the export tool; the FMU may run all the same.";

    private final Described described;
    private final Findings findings;

    private StructureRules(Described described, Findings findings) {
        this.described = described;
        this.findings = findings;
    }

    static void check(Described described, Findings findings) {
        StructureRules rules = new StructureRules(described, findings);
        Optional<XmlNode> structure = described.root().child("ModelStructure");
        if (structure.isEmpty()) {
            findings.warning(
                    Category.MALFORMED,
                    "description.structure",
                    described.root().place(),
                    "There is no ModelStructure, so what depends on what is not known.",
                    AGAIN);
        } else {
            rules.outputs(structure.get());
            rules.derivatives(structure.get());
            rules.initialUnknowns(structure.get());
            rules.events(structure.get());
        }
        described.variables().forEach(rules::links);
    }

    private List<XmlNode> unknowns(XmlNode structure, String second, String third) {
        return described.version() == 2 ? structure.grandchildren(second) : structure.children(third);
    }

    private void outputs(XmlNode structure) {
        Set<Variable> listed = resolve(
                unknowns(structure, "Outputs", "Output"),
                "an output",
                variable -> variable.causality().equals("output"));
        missing(listed, "outputs", variable -> variable.causality().equals("output"));
    }

    private void missing(Set<Variable> listed, String list, Predicate<Variable> wanted) {
        List<String> names = described.variables().stream()
                .filter(wanted)
                .filter(variable -> !listed.contains(variable))
                .map(Variable::name)
                .toList();
        if (!names.isEmpty()) {
            String shown = String.join(", ", names.subList(0, Math.min(10, names.size())));
            findings.warning(
                    Category.ERRONEOUS,
                    "description.incomplete_structure",
                    "modelDescription.xml ModelStructure",
                    "The list of " + list + " leaves out " + shown + (names.size() > 10 ? " and others." : "."),
                    AGAIN);
        }
    }

    private void derivatives(XmlNode structure) {
        resolve(
                unknowns(structure, "Derivatives", "ContinuousStateDerivative"),
                "the derivative of a state",
                variable -> variable.detail().has("derivative"));
    }

    private void initialUnknowns(XmlNode structure) {
        Set<Variable> listed =
                resolve(unknowns(structure, "InitialUnknowns", "InitialUnknown"), "an initial unknown", any -> true);
        missing(listed, "initial unknowns", this::isInitialUnknown);
    }

    /** Calculated parameters, and outputs that are not set exactly; states are left to the derivatives' list. */
    private boolean isInitialUnknown(Variable variable) {
        boolean exact = variable.initial().orElse("").equals("exact")
                || variable.variability().equals("constant");
        boolean clocked = variable.node().has("clocks") || variable.type().equals("Clock");
        return variable.causality().equals("calculatedParameter")
                || variable.causality().equals("output") && !exact && !clocked;
    }

    private void events(XmlNode structure) {
        if (described.version() == 3) {
            resolve(
                    structure.children("EventIndicator"),
                    "an event indicator",
                    variable -> Described.FLOATS.contains(variable.type()));
            resolve(
                    structure.children("ClockedState"),
                    "a clocked state",
                    variable -> variable.node().has("previous"));
        }
    }

    /** The variables that unknowns name; those that are missing, named twice or of another kind are reported. */
    private Set<Variable> resolve(List<XmlNode> unknowns, String kind, Predicate<Variable> fits) {
        Set<Variable> found = new HashSet<>();
        for (XmlNode unknown : unknowns) {
            if (unknown.name().equals("Annotations")) {
                continue;
            }
            String key = unknown.attribute(described.version() == 2 ? "index" : "valueReference", "");
            Optional<Variable> variable = variable(key);
            if (variable.isEmpty()) {
                warn(unknown, "It names the variable " + key + ", which does not exist.");
            } else if (!fits.test(variable.get())) {
                warn(unknown, "It names '" + variable.get().name() + "', which is not " + kind + ".");
            } else if (!found.add(variable.get())) {
                warn(unknown, "It names '" + variable.get().name() + "' a second time.");
            }
            dependencies(unknown);
        }
        return found;
    }

    private void dependencies(XmlNode unknown) {
        List<String> named = words(unknown.attribute("dependencies", ""));
        List<String> kinds = words(unknown.attribute("dependenciesKind", ""));
        for (String key : named) {
            if (variable(key).isEmpty()) {
                warn(unknown, "It depends on the variable " + key + ", which does not exist.");
            }
        }
        if (unknown.has("dependenciesKind") && kinds.size() != named.size()) {
            warn(unknown, "It has " + named.size() + " dependencies and " + kinds.size() + " kinds of them.");
        }
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
    }

    private Optional<Variable> variable(String key) {
        String plain = key.strip();
        if (!plain.matches("\\d{1,10}")) {
            return Optional.empty();
        }
        if (described.version() == 3) {
            return described.byReference(plain);
        }
        long index = Long.parseLong(plain) - 1;
        return index >= 0 && index < described.variables().size()
                ? Optional.of(described.variables().get((int) index))
                : Optional.empty();
    }

    /** derivative, previous and clocks name other variables. */
    private void links(Variable variable) {
        variable.detail()
                .attribute("derivative")
                .filter(key -> variable(key).isEmpty())
                .ifPresent(key -> warn(
                        variable.node(), "It is the derivative of the variable " + key + ", which does not exist."));
        if (described.version() == 3) {
            variable.node()
                    .attribute("previous")
                    .filter(key -> variable(key).isEmpty())
                    .ifPresent(key -> warn(
                            variable.node(), "Its previous value is the variable " + key + ", which does not exist."));
            for (String clock : words(variable.node().attribute("clocks", ""))) {
                if (variable(clock)
                        .filter(other -> other.type().equals("Clock"))
                        .isEmpty()) {
                    warn(variable.node(), "Its clock " + clock + " is not a variable of type Clock.");
                }
            }
        }
    }

    private void warn(XmlNode at, String cause) {
        findings.warning(Category.ERRONEOUS, "description.structure", at.place(), cause, AGAIN);
    }
}
