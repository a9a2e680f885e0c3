package org.voltwin.standalone.ditto;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A key pair with a certificate that it signed itself, in files as brokers want them and as PEM. */
final class TestKeys {
    static final String PASSWORD = "changeit";

    private final Path store;
    private final Path trust;

    /** @param name of the files and, as CN, of the owner; the certificate is good for 127.0.0.1 */
    TestKeys(Path folder, String name) throws Exception {
        this.store = folder.resolve(name + ".p12");
        this.trust = folder.resolve(name + "-trust.p12");
        Path certificate = folder.resolve(name + ".cer");
        keytool(
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                name,
                "-dname",
                "CN=" + name,
                "-ext",
                "SAN=ip:127.0.0.1",
                "-keystore",
                store.toString());
        keytool("-exportcert", "-alias", name, "-keystore", store.toString(), "-file", certificate.toString());
        keytool(
                "-importcert",
                "-noprompt",
                "-alias",
                name,
                "-keystore",
                trust.toString(),
                "-file",
                certificate.toString());
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storepass", PASSWORD, "-storetype", "PKCS12"));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("keytool failed: " + command);
        }
    }

    Path store() {
        return store;
    }

    Path trust() {
        return trust;
    }

    private KeyStore loaded() throws Exception {
        return loaded(store);
    }

    static KeyStore loaded(Path file) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    String certificatePem() throws Exception {
        KeyStore keys = loaded();
        return pem(
                "CERTIFICATE", keys.getCertificate(keys.aliases().nextElement()).getEncoded());
    }

    String keyPem() throws Exception {
        KeyStore keys = loaded();
        return pem(
                "PRIVATE KEY",
                keys.getKey(keys.aliases().nextElement(), PASSWORD.toCharArray())
                        .getEncoded());
    }

    private static String pem(String what, byte[] der) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + what + "-----\n";
    }
}
