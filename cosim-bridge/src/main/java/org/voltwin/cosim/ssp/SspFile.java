package org.voltwin.cosim.ssp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.voltwin.cosim.check.Connection;
import org.voltwin.cosim.check.finding.Findings;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.json.Json;
import org.voltwin.model.port.ModelInspector.Finding;

/** System structure descriptions: {@code .ssd}, or {@code .ssp} archives with their FMUs and parameter sets. */
public final class SspFile {
    private SspFile() {}

    /** Makes the folder that a run takes: the FMUs, connections.json and parameters.json. Answers with warnings. */
    public static List<Finding> unpack(Path file, Path folder) throws IOException {
        StructureDescription description = read(file, folder).orThrow();
        List<Map<String, Object>> connections = new ArrayList<>();
        for (Connection connection : description.connections()) {
            connections.add(Map.of(
                    "OutSignalReference", "/" + connection.fromFmu() + "/" + connection.fromVariable(),
                    "InSignalReference", "/" + connection.toFmu() + "/" + connection.toVariable(),
                    "Factor", connection.factor(),
                    "Offset", connection.offset(),
                    "ConvertUnits", connection.convertUnits()));
        }
        if (!connections.isEmpty()) {
            Files.write(folder.resolve("connections.json"), Json.bytes(connections));
        }
        Map<String, Object> parameters = new TreeMap<>(description.numbers());
        parameters.putAll(description.texts());
        Files.write(folder.resolve("parameters.json"), Json.bytes(parameters));
        return description.findings();
    }

    /**
     * Reads a {@code .ssd} or {@code .ssp} and puts each component's FMU into a folder under a name of its own; refused
     * with {@code ssp.*} codes, or those of FMUs.
     */
    public static Outcome<StructureDescription> read(Path file, Path folder) throws IOException {
        Files.createDirectories(folder);
        String name = String.valueOf(file.getFileName());
        Findings findings = new Findings(name);
        try (PackageFiles files = new PackageFiles()) {
            boolean archive = name.toLowerCase(Locale.ROOT).endsWith(".ssp");
            Path parent = file.toAbsolutePath().normalize().getParent();
            Sources sources = files.keep(archive || parent == null ? Sources.archive(file) : Sources.folder(parent));
            SystemReader reader = new SystemReader(files, folder, findings);
            Description description =
                    reader.description(new PackageFiles.Place(sources, ""), archive ? SystemReader.DESCRIPTION : name);
            Node system = reader.read(description);
            if (reader.components() == 0) {
                throw Refusal.malformed("It has no component.");
            }
            Parameters parameters = new Parameters(reader.network(), findings);
            parameters.apply(system);
            List<Connection> connections = connections(reader.network());
            if (connections.isEmpty() && reader.components() > 1) {
                throw Refusal.unsupported(
                        "Nothing connects its " + reader.components() + " components.",
                        "Run components that have nothing to do with each other one by one.");
            }
            return Outcome.ok(new StructureDescription(
                    connections, parameters.numbers(), parameters.texts(), description.stopSeconds(), findings.list()));
        } catch (RefusedException e) {
            Failure failure = e.failure();
            return Outcome.refused(Failure.permanent(
                    failure.code(),
                    Findings.printable(name + ": " + failure.cause()),
                    Findings.printable(failure.remedy())));
        } catch (IOException | IllegalArgumentException e) {
            return Outcome.refused(Refusal.malformed(name + " cannot be read: " + e.getMessage() + ".")
                    .failure());
        }
    }

    /** One for each way from a component to a component. */
    private static List<Connection> connections(Network network) {
        return network.ways().stream()
                .map(way -> connection(way.from(), way.to(), way.line()))
                .sorted(Comparator.comparing(Connection::toFmu)
                        .thenComparing(Connection::toVariable)
                        .thenComparing(Connection::fromFmu)
                        .thenComparing(Connection::fromVariable))
                .toList();
    }

    private static Connection connection(Port from, Port to, Line line) {
        boolean parameter = List.of(Kind.PARAMETER, Kind.STRUCTURAL_PARAMETER).contains(to.kind());
        boolean numeric = from.isScalable() && to.isScalable();
        if (parameter || from.name().contains("/") || to.name().contains("/") || !numeric && !line.isNone()) {
            throw Refusal.unsupported(
                    "The connection from " + from + " to " + to
                            + (parameter
                                    ? " gives a parameter what another FMU calculates."
                                    : numeric ? " has a name with a slash." : " transforms what is no number."),
                    "Connect outputs to inputs, with linear transformations of numbers at most.");
        }
        return new Connection(
                from.fmuName(), from.name(), to.fmuName(), to.name(), line.factor(), line.offset(), false);
    }
}
