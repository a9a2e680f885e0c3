package org.voltwin.cosim.check.description;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.voltwin.cosim.check.description.Described.Variable;
import org.voltwin.cosim.check.finding.Findings;
import org.voltwin.cosim.check.finding.Findings.Category;

/** Names, value references, and what causality, variability and initial allow (FMI 2.0 and 3.0, section 2.2.7 / 2.4.7). */
final class VariableRules {
    private static final Set<String> PARAMETER = Set.of("fixed", "tunable");
    private static final Map<String, Set<String>> VARIABILITIES = Map.of(
            "parameter", PARAMETER,
            "structuralParameter", PARAMETER,
            "calculatedParameter", PARAMETER,
            "input", Set.of("discrete", "continuous"),
            "output", Set.of("constant", "discrete", "continuous"),
            "local", Set.of("constant", "fixed", "tunable", "discrete", "continuous"),
            "independent", Set.of("continuous"));

    private final Described described;
    private final Findings findings;

    private VariableRules(Described described, Findings findings) {
        this.described = described;
        this.findings = findings;
    }

    static void check(Described described, Findings findings) {
        VariableRules rules = new VariableRules(described, findings);
        if (described.variables().isEmpty()) {
            findings.error(
                    Category.MALFORMED,
                    "fmu.malformed_description",
                    described.root().place(),
                    "It lists no variables.",
                    "Export the FMU with its inputs and outputs.");
        }
        rules.names();
        rules.references();
        described.variables().forEach(rules::combination);
        rules.independent();
    }

    private void names() {
        Map<String, Variable> known = new HashMap<>();
        for (Variable variable : described.variables()) {
            if (variable.name().isBlank()) {
                error("description.no_name", variable, "The variable has no name.", "Name it.");
                continue;
            }
            Variable before = known.putIfAbsent(variable.name(), variable);
            if (before != null) {
                error(
                        "description.duplicate_name",
                        variable,
                        "The name is taken by the variable in line "
                                + before.node().line() + ".",
                        "Give every variable its own name: connections name variables.");
            }
        }
    }

    private void references() {
        Map<String, Variable> known = new HashMap<>();
        for (Variable variable : described.variables()) {
            String reference = variable.reference();
            if (!reference.matches("\\+?\\d{1,10}") || Long.parseLong(reference.replace("+", "")) > 0xFFFF_FFFFL) {
                error(
                        "description.bad_reference",
                        variable,
                        "The value reference '" + reference + "' is no number from 0 to 4294967295.",
                        "Export the FMU again.");
                continue;
            }
            Variable before = known.putIfAbsent(space(variable) + reference, variable);
            if (before == null) {
                continue;
            }
            if (described.version() == 3) {
                warn(
                        "description.duplicate_reference",
                        variable,
                        "Value reference " + reference + " is that of '" + before.name() + "' too.",
                        "Export again: FMI 3.0 has one variable per value reference, and Alias elements for more names.");
            } else if (isSet(before) && isSet(variable)) {
                warn(
                        "description.duplicate_reference",
                        variable,
                        "It is an alias of '" + before.name() + "', and both can be set.",
                        "Export again: of aliases, at most one may be an input or a parameter.");
            } else if (!described.inherited(before, "unit").equals(described.inherited(variable, "unit"))) {
                warn(
                        "description.alias_units",
                        variable,
                        "It is an alias of '" + before.name() + "' but in another unit.",
                        "Give aliases the same unit: the number is the same.");
            }
        }
    }

    /** In FMI 2.0 each base type counts for itself, Enumeration with Integer. */
    private String space(Variable variable) {
        if (described.version() == 3) {
            return "";
        }
        return (variable.type().equals("Enumeration") ? "Integer" : variable.type()) + " ";
    }

    private static boolean isSet(Variable variable) {
        return variable.causality().equals("input") || variable.causality().equals("parameter");
    }

