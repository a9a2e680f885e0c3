package org.voltwin.lims.delivery;

import java.net.SocketAddress;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Optional;
import org.apache.sshd.client.keyverifier.KnownHostsServerKeyVerifier;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.voltwin.model.failure.Failure;

/** Accepts a host key that is in the known hosts, and remembers why it refused another. */
final class HostKeyCheck implements ServerKeyVerifier {
    private final Path knownHosts;
    private final KnownHostsServerKeyVerifier verifier;
    private volatile Optional<Failure> refusal = Optional.empty();

    HostKeyCheck(Path knownHosts) {
        this.knownHosts = knownHosts;
        this.verifier = new KnownHostsServerKeyVerifier(
                (session, address, key) -> refuse("delivery.unknown_host_key", "is not known", address, key),
                knownHosts);
        this.verifier.setModifiedServerKeyAcceptor((session, address, entry, expected, key) ->
                refuse("delivery.host_key_changed", "is not the one that is known", address, key));
    }

    @Override
    public boolean verifyServerKey(ClientSession session, SocketAddress address, PublicKey key) {
        return verifier.verifyServerKey(session, address, key);
    }

    /** Why the last key was refused, if one was. */
    Optional<Failure> refusal() {
        return refusal;
    }

    private boolean refuse(String code, String what, SocketAddress address, PublicKey key) {
        refusal = Optional.of(Failure.permanent(
                code,
                "The host key " + KeyUtils.getFingerPrint(key) + " of the SFTP server " + address + " " + what + ".",
                "If the laboratory has confirmed the key, put it into " + knownHosts
                        + "; if not, somebody may be in between."));
        return false;
    }
}
