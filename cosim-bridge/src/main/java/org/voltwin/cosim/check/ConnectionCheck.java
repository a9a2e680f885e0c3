package org.voltwin.cosim.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.voltwin.cosim.fmu.FmuArchive;
import org.voltwin.cosim.fmu.ModelVariable;
import org.voltwin.model.failure.SimilarNames;
import org.voltwin.model.port.ModelInspector.Finding;

/** How connections fit the FMUs they name. */
final class ConnectionCheck {
    private final String place;
    private final List<FmuArchive> fmus;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, UnitDefinitions> units = new HashMap<>();

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
                    variable(from.get(), connection.fromVariable(), ModelVariable::isCalculated, "output");
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
            if (!fits(source, output.get(), target, input.get())) {
                continue;
            }
            conversion(connection, source, from.get(), output.get(), target, to.get(), input.get())
                    .ifPresent(line -> good.add(new Connection(
                            from.get().name(),
                            output.get().name(),
                            to.get().name(),
                            input.get().name(),
                            connection.factor() * line.factor(),
                            connection.factor() * line.offset() + connection.offset(),
                            false)));
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
                    .filter(variable -> variable.causality().equals(kindName))
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
        if (!SignalTypes.fit(output.type(), input.type())) {
            add(
                    "connections.type_mismatch",
                    source + " is a " + output.type() + " and drives " + target + ", which is a " + input.type() + ".",
                    "Connect real numbers to real numbers, whole numbers to numbers, and other types to their own kind.");
            return false;
        }
        if (output.size() != input.size() && output.isFixedSize() && input.isFixedSize()) {
            add(
                    "connections.shape_mismatch",
                    source + " has " + output.size() + " values and drives " + target + ", which has " + input.size()
                            + ".",
                    "Connect arrays of the same size.");
            return false;
        }
        return true;
    }

    private Optional<UnitLine> conversion(
            Connection connection,
            String source,
            FmuArchive from,
            ModelVariable output,
            String target,
            FmuArchive to,
            ModelVariable input) {
        String given = output.unit();
        String wanted = input.unit();
        if (!connection.convertUnits() || given == null || wanted == null) {
            return Optional.of(UnitLine.NONE);
        }
        UnitDefinitions theirs = units(from);
        UnitDefinitions ours = units(to);
        boolean difference = theirs.relative(output.name()) || ours.relative(input.name());
        UnitLine.Answer answer = UnitLine.between(theirs.unit(given), given, ours.unit(wanted), wanted, difference);
        return switch (answer) {
            case UnitLine.Answer.Line line -> Optional.of(line.line());
            case UnitLine.Answer.Unknown unknown -> {
                add(
                        "connections.unknown_unit",
                        source + " is in '" + given + "' and " + target + " in '" + wanted
                                + "', and no conversion between them is known.",
                        "Define both units with their BaseUnit in the FMUs, or use the same unit on both sides.");
                yield Optional.empty();
            }
            case UnitLine.Answer.OtherQuantity other -> {
                add(
                        "connections.unit_mismatch",
                        source + " is in " + given + " but " + target + " wants " + wanted + ".",
                        "Connect signals of the same quantity.");
                yield Optional.empty();
            }
        };
    }

    private UnitDefinitions units(FmuArchive fmu) {
        return units.computeIfAbsent(fmu.name(), name -> UnitDefinitions.of(fmu.file()));
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
