package org.voltwin.standalone.ditto;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A tiny OpenID Connect issuer: discovery, keys, and tokens for whoever asks. */
public final class TestIssuer implements AutoCloseable {
    private final HttpServer server;
    private final String path;
    private volatile RSAKey key;

    TestIssuer() throws IOException, JOSEException {
        this("realms/test");
    }

    /** @param path what follows host and port in the issuer's name */
    public TestIssuer(String path) throws IOException, JOSEException {
        this.path = path;
        this.key = newKey();
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/" + path + "/.well-known/openid-configuration", exchange -> {
            byte[] body = ("{\"issuer\":\"" + issuer() + "\",\"jwks_uri\":\"" + issuer() + "/certs\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.createContext("/" + path + "/certs", exchange -> {
            byte[] body = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    private static RSAKey newKey() throws JOSEException {
        return new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate();
    }

    /** From now on signs with another key, as an issuer that rotates does. */
    void rotate() throws JOSEException {
        key = newKey();
    }

    /** Without scheme, as Ditto's configuration has it. */
    public String host() {
        return "127.0.0.1:" + server.getAddress().getPort() + "/" + path;
    }

    String issuer() {
        return "http://" + host();
    }

    public String token(String subject, String... roles) {
        return token(subject, Duration.ofMinutes(10), roles);
    }

    public String token(String subject, Duration lifetime, String... roles) {
        return sign(
                key,
                new JWTClaimsSet.Builder()
                        .issuer(issuer())
                        .subject(subject)
                        .audience("test-app")
                        .claim("realm_access", Map.of("roles", List.of(roles)))
                        .issueTime(Date.from(Instant.now()))
                        .expirationTime(Date.from(Instant.now().plus(lifetime)))
                        .build());
    }

    /** A token that looks right but was signed by somebody else. */
    String forgedToken(String subject) throws JOSEException {
        RSAKey other = new RSAKeyGenerator(2048).keyID(key.getKeyID()).generate();
        return sign(
                other,
                new JWTClaimsSet.Builder()
                        .issuer(issuer())
                        .subject(subject)
                        .expirationTime(Date.from(Instant.now().plusSeconds(600)))
                        .build());
    }

    private static String sign(RSAKey key, JWTClaimsSet claims) {
        try {
            var jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(key.getKeyID())
                            .build(),
                    claims);
            jwt.sign(new RSASSASigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
