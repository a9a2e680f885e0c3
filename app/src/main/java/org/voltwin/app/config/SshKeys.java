package org.voltwin.app.config;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;

/** The key pair of the delivery's SFTP user, one per data folder. RSA, because MINA reads Ed25519 only with a library. */
public final class SshKeys {
    private static final int BITS = 3072;

    private SshKeys() {}

    /** The private key, PKCS 8. */
    public static Path privateKey(DataFolder data) {
        return data.root().resolve("ssh/delivery.pem");
    }

    /** The public key as OpenSSH's authorized_keys. */
    public static Path authorizedKeys(DataFolder data) {
        return data.root().resolve("ssh/authorized_keys");
    }

    /** Written by the rooms: people of the models exchange with their keys. */
    public static Path exchangeUsers(DataFolder data) {
        return data.of("ssh").resolve("exchange-users.json");
    }

    /** Written by the SFTP server: its host key. */
    public static Path knownHosts(DataFolder data) {
        return data.root().resolve("ssh/known_hosts");
    }

    /** Makes the pair when there is none. */
    public static void ensure(DataFolder data) {
        if (Files.exists(privateKey(data)) && Files.exists(authorizedKeys(data))) {
            return;
        }
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            KeyPair pair = generator.generateKeyPair();
            String line = "ssh-rsa " + Base64.getEncoder().encodeToString(openSsh((RSAPublicKey) pair.getPublic()))
                    + " delivery@voltwin\n";
            DataFolder.writePrivately(authorizedKeys(data), line.getBytes(US_ASCII));
            String pem = "-----BEGIN PRIVATE KEY-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'})
                            .encodeToString(pair.getPrivate().getEncoded())
                    + "\n-----END PRIVATE KEY-----\n";
            DataFolder.writePrivately(privateKey(data), pem.getBytes(US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java cannot make RSA keys", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** RFC 4253, section 6.6: the name, the exponent and the modulus, each with its length. */
    private static byte[] openSsh(RSAPublicKey key) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (byte[] part : new byte[][] {
                "ssh-rsa".getBytes(US_ASCII),
                key.getPublicExponent().toByteArray(),
                key.getModulus().toByteArray()
            }) {
                out.writeInt(part.length);
                out.write(part);
            }
        }
        return bytes.toByteArray();
    }
}
