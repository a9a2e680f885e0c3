package org.voltwin.standalone.ditto.journal;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * A data folder as one file, and back. A backup can be taken while the server writes: its files only grow, and a
 * record that was half written when the copy was made is cut when the copy is opened. What was acknowledged before the
 * backup began is in it.
 */
public final class Backup {
    private static final int ATTEMPTS = 5;

    private Backup() {}

    /**
     * @param others names of further files of the folder that belong to it when they are there
     * @param target is there only when it is whole
     * @return how many files it holds
     * @throws IOException when there is nothing to back up, the target exists, or the folder cannot be read
     */
    public static int create(Path folder, List<String> others, Path target) throws IOException {
        if (Files.exists(target)) {
            throw new FileAlreadyExistsException(target.toString());
        }
        Path partial = target.resolveSibling(target.getFileName() + ".partial");
        for (int attempt = 1; ; attempt++) {
            try {
                List<Path> files = JournalFolder.filesOf(folder);
                if (files.isEmpty()) {
                    throw new IOException("There is no data in " + folder + ".");
                }
                var all = new ArrayList<Path>(files);
                others.stream().map(folder::resolve).filter(Files::exists).forEach(all::add);
                write(all, partial);
                Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
                return all.size();
            } catch (NoSuchFileException e) {
                // A snapshot was finished meanwhile and replaced what was being copied.
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static void write(List<Path> files, Path target) throws IOException {
        try (var channel = FileChannel.open(
                        target,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
                var zip = new ZipOutputStream(Channels.newOutputStream(channel))) {
            for (Path file : files) {
                zip.putNextEntry(new ZipEntry(file.getFileName().toString()));
                try (InputStream in = Files.newInputStream(file)) {
                    in.transferTo(zip);
                }
                zip.closeEntry();
            }
            zip.finish();
            channel.force(true);
        }
    }

    /**
     * Fills an empty or missing folder and reads every record once.
     *
     * @param others names of further files that may be in the backup; those in the folder are replaced
     * @param check takes every record, and throws when it means nothing
     * @throws IOException when the folder has data already or is in use, or the backup is not one or is damaged
     */
    public static void restore(Path backup, Path folder, List<String> others, Consumer<byte[]> check)
            throws IOException {
        try (var target = new JournalFolder(folder, Retention.NONE)) {
            if (!JournalFolder.filesOf(folder).isEmpty()) {
                throw new IOException("There is data in " + folder + " already; restore into an empty folder.");
            }
            int files = 0;
            try (var zip = new ZipInputStream(new BufferedInputStream(Files.newInputStream(backup)))) {
                for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    if (!JournalFolder.isDataFile(entry.getName()) && !others.contains(entry.getName())) {
                        throw new IOException(backup + " is not a backup: it has '" + entry.getName() + "'.");
                    }
                    Path file = folder.resolve(entry.getName());
                    Files.copy(zip, file, StandardCopyOption.REPLACE_EXISTING);
                    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                        channel.force(true);
                    }
                    files++;
                }
            }
            if (files == 0) {
                throw new IOException(backup + " is not a backup.");
            }
            target.recover(check);
        }
    }
}
