package org.voltwin.cosim.check;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.voltwin.cosim.check.archive.ArchiveCheck;
import org.voltwin.cosim.check.binary.BinaryCheck;
import org.voltwin.cosim.check.description.DescriptionCheck;
import org.voltwin.cosim.check.description.DescriptionCheck.Facts;
import org.voltwin.cosim.check.finding.Findings;
import org.voltwin.cosim.check.finding.Findings.Category;
import org.voltwin.cosim.fmu.FmuArchive;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.port.ModelInspector.Finding;

/** Everything that can be found in one FMU without running it. */
final class FmuDiagnosis {
    private static final String DESCRIPTION = "modelDescription.xml";
    private static final int LARGEST_DESCRIPTION = 64 << 20;

    private final Path file;
    private final Findings findings;

    private FmuDiagnosis(Path file) {
        this.file = file;
        this.findings = new Findings(String.valueOf(file.getFileName()));
    }

    static List<Finding> of(Path file) {
        FmuDiagnosis diagnosis = new FmuDiagnosis(file);
        try {
            diagnosis.run();
        } catch (IOException e) {
            diagnosis.findings.error(
                    Category.MALFORMED,
                    "fmu.unreadable",
                    "",
                    "The file cannot be read: " + e.getMessage() + ".",
                    "Copy it again.");
        }
        return diagnosis.findings.list();
    }

    private void run() throws IOException {
        if (!ArchiveCheck.check(file, findings)) {
            return;
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Optional<byte[]> xml = description(zip);
            if (xml.isPresent()) {
                Optional<Facts> facts = DescriptionCheck.check(xml.get(), findings);
                if (facts.isPresent()) {
                    library(zip, facts.get());
                }
            }
        }
        // What opens FMUs for a run has the last word: whatever it refuses is an error here too.
        if (!findings.hasError() && FmuArchive.open(file) instanceof Outcome.Refused<FmuArchive> refused) {
            findings.addAll(List.of(FolderInspector.finding(file, refused.failure())));
        }
    }

    private Optional<byte[]> description(ZipFile zip) throws IOException {
        ZipEntry entry = zip.getEntry(DESCRIPTION);
        if (entry == null) {
            Optional<? extends ZipEntry> deeper = zip.stream()
                    .filter(candidate -> candidate.getName().endsWith("/" + DESCRIPTION))
                    .findFirst();
            findings.error(
                    Category.MALFORMED,
                    "fmu.no_description",
                    "",
                    "The archive holds no " + DESCRIPTION + " at its top"
                            + deeper.map(found -> ", but '" + found.getName() + "'.")
                                    .orElse("."),
                    "Export the FMU again, or pack the files without the folder around them.");
            return Optional.empty();
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] xml = in.readNBytes(LARGEST_DESCRIPTION + 1);
            if (xml.length > LARGEST_DESCRIPTION) {
                findings.error(
                        Category.MALFORMED,
                        "fmu.malformed_description",
                        DESCRIPTION,
                        "It has more than " + LARGEST_DESCRIPTION + " bytes.",
                        "Export the FMU with fewer variables.");
                return Optional.empty();
            }
            return Optional.of(xml);
        }
    }

    private void library(ZipFile zip, Facts facts) throws IOException {
        String place = facts.libraryPath();
        if (zip.getEntry(place) == null) {
            findings.error(
                    Category.ERRONEOUS,
                    "fmu.no_linux_binary",
                    place,
                    "The archive holds no " + place + "." + present(zip, facts),
                    "Export the FMU with a binary for 64-bit Linux, or add one built from its sources.");
            return;
        }
        Path folder = Files.createTempDirectory("voltwin-binaries-");
        try {
            for (ZipEntry entry : zip.stream().toList()) {
                String rest = entry.getName().startsWith(facts.libraryFolder())
                        ? entry.getName().substring(facts.libraryFolder().length())
                        : "";
                if (!rest.isEmpty() && !rest.contains("/")) {
                    try (InputStream in = zip.getInputStream(entry)) {
                        Files.copy(in, folder.resolve(rest));
                    }
                }
            }
            BinaryCheck.check(folder.resolve(facts.identifier() + ".so"), place, facts.version(), findings);
        } finally {
            FilesOf.delete(folder);
        }
    }

    /** What there is in place of the library. */
    private static String present(ZipFile zip, Facts facts) {
        TreeSet<String> platforms = zip.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.startsWith("binaries/") && name.indexOf('/', 9) > 0)
                .map(name -> name.substring(9, name.indexOf('/', 9)))
                .collect(Collectors.toCollection(TreeSet::new));
        String folder = facts.libraryFolder().replaceAll("^binaries/|/$", "");
        if (platforms.contains(folder)) {
            String held = zip.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.startsWith(facts.libraryFolder()) && !name.endsWith("/"))
                    .limit(5)
                    .collect(Collectors.joining(", "));
            return " That folder holds " + held + ".";
        }
        boolean sources = zip.stream().anyMatch(entry -> entry.getName().startsWith("sources/"));
        return (platforms.isEmpty() ? " It holds no binaries at all." : " It holds binaries for " + platforms + ".")
                + (sources ? " It has sources." : "");
    }
}