    private void combination(Variable variable) {
        String causality = variable.causality();
        String variability = variable.variability();
        Set<String> allowed = VARIABILITIES.get(causality);
        if (allowed == null) {
            return; // the schema check names causalities that do not exist
        }
        boolean implied = !variable.node().has("variability");
        if (described.version() == 2 && implied && !Described.FLOATS.contains(variable.type())) {
            variability = causality.equals("parameter") ? variability : "discrete";
        }
        if (!allowed.contains(variability)) {
            warn(
                    "description.combination",
                    variable,
                    "Causality " + causality + " does not go with variability " + variability
                            + (implied ? ", which holds where nothing is said" : "") + ".",
                    "Make it one of " + allowed.stream().sorted().toList() + ".");
            return;
        }
        if (variability.equals("continuous") && !Described.FLOATS.contains(variable.type())) {
            warn(
                    "description.combination",
                    variable,
                    "A variable of type " + variable.type() + " cannot be continuous.",
                    "Make it discrete.");
        }
        initial(variable, causality, variability);
    }

    private void initial(Variable variable, String causality, String variability) {
        List<String> allowed = initials(causality, variability);
        String given = variable.initial().orElse("");
        if (!given.isEmpty() && !allowed.contains(given)) {
            warn(
                    "description.combination",
                    variable,
                    "Initial '" + given + "' does not go with causality " + causality + " and variability "
                            + variability + ".",
                    allowed.isEmpty() ? "Leave initial out." : "Make it one of " + allowed + ".");
            return;
        }
        if (variable.type().equals("Clock")) {
            return; // clocks have no values to begin with
        }
        String holds = given.isEmpty() && !allowed.isEmpty() ? allowed.getFirst() : given;
        boolean needs = causality.equals("input") || holds.equals("exact") || holds.equals("approx");
        boolean forbids = causality.equals("independent") || holds.equals("calculated");
        if (needs && !variable.hasStart()) {
            warn(
                    "description.start_missing",
                    variable,
                    "It has no start value, and a variable that is "
                            + (holds.isEmpty() ? causality : "initially " + holds) + " needs one.",
                    "Export the FMU with start values; until then the library's own value holds.");
        }
        if (forbids && variable.hasStart()) {
            warn(
                    "description.start_forbidden",
                    variable,
                    "It has a start value, but is " + (causality.equals("independent") ? "the time" : "calculated")
                            + ".",
                    "Leave the start value out, or say initial=\"approx\" or \"exact\".");
        }
    }

    /** What initial may be, the one that holds when nothing is said first. */
    private List<String> initials(String causality, String variability) {
        return switch (causality) {
            case "parameter", "structuralParameter" -> List.of("exact");
            case "calculatedParameter" -> List.of("calculated", "approx");
            case "input" -> described.version() == 3 ? List.of("exact") : List.of();
            case "independent" -> List.of();
            default ->
                switch (variability) {
                    case "constant" -> List.of("exact");
                    case "fixed", "tunable" -> List.of("calculated", "approx");
                    default -> List.of("calculated", "exact", "approx");
                };
        };
    }

    private void independent() {
        List<Variable> times = described.variables().stream()
                .filter(variable -> variable.causality().equals("independent"))
                .toList();
        if (times.size() > 1) {
            warn(
                    "description.independent",
                    times.get(1),
                    "There are " + times.size() + " independent variables.",
                    "Keep one.");
        }
        if (described.version() == 3 && times.isEmpty()) {
            findings.warning(
                    Category.ERRONEOUS,
                    "description.independent",
                    described.root().place(),
                    "There is no independent variable; FMI 3.0 demands exactly one.",
                    "Tell the maker of the export tool; the FMU may run all the same.");
        }
        for (Variable time : times) {
            if (!Described.FLOATS.contains(time.type())) {
                warn(
                        "description.independent",
                        time,
                        "The independent variable is no floating-point number.",
                        "Make it one.");
            }
        }
    }

    private void error(String code, Variable variable, String cause, String remedy) {
        findings.error(Category.ERRONEOUS, code, variable.place(), cause, remedy);
    }

    private void warn(String code, Variable variable, String cause, String remedy) {
        findings.warning(Category.ERRONEOUS, code, variable.place(), cause, remedy);
    }
}
