package org.voltwin.cosim.check.description;

import java.util.Optional;
import org.voltwin.cosim.check.finding.Findings;
import org.voltwin.cosim.check.finding.Findings.Category;

/** The CoSimulation element: the library's name and capability flags that contradict each other. */
final class InterfaceRules {
    private static final String FLAGS = "Tell the maker of the export tool which flag is wrong.";

    private final Described described;
    private final XmlNode element;
    private final Findings findings;

    private InterfaceRules(Described described, XmlNode element, Findings findings) {
        this.described = described;
        this.element = element;
        this.findings = findings;
    }

    /** The modelIdentifier; empty where there is none that can be used. */
    static Optional<String> check(Described described, Findings findings) {
        Optional<XmlNode> element = described.coSimulation();
        if (element.isEmpty()) {
            findings.error(
                    Category.ERRONEOUS,
                    "fmu.not_cosimulation",
                    described.root().place(),
                    "The FMU has no CoSimulation element: it is for model exchange or scheduled execution.",
                    "Export it for co-simulation.");
            return Optional.empty();
        }
        InterfaceRules rules = new InterfaceRules(described, element.get(), findings);
        rules.token();
        rules.flags();
        return rules.identifier();
    }

    private Optional<String> identifier() {
        String identifier = element.attribute("modelIdentifier", "");
        if (identifier.matches("[A-Za-z_]\\w{0,200}")) {
            return Optional.of(identifier);
        }
        findings.error(
                Category.MALFORMED,
                "fmu.malformed_description",
                element.place(),
                "The modelIdentifier '" + identifier + "' is not a C identifier, and it names the library.",
                "Export the FMU with a model identifier of letters, digits and underscores.");
        return Optional.empty();
    }

    private void token() {
        String key = described.version() == 2 ? "guid" : "instantiationToken";
        if (described.root().attribute(key, "").isBlank()) {
            findings.warning(
                    Category.ERRONEOUS,
                    "description.token",
                    described.root().place(),
                    "It has no " + key + ", which the library compares with its own.",
                    "Export the FMU again; a library that compares will refuse to start.");
        }
    }

    private void flags() {
        if (described.version() == 2) {
            flags2();
        } else {
            flags3();
        }
        if (element.isTrue("needsExecutionTool")) {
            warn(
                    "description.needs_tool",
                    "The FMU starts or calls a simulation tool; workers allow neither processes nor network.",
                    "Export it as a stand-alone FMU.");
        }
        element.number("fixedInternalStepSize")
                .filter(step -> step <= 0)
                .ifPresent(step -> warn("description.flags", "Its fixed internal step is " + step + " s.", FLAGS));
    }

    private void flags2() {
        contradiction(
                element.isTrue("canSerializeFMUstate") && !element.isTrue("canGetAndSetFMUstate"),
                "It can serialise its state but not get and set it.");
    }

    private void flags3() {
        contradiction(
                element.isTrue("canSerializeFMUState") && !element.isTrue("canGetAndSetFMUState"),
                "It can serialise its state but not get and set it.");
        contradiction(
                element.isTrue("canReturnEarlyAfterIntermediateUpdate")
                        && !element.isTrue("providesIntermediateUpdate"),
                "It can return early after an intermediate update but gives none.");
        boolean clocks = described.variables().stream()
                .anyMatch(variable -> variable.type().equals("Clock"));
        contradiction(clocks && !element.isTrue("hasEventMode"), "It has clocks but no event mode.");
    }

    private void contradiction(boolean there, String cause) {
        if (there) {
            warn("description.flags", cause, FLAGS);
        }
    }

    private void warn(String code, String cause, String remedy) {
        findings.warning(Category.CONTRADICTORY, code, element.place(), cause, remedy);
    }
}
