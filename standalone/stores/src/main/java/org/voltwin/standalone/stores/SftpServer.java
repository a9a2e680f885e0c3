package org.voltwin.standalone.stores;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.sshd.common.BaseBuilder;
import org.apache.sshd.common.BuiltinFactory;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.PublickeyAuthenticator;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.config.keys.AuthorizedKeysAuthenticator;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.apache.sshd.sftp.SftpModuleProperties;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** SFTP and nothing else: no shell, no commands, no forwarding; keys only; every user confined to a folder. */
final class SftpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SftpServer.class);
    private static final int SESSIONS_PER_USER = 16;
    private static final int CHANNELS_PER_SESSION = 8;
    private static final int HANDLES_PER_SESSION = 64;
    private static final int SIGN_IN_TRIES = 6;
    private static final Duration SIGN_IN_TIME = Duration.ofSeconds(20);
    private static final Duration IDLE_TIME = Duration.ofMinutes(5);

    private final SshServer server;

    private SftpServer(SshServer server) {
        this.server = server;
    }

    /**
     * Starts the server and writes the clients' known-hosts line.
     *
     * @param folder of the host key
     * @throws IOException when a folder or the port cannot be had
     * @throws GeneralSecurityException when the host key cannot be read or made
     */
    static SftpServer start(StoresConfig.Sftp config, String host, Path folder)
            throws IOException, GeneralSecurityException {
        VirtualFileSystemFactory roots = new VirtualFileSystemFactory();
        SignIns people = SignIns.of(config);
        Map<String, PublickeyAuthenticator> keys = new HashMap<>();
        for (StoresConfig.User user : config.users()) {
            Files.createDirectories(user.root());
            roots.setUserHomeDir(user.user(), user.root());
            keys.put(user.user(), new OneAtATime(new AuthorizedKeysAuthenticator(user.authorizedKeysFile())));
            if (!Files.isReadable(user.authorizedKeysFile())) {
                LOG.warn("user={} cannot sign in until {} is there", user.user(), user.authorizedKeysFile());
            }
        }
        KeyPair hostKey = HostKey.loadOrCreate(folder.resolve("host_key"));

        SshServer server = SshServer.setUpDefaultServer();
        server.setHost(host);
        server.setPort(config.port());
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        server.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
        server.setPasswordAuthenticator(null);
        server.setKeyboardInteractiveAuthenticator(null);
        server.setPublickeyAuthenticator((name, key, session) -> {
            PublickeyAuthenticator ofUser = keys.get(name);
            return ofUser != null ? ofUser.authenticate(name, key, session) : people.authenticate(name, key);
        });
        if (config.exchange() != null) {
            // Whoever is no user of the configuration came in by the exchange's list.
            roots.setDefaultHomeDir(Files.createDirectories(config.exchange().root()));
        }
        server.setFileSystemFactory(roots);
        server.setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
        server.setShellFactory(null);
        server.setCommandFactory(null);
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory.Builder()
                .withFileSystemAccessor(files(config, people))
                .withSftpErrorStatusDataHandler(new SpokenRefusals())
                .build()));
        algorithms(server);
        limits(server);
        server.start();
        HostKey.writeKnownHosts(config.knownHostsFile(), server.getPort(), hostKey);
        return new SftpServer(server);
    }

    private static ConfinedFiles files(StoresConfig.Sftp config, SignIns people) throws IOException {
        return config.exchange() == null
                ? new ConfinedFiles(people::user)
                : new ExchangeFiles(people, new ExchangeOrders(config.exchange().inbox()));
    }

    private static void algorithms(SshServer server) {
        server.setCipherFactories(supported(List.of(
                BuiltinCiphers.aes256gcm,
                BuiltinCiphers.aes128gcm,
                BuiltinCiphers.cc20p1305_openssh,
                BuiltinCiphers.aes256ctr,
                BuiltinCiphers.aes128ctr)));
        server.setMacFactories(supported(List.of(
                BuiltinMacs.hmacsha256etm, BuiltinMacs.hmacsha512etm, BuiltinMacs.hmacsha256, BuiltinMacs.hmacsha512)));
        server.setSignatureFactories(supported(List.of(
                BuiltinSignatures.ed25519,
                BuiltinSignatures.nistp256,
                BuiltinSignatures.nistp384,
                BuiltinSignatures.nistp521,
                BuiltinSignatures.rsaSHA512,
                BuiltinSignatures.rsaSHA256)));
        // MINA's own choice has no SHA-1 key exchange any more; this keeps it so if a later version disagrees.
        server.setKeyExchangeFactories(
                NamedFactory.setUpTransformedFactories(true, BaseBuilder.DEFAULT_KEX_PREFERENCE, ServerBuilder.DH2KEX)
                        .stream()
                        .filter(exchange -> !exchange.getName().endsWith("sha1"))
                        .toList());
    }

    /** Those that this JDK has. */
    private static <T> List<NamedFactory<T>> supported(List<? extends BuiltinFactory<T>> wanted) {
        return wanted.stream()
                .filter(BuiltinFactory::isSupported)
                .<NamedFactory<T>>map(factory -> factory)
                .toList();
    }

    private static void limits(SshServer server) {
        CoreModuleProperties.AUTH_TIMEOUT.set(server, SIGN_IN_TIME);
        CoreModuleProperties.MAX_AUTH_REQUESTS.set(server, SIGN_IN_TRIES);
        CoreModuleProperties.IDLE_TIMEOUT.set(server, IDLE_TIME);
        CoreModuleProperties.MAX_CONCURRENT_SESSIONS.set(server, SESSIONS_PER_USER);
        CoreModuleProperties.MAX_CONCURRENT_CHANNELS.set(server, CHANNELS_PER_SESSION);
        SftpModuleProperties.MAX_OPEN_HANDLES_PER_SESSION.set(server, HANDLES_PER_SESSION);
    }

    int port() {
        return server.getPort();
    }

    boolean isUp() {
        return server.isStarted() && !server.isClosing();
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }
}
