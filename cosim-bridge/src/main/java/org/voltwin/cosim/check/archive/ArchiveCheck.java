package org.voltwin.cosim.check.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.voltwin.cosim.check.finding.Findings;
import org.voltwin.cosim.check.finding.Findings.Category;

/** Looks for everything in a ZIP archive that would harm who unpacks it, or that readers understand differently. */
public final class ArchiveCheck {
    private static final long LARGEST_FILE = 256L << 20;
    private static final long LARGEST_CONTENT = 1L << 30;
    private static final int MOST_ENTRIES = 10_000;
    private static final int LONGEST_NAME = 1024;
    /** Text compresses 5 to 20 times, a bomb a thousand times. */
    private static final long LARGEST_RATIO = 200;

    private static final long RATIO_MATTERS_FROM = 1L << 20;
    private static final String HOSTILE = "Do not use this file: no export tool writes this.";
    private static final String EXPORT_AGAIN = "Export the FMU again, or pack it again with a plain ZIP tool.";

    private final Path file;
    private final Findings findings;

    private ArchiveCheck(Path file, Findings findings) {
        this.file = file;
        this.findings = findings;
    }

    /** Adds what is wrong with the archive; answers whether its content may be read. */
    public static boolean check(Path file, Findings findings) {
        return new ArchiveCheck(file, findings).check();
    }

