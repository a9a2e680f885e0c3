package org.voltwin.cosim.fmu;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;

/** An FMU file whose archive, description and Linux library have been checked. */
public record FmuArchive(Path file, ModelDescription description) {
    private static final long LARGEST_FILE = 256L << 20;
    private static final long LARGEST_CONTENT = 1L << 30;
    private static final long LARGEST_DESCRIPTION = 64L << 20;
    private static final int MOST_ENTRIES = 10_000;
    /** Text compresses 5 to 20 times, a bomb a thousand times. */
    private static final long LARGEST_RATIO = 200;

    private static final long RATIO_MATTERS_FROM = 1L << 20;
    private static final String DESCRIPTION = "modelDescription.xml";

    /** The file's name without its ending: how connections files name the FMU. */
    public String name() {
        return nameOf(file);
    }

    static String nameOf(Path file) {
        return String.valueOf(file.getFileName()).replaceFirst("(?i)\\.fmu$", "");
    }

    /** Opens and checks; refused with {@code fmu.*} codes. Runs nothing of the FMU. */
    public static Outcome<FmuArchive> open(Path file) {
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return refused("fmu.missing", "There is no file " + file.getFileName() + ".", "Give an FMU file.");
            }
            if (Files.size(file) > LARGEST_FILE) {
                return refused(
                        "fmu.too_large",
                        "The file has " + Files.size(file) + " bytes; the limit is " + LARGEST_FILE + ".",
                        "Leave out of the FMU what the simulation does not need.");
            }
            try (ZipFile zip = new ZipFile(file.toFile())) {
                return check(file, zip);
            }
        } catch (ZipException e) {
            return refused(
                    "fmu.not_a_zip",
                    "The file is not a ZIP archive: " + e.getMessage() + ".",
                    "Export the FMU again; an FMU is a ZIP archive with modelDescription.xml in it.");
        } catch (IOException | IllegalArgumentException e) {
            return refused("fmu.unreadable", "The file cannot be read: " + e.getMessage() + ".", "Copy it again.");
        }
    }

    /** What an FMU says of itself, without a look at the rest of it; refused with {@code fmu.*} codes. */
    public static Outcome<ModelDescription> describe(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry description = zip.getEntry(DESCRIPTION);
            return description == null
                    ? withoutDescription()
                    : DescriptionReader.read(content(zip, description, LARGEST_DESCRIPTION));
        } catch (IOException | IllegalArgumentException e) {
            return refused("fmu.unreadable", "The file cannot be read: " + e.getMessage() + ".", "Copy it again.");
        }
    }

    private static <T> Outcome<T> withoutDescription() {
        return refused(
                "fmu.no_description",
                "The archive holds no " + DESCRIPTION + ".",
                "Export the FMU again; " + DESCRIPTION + " must be at the top of the archive.");
    }

    private static Outcome<FmuArchive> check(Path file, ZipFile zip) throws IOException {
        long content = 0;
        int count = 0;
        Set<String> names = new HashSet<>();
        for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
            ZipEntry entry = all.nextElement();
            if (!isSafe(entry.getName())) {
                return refused(
                        "fmu.zip_slip",
                        "The archive holds '" + entry.getName() + "', which leads out of its folder.",
                        "Do not use this file: it was made to overwrite files.");
            }
            content += Math.max(0, entry.getSize());
            boolean bomb = entry.getSize() > RATIO_MATTERS_FROM
                    && entry.getSize() / Math.max(1, entry.getCompressedSize()) > LARGEST_RATIO;
            if (bomb || ++count > MOST_ENTRIES || content > LARGEST_CONTENT) {
                return refused(
                        "fmu.zip_bomb",
                        "The archive unpacks to more than is allowed, at '" + entry.getName() + "'.",
                        "Use an FMU of at most " + MOST_ENTRIES + " files and " + LARGEST_CONTENT + " bytes.");
            }
            if (!names.add(entry.getName())) {
                return refused(
                        "fmu.malformed_archive",
                        "The archive holds '" + entry.getName() + "' twice.",
                        "Export the FMU again.");
            }
        }
        ZipEntry description = zip.getEntry(DESCRIPTION);
        if (description == null) {
            return withoutDescription();
        }
        return DescriptionReader.read(content(zip, description, LARGEST_DESCRIPTION))
                .flatMap(read -> library(file, zip, read));
    }

    private static Outcome<FmuArchive> library(Path file, ZipFile zip, ModelDescription description) {
        String path = description.libraryPath();
        ZipEntry library = zip.getEntry(path);
        if (library == null) {
            return refused(
                    "fmu.no_linux_binary",
                    "The archive holds no " + path + ".",
                    "Export the FMU with a binary for 64-bit Linux, or add one built from its sources.");
        }
        try {
            Path copy = Files.createTempFile("voltwin-elf-", ".so");
            try {
                write(zip, library, copy, LARGEST_FILE);
                return ElfFile.check(path, copy, CalledFunctions.of(description))
                        .map(checked -> new FmuArchive(file, description));
            } finally {
                Files.delete(copy);
            }
        } catch (IOException e) {
            return refused("fmu.unreadable", path + " cannot be read: " + e.getMessage() + ".", "Export it again.");
        }
    }

    /** Unpacks into a folder that is empty or absent; what is written is counted, whatever the archive's index says. */
    public Path unpack(Path target) throws IOException {
        long left = LARGEST_CONTENT;
        Files.createDirectories(target);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
                ZipEntry entry = all.nextElement();
                Path place = target.resolve(entry.getName()).normalize();
                if (!isSafe(entry.getName()) || !place.startsWith(target)) {
                    throw new IOException("Entry " + entry.getName() + " leads out of the folder");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(place);
                    continue;
                }
                Files.createDirectories(place.getParent());
                left -= write(zip, entry, place, left);
            }
        }
        return target.resolve(description.libraryPath());
    }

    private static byte[] content(ZipFile zip, ZipEntry entry, long limit) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, limit + 1));
            if (bytes.length > limit) {
                throw new IOException(entry.getName() + " is larger than " + limit + " bytes");
            }
            return bytes;
        }
    }

    private static long write(ZipFile zip, ZipEntry entry, Path target, long limit) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long written = 0;
        try (InputStream in = zip.getInputStream(entry);
                OutputStream out = Files.newOutputStream(target)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                written += read;
                if (written > limit) {
                    throw new IOException(entry.getName() + " is larger than " + limit + " bytes");
                }
                out.write(buffer, 0, read);
            }
        }
        return written;
    }

    private static boolean isSafe(String name) {
        return !name.startsWith("/")
                && !name.contains("\\")
                && !name.contains(":")
                && name.indexOf(0) < 0
                && !("/" + name + "/").contains("/../");
    }

    private static <T> Outcome<T> refused(String code, String cause, String remedy) {
        return Outcome.refused(Failure.permanent(code, cause, remedy));
    }
}
