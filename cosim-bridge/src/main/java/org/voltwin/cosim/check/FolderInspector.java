package org.voltwin.cosim.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.voltwin.cosim.fmu.FmuArchive;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.port.ModelInspector;

/**
 * Checks folders of FMUs with their connections file. Runs no native code. {@link #inspect} is what a run needs to know,
 * and quick; {@link #inspectFolder} says everything.
 */
public final class FolderInspector implements ModelInspector {
    static final String MALFORMED = "malformed";
    static final String ERRONEOUS = "erroneous";
    static final String INTERCONNECTION = "interconnection";

    @Override
    public List<Finding> inspectFolder(String folder) {
        return FmuCheck.check(List.of(Path.of(folder)));
    }

    /** The FMU files of a folder by name; empty where it cannot be read. */
    static List<Path> fmus(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file ->
                            file.toString().toLowerCase(java.util.Locale.ROOT).endsWith(".fmu"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /**
     * What a folder holds and what is wrong with it.
     *
     * @param connections resolved against the FMUs; incomplete when there are errors
     */
    public record Inspection(List<Finding> findings, List<FmuArchive> fmus, List<Connection> connections) {
        public Inspection {
            findings = List.copyOf(findings);
            fmus = List.copyOf(fmus);
            connections = List.copyOf(connections);
        }

        /** The first error, if there is one. */
        public Optional<Failure> failure() {
            return findings.stream()
                    .filter(Finding::error)
                    .findFirst()
                    .map(finding -> Failure.permanent(
                            finding.code(), finding.place() + ": " + finding.cause(), finding.remedy()));
        }
    }

    public Inspection inspect(Path folder) {
        List<Finding> findings = new ArrayList<>();
        List<FmuArchive> fmus = new ArrayList<>();
        List<Path> files = fmus(folder);
        if (!Files.isReadable(folder)) {
            findings.add(new Finding(
                    MALFORMED, true, "fmu.missing", folder.toString(), "The folder cannot be read.", "Give a folder."));
        }
        if (files.isEmpty() && findings.isEmpty()) {
            findings.add(new Finding(
                    ERRONEOUS,
                    true,
                    "fmu.missing",
                    String.valueOf(folder.getFileName()),
                    "The folder holds no FMU.",
                    "Put the FMUs of the model and their connections file into it."));
        }
        for (Path file : files) {
            switch (FmuArchive.open(file)) {
                case Outcome.Ok<FmuArchive> ok -> fmus.add(ok.value());
                case Outcome.Refused<FmuArchive> refused -> findings.add(finding(file, refused.failure()));
            }
        }
        List<Connection> connections = new ArrayList<>();
        ConnectionsFile.in(folder)
                .ifPresentOrElse(
                        file -> readConnections(file, fmus, connections, findings),
                        () -> withoutConnections(fmus, findings));
        return new Inspection(findings, fmus, connections);
    }

    private static void readConnections(
            Path file, List<FmuArchive> fmus, List<Connection> connections, List<Finding> findings) {
        switch (ConnectionsFile.read(file)) {
            case Outcome.Refused<List<Connection>> refused -> findings.add(finding(file, refused.failure()));
            case Outcome.Ok<List<Connection>> read -> {
                ConnectionCheck check = new ConnectionCheck(String.valueOf(file.getFileName()), fmus);
                connections.addAll(check.resolve(read.value()));
                findings.addAll(check.findings());
            }
        }
    }

    private static void withoutConnections(List<FmuArchive> fmus, List<Finding> findings) {
        if (fmus.size() > 1) {
            findings.add(new Finding(
                    INTERCONNECTION,
                    true,
                    "connections.missing",
                    "connections.json",
                    "There are " + fmus.size() + " FMUs but neither connections.json nor inter_connection.json.",
                    "Add the file that says which output drives which input."));
        }
    }

    static Finding finding(Path file, Failure failure) {
        String category = failure.code().startsWith("connections.malformed")
                        || List.of("fmu.not_a_zip", "fmu.malformed_description", "fmu.malformed_archive")
                                .contains(failure.code())
                ? MALFORMED
                : ERRONEOUS;
        return new Finding(
                category, true, failure.code(), String.valueOf(file.getFileName()), failure.cause(), failure.remedy());
    }
}
