package org.voltwin.lims.delivery;

import java.nio.file.Path;

/**
 * How the laboratory's pool is reached.
 *
 * @param user the dedicated user
 * @param privateKey its private key, ECDSA or RSA in OpenSSH or PEM form, without a passphrase
 * @param knownHosts the host's public key in OpenSSH's known_hosts form; nobody else is talked to
 * @param poolPath the pool on the server: {@code /pool}
 */
public record SftpConfiguration(
        String host, int port, String user, Path privateKey, Path knownHosts, String poolPath) {}
