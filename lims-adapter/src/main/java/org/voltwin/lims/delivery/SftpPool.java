package org.voltwin.lims.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.security.DigestOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.util.io.resource.PathResource;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;

/** One SFTP session with the pool: the dedicated user, its key, and nothing of the user's own SSH set-up. */
final class SftpPool implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final String PART = ".part";

    private final SshClient ssh;
    private final SftpClient sftp;
    private final String root;

    private SftpPool(SshClient ssh, SftpClient sftp, String root) {
        this.ssh = ssh;
        this.sftp = sftp;
        this.root = root;
    }

    /** Throws {@link RefusedException} with {@code delivery.*} when the server is not to be trusted or does not answer. */
    static SftpPool connect(SftpConfiguration configuration) {
        if (!Files.isReadable(configuration.knownHosts())) {
            throw new RefusedException(Failure.permanent(
                    "delivery.no_known_hosts",
                    "The known hosts file " + configuration.knownHosts() + " cannot be read.",
                    "Put the host key of the laboratory's SFTP server there."));
        }
        HostKeyCheck check = new HostKeyCheck(configuration.knownHosts());
        SshClient ssh = SshClient.setUpDefaultClient();
        ssh.setServerKeyVerifier(check);
        ssh.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        ssh.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        boolean connected = false;
        try {
            KeyPair key = key(configuration);
            ssh.start();
            ClientSession session = ssh.connect(configuration.user(), configuration.host(), configuration.port())
                    .verify(TIMEOUT)
                    .getSession();
            session.addPublicKeyIdentity(key);
            session.auth().verify(TIMEOUT);
            SftpPool pool =
                    new SftpPool(ssh, SftpClientFactory.instance().createSftpClient(session), configuration.poolPath());
            connected = true;
            return pool;
        } catch (IOException e) {
            throw new RefusedException(check.refusal().orElseGet(() -> failure(configuration, e)));
        } finally {
            if (!connected) {
                ssh.stop();
            }
        }
    }

    private static KeyPair key(SftpConfiguration configuration) {
        try (InputStream in = Files.newInputStream(configuration.privateKey())) {
            Iterable<KeyPair> keys = SecurityUtils.loadKeyPairIdentities(
                    null, new PathResource(configuration.privateKey()), in, FilePasswordProvider.EMPTY);
            if (keys != null && keys.iterator().hasNext()) {
                return keys.iterator().next();
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new RefusedException(badKey(configuration, e.getMessage()));
        }
        throw new RefusedException(badKey(configuration, "it holds none"));
    }

    private static Failure badKey(SftpConfiguration configuration, @org.jspecify.annotations.Nullable String why) {
        return Failure.permanent(
                "delivery.bad_key",
                "The private key " + configuration.privateKey() + " cannot be read: " + why + ".",
                "Put the delivery user's private key there: ECDSA or RSA, without a passphrase.");
    }

    private static Failure failure(SftpConfiguration configuration, IOException e) {
        if (e instanceof SshException && String.valueOf(e.getMessage()).contains("authentication")) {
            return Failure.permanent(
                    "delivery.not_authorised",
                    "The SFTP server " + configuration.host() + ":" + configuration.port()
                            + " does not accept the key of " + configuration.user() + ".",
                    "Give the laboratory the public key that belongs to " + configuration.privateKey() + ".");
        }
        return Failure.passing(
                "delivery.unreachable",
                "The SFTP server " + configuration.host() + ":" + configuration.port() + " cannot be used: "
                        + e.getMessage() + ".",
                "Wait until it is back; the delivery goes on by itself.");
    }

    /** Makes the folder below the pool if it is not there. */
    void makeFolder(String folder) throws IOException {
        String path = root + "/" + folder;
        if (size(path).isEmpty()) {
            sftp.mkdir(path);
        }
    }

    /** Whether the file is there with this content. */
    boolean has(String folder, String name, long sizeBytes, String sha256) throws IOException {
        String path = root + "/" + folder + "/" + name;
        Optional<Long> size = size(path);
        if (size.isEmpty() || size.get() != sizeBytes) {
            return false;
        }
        try (InputStream in = sftp.read(path)) {
            return digest(in, OutputStream.nullOutputStream()).equals(sha256);
        }
    }

    /**
     * Uploads under another name, and gives the file its own name when it is complete and has the wanted digest.
     *
     * @return the digest of what was read from {@code content}
     */
    String upload(String folder, String name, InputStream content, String wantedSha256) throws IOException {
        String path = root + "/" + folder + "/" + name;
        String digest;
        try (OutputStream out = sftp.write(
                path + PART, SftpClient.OpenMode.Create, SftpClient.OpenMode.Truncate, SftpClient.OpenMode.Write)) {
            digest = digest(content, out);
        }
        if (!digest.equals(wantedSha256)) {
            sftp.remove(path + PART);
            return digest;
        }
        if (size(path).isPresent()) {
            sftp.remove(path);
        }
        sftp.rename(path + PART, path);
        return digest;
    }

    private Optional<Long> size(String path) throws IOException {
        try {
            return Optional.of(sftp.stat(path).getSize());
        } catch (SftpException e) {
            if (e.getStatus() == SftpConstants.SSH_FX_NO_SUCH_FILE) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static String digest(InputStream in, OutputStream out) throws IOException {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            in.transferTo(new DigestOutputStream(out, sha256));
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    @Override
    public void close() {
        ssh.stop();
    }
}
