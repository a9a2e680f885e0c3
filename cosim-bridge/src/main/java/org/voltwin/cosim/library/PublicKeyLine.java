package org.voltwin.cosim.library;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;

/**
 * A public key as {@code ssh-keygen} writes it, without options before it.
 *
 * @param id hexadecimal beginning of its digest
 * @param fingerprint {@code SHA256:} and the digest in base 64
 * @param line type, key and comment
 */
record PublicKeyLine(String id, String fingerprint, String line) {
    private static final List<String> TYPES =
            List.of("ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "ssh-rsa");
    private static final int LONGEST = 4096;
    private static final int LEAST_RSA_BITS = 2048;

    /** Refused with {@code models.bad_key}. */
    static Outcome<PublicKeyLine> read(String text) {
        String[] parts = text.strip().split("[ \\t]+", 3);
        if (parts.length < 2 || text.length() > LONGEST || !TYPES.contains(parts[0])) {
            return refused("It is not one line of a known type.");
        }
        try {
            byte[] key = Base64.getDecoder().decode(parts[1]);
            String objection = objection(parts[0], key);
            if (!objection.isEmpty()) {
                return refused(objection);
            }
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key);
            String comment = parts.length > 2
                    ? " " + parts[2].replaceAll("[^\\w.@+ -]", "").strip()
                    : "";
            return Outcome.ok(new PublicKeyLine(
                    HexFormat.of().formatHex(digest, 0, 8),
                    "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest),
                    parts[0] + " " + parts[1] + comment));
        } catch (IllegalArgumentException | IOException e) {
            return refused("Its middle part is no key.");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** RFC 4253, section 6.6: fields with their lengths, the first names the type; RSA: exponent, modulus. */
    private static String objection(String type, byte[] key) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(key))) {
            if (!type.equals(new String(field(in), StandardCharsets.US_ASCII))) {
                return "The key is not of the type that the line names.";
            }
            byte[] second = field(in);
            if (type.equals("ssh-rsa") && new BigInteger(1, field(in)).bitLength() < LEAST_RSA_BITS) {
                return "An RSA key needs " + LEAST_RSA_BITS + " bits.";
            }
            return second.length == 0 ? "It is empty." : "";
        }
    }

    private static byte[] field(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("A field is longer than the key");
        }
        return in.readNBytes(length);
    }

    private static Outcome<PublicKeyLine> refused(String why) {
        return Outcome.refused(
                Failure.permanent(
                        "models.bad_key",
                        "This is no public key for SFTP. " + why,
                        "Paste the line of the .pub file that ssh-keygen -t ed25519 writes (also ecdsa, and rsa with 2048 bits)."));
    }
}
