package org.voltwin.standalone.edge.broker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The broker's key store and what clients need to trust it: {@code lims-keystore.p12}, {@code lims-truststore.p12},
 * {@code lims-ca.pem}. Made on the first start, and again when the certificate nears its end or the host names change.
 *
 * <p>The authority's private key is thrown away after it signed the one server certificate, so it can sign no other.
 */
final class TlsStores {

    static final String KEY_STORE = "lims-keystore.p12";
    static final String TRUST_STORE = "lims-truststore.p12";
    static final String CA_PEM = "lims-ca.pem";

    private static final String ALIAS = "lims-broker";
    private static final Duration VALID = Duration.ofDays(820);
    private static final Duration RENEW_BEFORE = Duration.ofDays(30);

    private final Path folder;
    private final Clock clock;
    private final SecureRandom random;

    TlsStores(Path folder, Clock clock, SecureRandom random) {
        this.folder = folder;
        this.clock = clock;
        this.random = random;
    }

    /** Makes sure that usable stores exist; returns the key store. */
    Path prepare(String keyStorePassword, String trustStorePassword, List<String> hostNames)
            throws IOException, GeneralSecurityException {
        Path keyStore = folder.resolve(KEY_STORE);
        boolean complete = Files.exists(keyStore)
                && Files.exists(folder.resolve(TRUST_STORE))
                && Files.exists(folder.resolve(CA_PEM));
        if (!complete || !usable(keyStore, keyStorePassword, hostNames)) {
            Files.createDirectories(folder);
            try {
                generate(keyStore, keyStorePassword, trustStorePassword, hostNames);
            } catch (OperatorCreationException e) {
                throw new GeneralSecurityException("certificates cannot be signed", e);
            }
        }
        return keyStore;
    }

    private boolean usable(Path keyStore, String password, List<String> hostNames) throws IOException {
        try (InputStream in = Files.newInputStream(keyStore)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password.toCharArray());
            if (!(store.getCertificate(ALIAS) instanceof X509Certificate certificate)) {
                return false;
            }
            Set<String> names = certificate.getSubjectAlternativeNames() == null
                    ? Set.of()
                    : certificate.getSubjectAlternativeNames().stream()
                            .map(name -> String.valueOf(name.get(1)))
                            .collect(Collectors.toSet());
            Instant end = certificate.getNotAfter().toInstant();
            return end.isAfter(clock.instant().plus(RENEW_BEFORE)) && names.equals(new TreeSet<>(hostNames));
        } catch (GeneralSecurityException e) {
            throw new IOException(keyStore + " cannot be used: " + e.getMessage(), e);
        }
    }

    private void generate(Path keyStore, String keyPassword, String trustPassword, List<String> hostNames)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        KeyPair authority = keyPair();
        KeyPair server = keyPair();
        X500Name authorityName = new X500Name("CN=Voltwin LIMS broker authority");
        X509v3CertificateBuilder root = builder(authorityName, authorityName, authority);
        root.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
        root.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
        X509Certificate rootCertificate = sign(root, authority);

        X509v3CertificateBuilder leaf = builder(authorityName, new X500Name("CN=" + hostNames.getFirst()), server);
        leaf.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        leaf.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        leaf.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        leaf.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(hostNames.stream()
                        .map(name -> new GeneralName(
                                name.matches("[0-9.]+|[0-9a-fA-F:]*:[0-9a-fA-F:]*")
                                        ? GeneralName.iPAddress
                                        : GeneralName.dNSName,
                                name))
                        .toArray(GeneralName[]::new)));
        X509Certificate serverCertificate = sign(leaf, authority);

        KeyStore trust = empty();
        trust.setCertificateEntry("lims-ca", rootCertificate);
        write(trust, folder.resolve(TRUST_STORE), trustPassword);
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(rootCertificate.getEncoded());
        Files.writeString(
                folder.resolve(CA_PEM), "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n");
        KeyStore keys = empty();
        keys.setKeyEntry(ALIAS, server.getPrivate(), keyPassword.toCharArray(), new Certificate[] {
            serverCertificate, rootCertificate
        });
        write(keys, keyStore, keyPassword);
    }

    private KeyPair keyPair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        return generator.generateKeyPair();
    }

    private X509v3CertificateBuilder builder(X500Name issuer, X500Name subject, KeyPair keys) {
        Instant now = clock.instant();
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(120, random),
                Date.from(now.minus(Duration.ofHours(1))),
                Date.from(now.plus(VALID)),
                subject,
                keys.getPublic());
    }

    private static X509Certificate sign(X509v3CertificateBuilder certificate, KeyPair authority)
            throws OperatorCreationException, GeneralSecurityException {
        return new JcaX509CertificateConverter()
                .getCertificate(certificate.build(
                        new JcaContentSignerBuilder("SHA256withECDSA").build(authority.getPrivate())));
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static void write(KeyStore store, Path path, String password) throws IOException, GeneralSecurityException {
        Files.deleteIfExists(path);
        Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (OutputStream out = Files.newOutputStream(path)) {
            store.store(out, password.toCharArray());
        }
    }
}
