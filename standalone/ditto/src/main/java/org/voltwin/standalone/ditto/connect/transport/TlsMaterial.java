package org.voltwin.standalone.ditto.connect.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.TrustManagerFactorySpi;
import javax.net.ssl.X509ExtendedTrustManager;
import org.eclipse.ditto.connectivity.model.ClientCertificateCredentials;
import org.eclipse.ditto.connectivity.model.Connection;
import org.eclipse.ditto.connectivity.model.ConnectionConfigurationInvalidException;
import org.jspecify.annotations.Nullable;

/**
 * Whom a connection trusts and who it says it is, from the PEM in its definition.
 *
 * @param trust null for the authorities this JVM trusts
 * @param identity null for none
 * @param anyHostName whether the broker's certificate may be another host's
 */
record TlsMaterial(
        @Nullable TrustManagerFactory trust, @Nullable KeyManagerFactory identity, boolean anyHostName) {
    private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    /** @throws ConnectionConfigurationInvalidException when the PEM cannot be read */
    static TlsMaterial of(Connection connection) {
        try {
            boolean validate = connection.isValidateCertificates();
            String trusted = connection.getTrustedCertificates().orElse("");
            TrustManagerFactory trust = !validate ? new TrustEverybody() : trusted.isBlank() ? null : trusting(trusted);
            KeyManagerFactory identity =
                    connection.getCredentials().orElse(null) instanceof ClientCertificateCredentials client
                            ? identity(client)
                            : null;
            return new TlsMaterial(trust, identity, !validate);
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw ConnectionConfigurationInvalidException.newBuilder("The certificates or the key cannot be used.")
                    .description("Certificates are PEM, a key is PEM in PKCS #8 (BEGIN PRIVATE KEY): " + e.getMessage())
                    .cause(e)
                    .build();
        }
    }

    private static Collection<? extends Certificate> certificates(String pem) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static TrustManagerFactory trusting(String pem) throws GeneralSecurityException, IOException {
        KeyStore store = emptyStore();
        int number = 0;
        for (Certificate certificate : certificates(pem)) {
            store.setCertificateEntry("trusted-" + number++, certificate);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }

    private static @Nullable KeyManagerFactory identity(ClientCertificateCredentials client)
            throws GeneralSecurityException, IOException {
        String certificate = client.getClientCertificate().orElse("");
        String key = client.getClientKey().orElse("");
        if (certificate.isBlank() || key.isBlank()) {
            return null;
        }
        KeyStore store = emptyStore();
        char[] none = new char[0];
        store.setKeyEntry(
                "client", privateKey(key), none, certificates(certificate).toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, none);
        return factory;
    }

    private static PrivateKey privateKey(String pem) throws GeneralSecurityException {
        byte[] encoded = Base64.getMimeDecoder()
                .decode(pem.replace("-----BEGIN PRIVATE KEY-----", "").replace("-----END PRIVATE KEY-----", ""));
        for (String algorithm : KEY_ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (InvalidKeySpecException e) {
                // A key of another algorithm: the next may know it.
                continue;
            }
        }
        throw new NoSuchAlgorithmException("the key is none of " + KEY_ALGORITHMS);
    }

    /** For a definition that says {@code validateCertificates: false}. */
    private static final class TrustEverybody extends TrustManagerFactory {
        TrustEverybody() {
            super(new Everybody(), null, "everybody");
        }
    }

    private static final class Everybody extends TrustManagerFactorySpi {
        @Override
        protected void engineInit(@Nullable KeyStore store) {
            // There is nothing to know.
        }

        @Override
        protected void engineInit(ManagerFactoryParameters parameters) {
            // There is nothing to know.
        }

        @Override
        protected TrustManager[] engineGetTrustManagers() {
            return new TrustManager[] {new AnyCertificate()};
        }
    }

    /** Extended, because of any other kind Java checks the host's name by itself. */
    private static final class AnyCertificate extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
            // The definition says so.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            // The definition says so.
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
            // The definition says so.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
            // The definition says so.
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
            // The definition says so.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
            // The definition says so.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
