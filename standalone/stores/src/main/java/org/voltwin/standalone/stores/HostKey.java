package org.voltwin.standalone.stores;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.util.security.SecurityUtils;

/** The server's own key: RSA with 3072 bits, made at the first start and kept in OpenSSH's form. */
final class HostKey {
    private static final int BITS = 3072;

    private HostKey() {}

    /** Reads the key, or makes it. */
    static KeyPair loadOrCreate(Path file) throws IOException, GeneralSecurityException {
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                Iterable<KeyPair> keys = SecurityUtils.loadKeyPairIdentities(
                        null, NamedResource.ofName(file.toString()), in, (session, resource, retry) -> "");
                if (keys != null && keys.iterator().hasNext()) {
                    return keys.iterator().next();
                }
                throw new IOException(file + " holds no key");
            }
        }
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(BITS);
        KeyPair key = generator.generateKeyPair();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(key, "voltwin stores", null, text);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(part, text.toByteArray(), StandardOpenOption.WRITE);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        return key;
    }

    /** Writes the line by which clients know the server; replaces the file. */
    static void writeKnownHosts(Path file, int port, KeyPair key) throws IOException {
        StringBuilder line = new StringBuilder("[localhost]:" + port + ",[127.0.0.1]:" + port + " ");
        PublicKeyEntry.appendPublicKeyEntry(line, key.getPublic());
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(part, line.append('\n'), US_ASCII);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
