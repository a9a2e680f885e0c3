package org.voltwin.cosim.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.voltwin.cosim.fmu.FmuArchive;
import org.voltwin.cosim.fmu.ModelVariable;
import org.voltwin.model.port.ModelInspector.Finding;
import org.voltwin.model.quantity.Unit;

/** How connections fit the FMUs they name. */
final class ConnectionCheck {
    private final String place;
    private final List<FmuArchive> fmus;
    private final List<Finding> findings = new ArrayList<>();

    ConnectionCheck(String place, List<FmuArchive> fmus) {
        this.place = place;
        this.fmus = fmus;
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }

    /** The connections with the FMUs' own names; those that do not fit are left out and reported. */
    List<Connection> resolve(List<Connection> connections) {
        List<Connection> good = new ArrayList<>();
        Map<String, String> driven = new HashMap<>();
        for (Connection connection : connections) {
            Optional<FmuArchive> from = fmu(connection.fromFmu());
            Optional<FmuArchive> to = fmu(connection.toFmu());
            if (from.isEmpty() || to.isEmpty()) {
                continue;
            }
            Optional<ModelVariable> output =
                    variable(from.get(), connection.fromVariable(), ModelVariable::isOutput, "output");
            Optional<ModelVariable> input =
                    variable(to.get(), connection.toVariable(), ModelVariable::isInput, "input");
            if (output.isEmpty() || input.isEmpty()) {
                continue;
            }
            String target = "/" + to.get().name() + "/" + input.get().name();
            String source = "/" + from.get().name() + "/" + output.get().name();
            String before = driven.putIfAbsent(target, source);
            if (before != null) {
                add(
                        "connections.driven_twice",
                        "Input " + target + " is driven by " + before + " and by " + source + ".",
                        "Keep one of the two connections.");
                continue;
            }
            if (fits(source, output.get(), target, input.get())) {
                good.add(new Connection(
                        from.get().name(),
                        output.get().name(),
                        to.get().name(),
                        input.get().name()));
            }
        }
        fmus.forEach(fmu -> unconnected(fmu, driven));
        return good;
    }

    private Optional<FmuArchive> fmu(String name) {
        Optional<FmuArchive> found = fmus.stream()
                .filter(fmu -> fmu.name().equals(name))
                .findFirst()
                .or(() -> fmus.stream()
                        .filter(fmu -> fmu.description().modelName().equals(name)
                                || fmu.description().identifier().equals(name))
                        .findFirst());
        if (found.isEmpty()) {
            add(
                    "connections.unknown_fmu",
                    "There is no FMU '" + name + "'."
                            + SimilarNames.hint(
                                    name, fmus.stream().map(FmuArchive::name).toList()),
                    "Name an FMU by its file's name without .fmu.");
        }
        return found;
    }

    private Optional<ModelVariable> variable(
            FmuArchive fmu, String name, Predicate<ModelVariable> kind, String kindName) {
        Optional<ModelVariable> known = fmu.description().variable(name);
        if (known.isEmpty()) {
            List<String> names = fmu.description().variables().stream()
                    .filter(kind)
                    .map(ModelVariable::name)
                    .toList();
            add(
                    "connections.unknown_signal",
                    "FMU '" + fmu.name() + "' has no variable '" + name + "'." + SimilarNames.hint(name, names),
                    "Use one of its " + kindName + "s: " + String.join(", ", names) + ".");
            return known;
        }
        if (!kind.test(known.get())) {
            add(
                    "connections.not_an_" + kindName,
                    "Variable '" + name + "' of FMU '" + fmu.name() + "' is "
                            + known.get().causality() + ", not " + kindName + ".",
                    "InSignalReference names an input, OutSignalReference the output that drives it.");
            return Optional.empty();
        }
        return known;
    }

    private boolean fits(String source, ModelVariable output, String target, ModelVariable input) {
        if (output.type() != ModelVariable.Type.FLOAT64
                || input.type() != ModelVariable.Type.FLOAT64
                || output.size() != 1
                || input.size() != 1) {
            add(
                    "connections.type_mismatch",
                    source + " drives " + target + ", but only scalar Float64 signals can be connected.",
                    "Connect Float64 signals.");
            return false;
        }
        String from = output.unit();
        String to = input.unit();
        if (from == null || to == null || from.equals(to)) {
            return true;
        }
        Optional<Unit> known = Unit.parse(from);
        Optional<Unit> wanted = Unit.parse(to);
        if (known.isEmpty() || wanted.isEmpty()) {
            add(
                    "connections.unknown_unit",
                    source + " is in '" + from + "' and " + target + " in '" + to
                            + "', and no conversion between them is known.",
                    "Use the same unit on both sides.");
            return false;
        }
        if (known.get().inside() != wanted.get().inside()) {
            add(
                    "connections.unit_mismatch",
                    source + " is in " + from + " but " + target + " wants " + to + ".",
                    "Connect signals of the same quantity.");
            return false;
        }
        return true;
    }

    private void unconnected(FmuArchive fmu, Map<String, String> driven) {
        for (ModelVariable variable : fmu.description().variables()) {
            if (variable.isInput() && !driven.containsKey("/" + fmu.name() + "/" + variable.name())) {
                findings.add(new Finding(
                        FolderInspector.INTERCONNECTION,
                        false,
                        "connections.unconnected_input",
                        place,
                        "Input /" + fmu.name() + "/" + variable.name() + " is not driven; it keeps its start value.",
                        "Connect it, or give it in input.csv."));
            }
        }
    }

    private void add(String code, String cause, String remedy) {
        findings.add(new Finding(FolderInspector.INTERCONNECTION, true, code, place, cause, remedy));
    }
}
