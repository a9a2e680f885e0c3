package org.voltwin.lims.delivery;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** An SFTP server on a random port of the loopback, with one user who has one key. */
public final class RealSftpServer implements AutoCloseable {
    static final String USER = "delivery";

    private final Path folder;
    private final SshServer server;
    private final KeyPair hostKey;
    private final AtomicInteger connections = new AtomicInteger();

    public RealSftpServer(Path folder, Path root) throws Exception {
        this.folder = folder;
        hostKey = newKey();
        KeyPair userKey = newKey();
        writePrivate(userKey, privateKey());
        writePrivate(newKey(), otherPrivateKey());
        server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setPort(0);
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        server.setPublickeyAuthenticator((user, key, session) -> {
            connections.incrementAndGet();
            return USER.equals(user) && KeyUtils.compareKeys(userKey.getPublic(), key);
        });
        server.setFileSystemFactory(new VirtualFileSystemFactory(root));
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory.Builder().build()));
        server.start();
        writeKnownHosts(knownHosts(), hostKey);
        writeKnownHosts(changedKnownHosts(), newKey());
        Files.writeString(emptyKnownHosts(), "");
    }

    public SftpConfiguration configuration(Path key, Path knownHosts) {
        return new SftpConfiguration("127.0.0.1", server.getPort(), USER, key, knownHosts, "/pool");
    }

    public Path privateKey() {
        return folder.resolve("delivery_key");
    }

    Path otherPrivateKey() {
        return folder.resolve("other_key");
    }

    public Path knownHosts() {
        return folder.resolve("known_hosts");
    }

    Path changedKnownHosts() {
        return folder.resolve("changed_known_hosts");
    }

    Path emptyKnownHosts() {
        return folder.resolve("empty_known_hosts");
    }

    int authentications() {
        return connections.get();
    }

    private void writeKnownHosts(Path file, KeyPair key) throws IOException {
        StringBuilder line = new StringBuilder("[127.0.0.1]:" + server.getPort() + " ");
        PublicKeyEntry.appendPublicKeyEntry(line, key.getPublic());
        Files.writeString(file, line.append('\n'), StandardCharsets.US_ASCII);
    }

    private static KeyPair newKey() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static void writePrivate(KeyPair key, Path file) throws Exception {
        try (OutputStream out = Files.newOutputStream(file)) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(key, "test", null, out);
        }
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }
}
