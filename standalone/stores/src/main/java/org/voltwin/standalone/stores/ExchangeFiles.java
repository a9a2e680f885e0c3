package org.voltwin.standalone.stores;

import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.SftpSubsystemProxy;

/**
 * The models exchange as its people see it: they read its folders directly; what they write, remove and rename becomes
 * an order, and the client's call ends when that was carried out or refused. Files that a client writes under a passing
 * name ({@code .part}, {@code .filepart}) are held until they get their own. Users of the configuration are not
 * concerned.
 */
final class ExchangeFiles extends ConfinedFiles {
    private static final int MOST_HELD = 64;

    private final SignIns people;
    private final ExchangeOrders orders;
    private final Map<FileHandle, Path> written = new ConcurrentHashMap<>();
    private final Map<String, Path> held = new ConcurrentHashMap<>();

    ExchangeFiles(SignIns people, ExchangeOrders orders) {
        super(people::user);
        this.people = people;
        this.orders = orders;
    }

    private boolean isOfExchange(SftpSubsystemProxy subsystem) {
        return !people.isConfigured(user(subsystem));
    }

    private static String user(SftpSubsystemProxy subsystem) {
        return subsystem.getServerSession().getUsername();
    }

    private void requireAuthor(SftpSubsystemProxy subsystem, Path file) throws IOException {
        requireInside(file);
        if (!people.mayWrite(user(subsystem))) {
            throw new AccessDeniedException(file.toString(), null, "only model authors change the exchange");
        }
    }

    private static String inExchange(Path file) {
        return file.toAbsolutePath().normalize().toString();
    }

    private static String heldAs(SftpSubsystemProxy subsystem, Path file) {
        return user(subsystem) + " " + inExchange(file);
    }

    @Override
    public SeekableByteChannel openFile(
            SftpSubsystemProxy subsystem,
            FileHandle fileHandle,
            Path file,
            String handle,
            Set<? extends OpenOption> options,
            FileAttribute<?>... attributes)
            throws IOException {
        if (!isOfExchange(subsystem)) {
            return super.openFile(subsystem, fileHandle, file, handle, options, attributes);
        }
        if (!isWriting(options)) {
            SeekableByteChannel channel = super.openFile(subsystem, fileHandle, file, handle, options);
            orders.tell(user(subsystem), "get", inExchange(file));
            return channel;
        }
        requireAuthor(subsystem, file);
        if (options.contains(StandardOpenOption.APPEND) || options.contains(StandardOpenOption.READ)) {
            throw new AccessDeniedException(file.toString(), null, "models are written whole");
        }
        Path content = orders.newContent();
        SeekableByteChannel channel =
                Files.newByteChannel(content, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        written.put(fileHandle, content);
        return channel;
    }

    @Override
    public void closeFile(
            SftpSubsystemProxy subsystem,
            FileHandle fileHandle,
            Path file,
            String handle,
            Channel channel,
            Set<? extends OpenOption> options)
            throws IOException {
        Path content = fileHandle == null ? null : written.remove(fileHandle);
        super.closeFile(subsystem, fileHandle, file, handle, channel, options);
        if (content == null) {
            return;
        }
        if (!subsystem.getServerSession().isOpen()) {
            // The client went away in the middle: half a file is no upload.
            Files.deleteIfExists(content);
        } else if (isPassing(file)) {
            hold(heldAs(subsystem, file), content);
        } else {
            orders.put(user(subsystem), inExchange(file), content);
        }
    }

    private void hold(String name, Path content) throws IOException {
        if (held.size() >= MOST_HELD) {
            Files.deleteIfExists(content);
            throw new ExchangeOrders.RefusedByExchange(
                    "Too many files wait for their own names. Rename or remove some.");
        }
        Path before = held.put(name, content);
        if (before != null) {
            Files.deleteIfExists(before);
        }
    }

    private static boolean isPassing(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return name.endsWith(".part") || name.endsWith(".filepart");
    }

    @Override
    public void createDirectory(SftpSubsystemProxy subsystem, Path path) throws IOException {
        if (isOfExchange(subsystem)) {
            requireAuthor(subsystem, path);
            orders.change(user(subsystem), "mkdir", inExchange(path));
        } else {
            super.createDirectory(subsystem, path);
        }
    }

    @Override
    public void removeFile(SftpSubsystemProxy subsystem, Path path, boolean directory) throws IOException {
        if (!isOfExchange(subsystem)) {
            super.removeFile(subsystem, path, directory);
            return;
        }
        requireAuthor(subsystem, path);
        Path content = held.remove(heldAs(subsystem, path));
        if (content != null) {
            Files.deleteIfExists(content);
        } else {
            orders.change(user(subsystem), directory ? "rmdir" : "delete", inExchange(path));
        }
    }

    /** Gives a held file its own name; a model of the exchange is not renamed: it would be another one, unchecked. */
    @Override
    public void renameFile(SftpSubsystemProxy subsystem, Path oldPath, Path newPath, Collection<CopyOption> options)
            throws IOException {
        if (!isOfExchange(subsystem)) {
            super.renameFile(subsystem, oldPath, newPath, options);
            return;
        }
        requireAuthor(subsystem, oldPath);
        requireAuthor(subsystem, newPath);
        Path content = held.remove(heldAs(subsystem, oldPath));
        if (content == null) {
            throw new ExchangeOrders.RefusedByExchange(
                    "Models are not renamed. Upload under the new name, then delete the old one.");
        }
        if (Files.exists(newPath) && !options.contains(StandardCopyOption.REPLACE_EXISTING)) {
            held.put(heldAs(subsystem, oldPath), content);
            throw new ExchangeOrders.RefusedByExchange("There is a file of this name. Delete it first.");
        }
        orders.put(user(subsystem), inExchange(newPath), content);
    }

    /** Clients set times and modes after a copy; the exchange keeps its own. */
    @Override
    public void setFileAttribute(
            SftpSubsystemProxy subsystem, Path file, String view, String attribute, Object value, LinkOption... options)
            throws IOException {
        if (isOfExchange(subsystem)) {
            requireAuthor(subsystem, file);
        } else {
            super.setFileAttribute(subsystem, file, view, attribute, value, options);
        }
    }

    @Override
    public void setFilePermissions(
            SftpSubsystemProxy subsystem, Path file, Set<PosixFilePermission> permissions, LinkOption... options)
            throws IOException {
        if (isOfExchange(subsystem)) {
            requireAuthor(subsystem, file);
        } else {
            super.setFilePermissions(subsystem, file, permissions, options);
        }
    }
}