    private boolean check() {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            findings.error(
                    Category.MALFORMED,
                    "fmu.missing",
                    "",
                    "There is no such file" + (Files.isSymbolicLink(file) ? ": it is a link." : "."),
                    "Give an FMU file.");
            return false;
        }
        try {
            if (Files.size(file) > LARGEST_FILE) {
                findings.error(
                        Category.MALFORMED,
                        "fmu.too_large",
                        "",
                        "The file has " + Files.size(file) + " bytes; the limit is " + LARGEST_FILE + ".",
                        "Leave out of the FMU what the simulation does not need.");
                return false;
            }
            ZipIndex index = ZipIndex.read(file);
            look(index);
            return !findings.hasError() && readAll();
        } catch (IOException | IndexOutOfBoundsException e) {
            findings.error(
                    Category.MALFORMED,
                    "fmu.not_a_zip",
                    "",
                    "The file is not a ZIP archive: " + e.getMessage() + ".",
                    "Export the FMU again; an FMU is a ZIP archive with modelDescription.xml in it.");
            return false;
        }
    }

    private void look(ZipIndex index) {
        if (!index.complete()) {
            error("fmu.zip_lies", "", "The archive's index and its end disagree on how many entries there are.");
        }
        if (index.entries().size() > MOST_ENTRIES) {
            bomb("", "The archive has " + index.entries().size() + " entries.");
        }
        long content = 0;
        for (ZipIndex.Entry entry : index.entries()) {
            look(entry);
            content += Math.max(0, entry.size());
        }
        if (content > LARGEST_CONTENT) {
            bomb("", "The archive unpacks to " + content + " bytes.");
        }
        names(index.entries());
        overlaps(index.entries());
    }

    private void look(ZipIndex.Entry entry) {
        String name = entry.name();
        if (leadsOut(name)) {
            findings.error(
                    Category.MALFORMED,
                    "fmu.zip_slip",
                    name,
                    "The archive holds '" + name + "', which leads out of its folder.",
                    "Do not use this file: it was made to overwrite files.");
        }
        if (entry.isSpecial()) {
            findings.error(
                    Category.MALFORMED,
                    "fmu.zip_link",
                    name,
                    "'" + name + "' is a link or a device, not a file.",
                    "Export the FMU with the files themselves.");
        }
        if (entry.isEncrypted()) {
            findings.error(
                    Category.MALFORMED,
                    "fmu.zip_encrypted",
                    name,
                    "'" + name + "' is encrypted.",
                    "Export the FMU without a password.");
        } else if (entry.method() != ZipEntry.STORED && entry.method() != ZipEntry.DEFLATED) {
            error(
                    "fmu.zip_method",
                    name,
                    "'" + name + "' is compressed by method " + entry.method() + ", not deflate.");
        }
        if (entry.localName() == null || !entry.localName().equals(name)) {
            error(
                    "fmu.zip_lies",
                    name,
                    "The index names '" + name + "', but its data is headed "
                            + (entry.localName() == null ? "by nothing" : "'" + entry.localName() + "'") + ".");
        }
        long packed = Math.max(1, entry.compressedSize());
        if (entry.size() > RATIO_MATTERS_FROM && entry.size() / packed > LARGEST_RATIO) {
            bomb(name, "'" + name + "' unpacks from " + packed + " to " + entry.size() + " bytes.");
        }
    }

    private static boolean leadsOut(String name) {
        return name.isEmpty()
                || name.length() > LONGEST_NAME
                || name.startsWith("/")
                || name.contains("\\")
                || name.contains(":")
                || name.chars().anyMatch(letter -> letter < ' ')
                || ("/" + name + "/").contains("/../")
                || ("/" + name + "/").contains("/./")
                || name.contains("//");
    }

    private void names(List<ZipIndex.Entry> entries) {
        Set<String> files = new HashSet<>();
        Map<String, String> folded = new HashMap<>();
        for (ZipIndex.Entry entry : entries) {
            if (!files.add(entry.name())) {
                error("fmu.zip_duplicate", entry.name(), "The archive holds '" + entry.name() + "' twice.");
            }
            String other = folded.putIfAbsent(entry.name().toLowerCase(Locale.ROOT), entry.name());
            if (other != null && !other.equals(entry.name())) {
                findings.warning(
                        Category.MALFORMED,
                        "fmu.zip_case",
                        entry.name(),
                        "'" + other + "' and '" + entry.name() + "' are one file on Windows.",
                        "Rename one of them.");
            }
        }
        for (ZipIndex.Entry entry : entries) {
            for (int slash = entry.name().indexOf('/');
                    slash > 0;
                    slash = entry.name().indexOf('/', slash + 1)) {
                String folder = entry.name().substring(0, slash);
                if (files.contains(folder)) {
                    error(
                            "fmu.zip_duplicate",
                            entry.name(),
                            "'" + folder + "' is a file and, for '" + entry.name() + "', a folder too.");
                }
            }
        }
    }

    /** Entries that share their data are how a small archive unpacks to anything. */
    private void overlaps(List<ZipIndex.Entry> entries) {
        List<ZipIndex.Entry> ordered = new ArrayList<>(entries);
        ordered.sort(Comparator.comparingLong(ZipIndex.Entry::offset));
        for (int i = 1; i < ordered.size(); i++) {
            if (ordered.get(i).offset() < ordered.get(i - 1).dataEnd()) {
                bomb(
                        ordered.get(i).name(),
                        "'" + ordered.get(i - 1).name() + "' and '"
                                + ordered.get(i).name() + "' share their data.");
            }
        }
    }

    /** Unpacks everything into nothing, counting: sizes in the index may be lies. */
    private boolean readAll() throws IOException {
        byte[] buffer = new byte[1 << 16];
        long left = LARGEST_CONTENT;
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                CRC32 sum = new CRC32();
                long before = left;
                try (InputStream in = zip.getInputStream(entry)) {
                    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                        sum.update(buffer, 0, read);
                        left -= read;
                        if (left < 0) {
                            bomb(entry.getName(), "'" + entry.getName() + "' unpacks to more than the index says.");
                            return false;
                        }
                    }
                } catch (IOException e) {
                    damaged(entry.getName(), String.valueOf(e.getMessage()));
                    continue;
                }
                if (entry.getSize() != before - left) {
                    damaged(
                            entry.getName(),
                            "it has " + (before - left) + " bytes, and the index says " + entry.getSize());
                } else if (entry.getCrc() != sum.getValue()) {
                    damaged(entry.getName(), "its checksum differs");
                }
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("a name in it is not text", e);
        }
        return !findings.hasError();
    }

    private void damaged(String name, String why) {
        findings.error(
                Category.MALFORMED,
                "fmu.zip_damaged",
                name,
                "'" + name + "' cannot be unpacked: " + why + ".",
                "Copy or export the FMU again: the file is damaged.");
    }

    private void bomb(String place, String cause) {
        findings.error(
                Category.MALFORMED,
                "fmu.zip_bomb",
                place,
                cause,
                "Use an FMU of at most " + MOST_ENTRIES + " files and " + LARGEST_CONTENT + " bytes. " + HOSTILE);
    }

    private void error(String code, String place, String cause) {
        findings.error(Category.MALFORMED, code, place, cause, EXPORT_AGAIN);
    }
}
