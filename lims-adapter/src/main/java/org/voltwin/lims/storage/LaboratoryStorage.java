package org.voltwin.lims.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Folders and durable file operations: what a method has done is on disk when it returns, and is either done or not.
 * Symbolic links are never followed: whoever may write to the pool could point one anywhere.
 */
public final class LaboratoryStorage {
    private final Path root;

    /** Makes the pool and the folder of rejected uploads if they are not there. */
    public LaboratoryStorage(Path root) throws IOException {
        this.root = root.toAbsolutePath().normalize();
        Files.createDirectories(pool());
        Files.createDirectories(rejected());
    }

    /** Where deliveries arrive. */
    public Path pool() {
        return root.resolve("pool");
    }

    /** Where uploads are kept that nobody can use. */
    public Path rejected() {
        return root.resolve("rejected");
    }

    /** A path below the root, from a message. */
    public Path resolve(String relative) {
        Path path = root.resolve(relative).normalize();
        if (!path.startsWith(root)) {
            throw new IllegalArgumentException("'" + relative + "' leads out of the laboratory's storage");
        }
        return path;
    }

    /** A path as messages name it: relative to the root, with slashes. */
    public String relative(Path path) {
        return root.relativize(path).toString().replace('\\', '/');
    }

    public static boolean isFmu(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(".fmu");
    }

    /** The two names that the documents give it. */
    public static boolean isConnections(String name) {
        return name.equals("connections.json") || name.equals("inter_connection.json");
    }

    public static boolean isFolder(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    public static boolean isFile(Path path) {
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** What is in a folder, by name; empty when there is no such folder. */
    public static List<Path> entries(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        if (isFolder(folder)) {
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
                stream.forEach(found::add);
            }
        }
        Collections.sort(found);
        return found;
    }

    /** Writes a file as a whole: readers see the old content or the new. */
    public static void write(Path file, byte[] content) throws IOException {
        Files.createDirectories(parent(file));
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try (FileChannel channel = FileChannel.open(
                part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync(parent(file));
    }

    /** Moves a file or folder within the storage; a file's content is flushed first. */
    public static void move(Path from, Path to) throws IOException {
        Files.createDirectories(parent(to));
        if (isFile(from)) {
            sync(from);
        }
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        sync(parent(to));
        sync(parent(from));
    }

    private static Path parent(Path path) {
        Path parent = path.getParent();
        if (parent == null) {
            throw new IllegalArgumentException(path + " has no folder");
        }
        return parent;
    }

    private static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Lower-case hexadecimal SHA-256 of a file. */
    public static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (DigestInputStream read = new DigestInputStream(in, digest)) {
                read.transferTo(java.io.OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
