package org.voltwin.cosim.check;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.voltwin.cosim.fmu.FmuArchive;
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
                findings.addAll(new FolderInspector().inspect(file).findings());
            } else if (ConnectionsFile.isName(String.valueOf(file.getFileName()))) {
                if (ConnectionsFile.read(file) instanceof Outcome.Refused<List<Connection>> refused) {
                    findings.add(FolderInspector.finding(file, refused.failure()));
                }
            } else if (FmuArchive.open(file) instanceof Outcome.Refused<FmuArchive> refused) {
                findings.add(FolderInspector.finding(file, refused.failure()));
            }
        }
        return List.copyOf(findings);
    }
}
