package org.voltwin.standalone.stores;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.CopyOption;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.sshd.common.file.root.RootedFileSystem;
import org.apache.sshd.sftp.server.DirectoryHandle;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.SftpFileSystemAccessor;
import org.apache.sshd.sftp.server.SftpSubsystemProxy;

/**
 * What a user may do with which file. The virtual file system already keeps {@code ..} inside the root; here links that
 * somebody else put below the root are followed to their end and refused when that is outside, no user makes a link,
 * and the users' rights (read only, endings of names) are applied.
 */
sealed class ConfinedFiles implements SftpFileSystemAccessor permits ExchangeFiles {
    private static final Set<OpenOption> WRITING = Set.of(
            StandardOpenOption.WRITE,
            StandardOpenOption.APPEND,
            StandardOpenOption.CREATE,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.DELETE_ON_CLOSE);

    private final Function<String, Optional<StoresConfig.User>> users;

    /** @param users by name */
    ConfinedFiles(Function<String, Optional<StoresConfig.User>> users) {
        this.users = users;
    }

    @Override
    public Path resolveLocalFilePath(SftpSubsystemProxy subsystem, Path rootDir, String remotePath) throws IOException {
        Path path = SftpFileSystemAccessor.super.resolveLocalFilePath(subsystem, rootDir, remotePath);
        requireInside(path);
        return path;
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
        requireInside(file);
        requireEnding(subsystem, file);
        if (isWriting(options)) {
            requireWriting(subsystem, file);
        }
        return SftpFileSystemAccessor.super.openFile(subsystem, fileHandle, file, handle, options, attributes);
    }

    static boolean isWriting(Set<? extends OpenOption> options) {
        return options.stream().anyMatch(WRITING::contains);
    }

    @Override
    public java.nio.file.DirectoryStream<Path> openDirectory(
            SftpSubsystemProxy subsystem,
            DirectoryHandle directoryHandle,
            Path directory,
            String handle,
            LinkOption... linkOptions)
            throws IOException {
        requireInside(directory);
        return SftpFileSystemAccessor.super.openDirectory(subsystem, directoryHandle, directory, handle, linkOptions);
    }

    @Override
    public void createDirectory(SftpSubsystemProxy subsystem, Path path) throws IOException {
        requireInside(path);
        requireWriting(subsystem, path);
        SftpFileSystemAccessor.super.createDirectory(subsystem, path);
    }

    @Override
    public void createLink(SftpSubsystemProxy subsystem, Path link, Path existing, boolean symLink) throws IOException {
        throw new AccessDeniedException(link.toString(), null, "links are not made here");
    }

    @Override
    public String resolveLinkTarget(SftpSubsystemProxy subsystem, Path link) throws IOException {
        throw new AccessDeniedException(link.toString(), null, "links are not shown here");
    }

    @Override
    public void renameFile(SftpSubsystemProxy subsystem, Path oldPath, Path newPath, Collection<CopyOption> options)
            throws IOException {
        requireBoth(subsystem, oldPath, newPath);
        SftpFileSystemAccessor.super.renameFile(subsystem, oldPath, newPath, options);
    }

    @Override
    public void copyFile(SftpSubsystemProxy subsystem, Path source, Path target, Collection<CopyOption> options)
            throws IOException {
        requireBoth(subsystem, source, target);
        SftpFileSystemAccessor.super.copyFile(subsystem, source, target, options);
    }

    @Override
    public void removeFile(SftpSubsystemProxy subsystem, Path path, boolean directory) throws IOException {
        requireInside(path);
        requireWriting(subsystem, path);
        SftpFileSystemAccessor.super.removeFile(subsystem, path, directory);
    }

    @Override
    public void setFileAttribute(
            SftpSubsystemProxy subsystem, Path file, String view, String attribute, Object value, LinkOption... options)
            throws IOException {
        requireInside(file);
        requireWriting(subsystem, file);
        SftpFileSystemAccessor.super.setFileAttribute(subsystem, file, view, attribute, value, options);
    }

    @Override
    public void setFilePermissions(
            SftpSubsystemProxy subsystem, Path file, Set<PosixFilePermission> permissions, LinkOption... options)
            throws IOException {
        requireInside(file);
        requireWriting(subsystem, file);
        SftpFileSystemAccessor.super.setFilePermissions(subsystem, file, permissions, options);
    }

    private void requireBoth(SftpSubsystemProxy subsystem, Path source, Path target) throws IOException {
        requireInside(source);
        requireInside(target);
        requireWriting(subsystem, source);
        if (!Files.isDirectory(source)) {
            requireEnding(subsystem, target);
        }
    }

    private void requireWriting(SftpSubsystemProxy subsystem, Path file) throws IOException {
        if (user(subsystem, file).readOnly()) {
            throw new AccessDeniedException(file.toString(), null, "the user may only read");
        }
    }

    private void requireEnding(SftpSubsystemProxy subsystem, Path file) throws IOException {
        Set<String> extensions = user(subsystem, file).extensions();
        Path last = file.getFileName();
        String name = last == null ? "" : last.toString().toLowerCase(Locale.ROOT);
        if (!extensions.isEmpty() && extensions.stream().noneMatch(extension -> name.endsWith("." + extension))) {
            throw new AccessDeniedException(file.toString(), null, "the user's files end with " + extensions);
        }
    }

    private StoresConfig.User user(SftpSubsystemProxy subsystem, Path file) throws IOException {
        return users.apply(subsystem.getServerSession().getUsername())
                .orElseThrow(() -> new AccessDeniedException(file.toString(), null, "the session has no known user"));
    }

    /** Follows the links of whatever of the path exists. */
    static void requireInside(Path path) throws IOException {
        FileSystem files = path.getFileSystem();
        if (!(files instanceof RootedFileSystem rooted)) {
            throw new AccessDeniedException(path.toString(), null, "the path is not below the user's root");
        }
        Path root = rooted.getRoot().toRealPath();
        Path inside = root;
        for (Path name : path.toAbsolutePath().normalize()) {
            inside = inside.resolve(name.toString());
            if (!Files.exists(inside, LinkOption.NOFOLLOW_LINKS)) {
                return;
            }
            Path real;
            try {
                real = inside.toRealPath();
            } catch (IOException e) {
                throw new AccessDeniedException(path.toString(), null, "a link leads nowhere");
            }
            if (!real.startsWith(root)) {
                throw new AccessDeniedException(path.toString(), null, "a link leads out of the user's root");
            }
        }
    }
}
