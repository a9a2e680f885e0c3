package org.voltwin.cosim.check.description;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.voltwin.cosim.check.description.Described.Variable;
import org.voltwin.cosim.check.finding.Findings;
import org.voltwin.cosim.check.finding.Findings.Category;

/** Declared types, units and display units. */
final class TypeRules {
    private final Described described;
    private final Findings findings;
    private final Map<String, XmlNode> units = new HashMap<>();

    private TypeRules(Described described, Findings findings) {
        this.described = described;
        this.findings = findings;
        for (XmlNode unit : described.root().grandchildren("UnitDefinitions")) {
            XmlNode before = units.putIfAbsent(unit.attribute("name", ""), unit);
            if (before != null) {
                warn("description.duplicate_name", unit, "The unit is defined twice.", "Keep one definition.");
            }
            unit.child("BaseUnit")
                    .filter(base -> base.number("factor").orElse(1.0) == 0)
                    .ifPresent(base -> warn(
                            "description.unit",
                            unit,
                            "Its factor is 0, so nothing can be converted.",
                            "Mend the factor."));
        }
    }

    static void check(Described described, Findings findings) {
        TypeRules rules = new TypeRules(described, findings);
        Set<String> names = new HashSet<>();
        for (XmlNode type : described.root().grandchildren("TypeDefinitions")) {
            if (!names.add(type.attribute("name", ""))) {
                rules.warn("description.duplicate_name", type, "The type is defined twice.", "Keep one definition.");
            }
        }
        described.types().forEach((name, type) -> rules.units(type));
        for (Variable variable : described.variables()) {
            rules.declared(variable);
            rules.units(variable.detail(), variable.node(), described.inherited(variable, "unit"));
        }
    }

    private void declared(Variable variable) {
        Optional<String> name = variable.detail().attribute("declaredType");
        if (name.isEmpty()) {
            if (variable.type().equals("Enumeration")) {
                warn(
                        "description.declared_type",
                        variable.node(),
                        "An enumeration has no declared type, so its values have no names.",
                        "Export the FMU with the enumeration's type.");
            }
            return;
        }
        XmlNode type = described.types().get(name.get());
        if (type == null) {
            warn(
                    "description.declared_type",
                    variable.node(),
                    "Its declared type '" + name.get() + "' is not defined.",
                    "Add it to TypeDefinitions, or leave declaredType out.");
            return;
        }
        String base = type.name().replaceFirst("Type$", "");
        if (!base.equals(variable.type())) {
            warn(
                    "description.declared_type",
                    variable.node(),
                    "It is of type " + variable.type() + " and declared as '" + name.get() + "', which is " + base
                            + ".",
                    "Declare it as a type of its own kind.");
        }
    }

    private void units(XmlNode type) {
        units(type, type, type.attribute("unit"));
    }

    private void units(XmlNode detail, XmlNode at, Optional<String> unit) {
        if (detail.has("unit") && !units.containsKey(detail.attribute("unit", ""))) {
            warn(
                    "description.unit",
                    at,
                    "Its unit '" + detail.attribute("unit", "") + "' is not defined.",
                    "Add it to UnitDefinitions with its BaseUnit, so that it can be converted.");
            return;
        }
        Optional<String> shown = detail.attribute("displayUnit");
        if (shown.isPresent()) {
            List<XmlNode> known = unit.map(units::get)
                    .map(definition -> definition.children("DisplayUnit"))
                    .orElse(List.of());
            if (known.stream()
                    .noneMatch(candidate -> candidate.attribute("name", "").equals(shown.get()))) {
                warn(
                        "description.display_unit",
                        at,
                        "Its display unit '" + shown.get() + "' is not one of its unit's.",
                        "Add the DisplayUnit to the unit; results are in the unit itself.");
            }
        }
    }

    private void warn(String code, XmlNode at, String cause, String remedy) {
        findings.warning(Category.ERRONEOUS, code, at.place(), cause, remedy);
    }
}
