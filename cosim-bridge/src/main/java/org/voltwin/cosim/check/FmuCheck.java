package org.voltwin.cosim.check;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.port.ModelInspector.Finding;

/** {@code voltwin fmu check}: findings on FMU files, connections files and folders of them. */
public final class FmuCheck {
    private FmuCheck() {}

    /** All findings in the order of the files; a folder is checked as a coupled model. */
    public static List<Finding> check(List<Path> files) {
        List<Finding> findings = new ArrayList<>();
        for (Path file : files) {
            if (Files.isDirectory(file)) {
                findings.addAll(folder(file));
            } else if (ConnectionsFile.isName(String.valueOf(file.getFileName()))) {
                if (ConnectionsFile.read(file) instanceof Outcome.Refused<List<Connection>> refused) {
                    findings.add(FolderInspector.finding(file, refused.failure()));
                }
            } else {
                findings.addAll(FmuDiagnosis.of(file));
            }
        }
        return List.copyOf(findings);
    }

    /** Every FMU by itself, then how they fit; what an FMU by itself has is said once. */
    private static List<Finding> folder(Path folder) {
        List<Finding> findings = new ArrayList<>();
        for (Path fmu : FolderInspector.fmus(folder)) {
            findings.addAll(FmuDiagnosis.of(fmu));
        }
        new FolderInspector()
                .inspect(folder).findings().stream()
                        .filter(finding ->
                                !finding.place().toLowerCase(Locale.ROOT).endsWith(".fmu"))
                        .forEach(findings::add);
        return findings;
    }
}
