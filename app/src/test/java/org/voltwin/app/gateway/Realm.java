package org.voltwin.app.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;

/** A realm with real keys on a real HTTP server, whose tokens a test can shape. */
final class Realm implements AutoCloseable {
    static final String ISSUER = "http://localhost/realms/voltwin";

    private final RSAKey key = key("k1");
    private final HttpServer server;

    Realm() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] keys = new JWKSet(key.toPublicJWK()).toString().getBytes(UTF_8);
        server.createContext("/certs", exchange -> {
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        server.start();
    }

    static RSAKey key(String id) throws Exception {
        return new RSAKeyGenerator(2048).keyID(id).generate();
    }

    URL certs() throws Exception {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/certs")
                .toURL();
    }

    String token(String role) throws Exception {
        return token(key, ISSUER, "voltwin", Instant.now().plusSeconds(300), role);
    }

    String expired(String role) throws Exception {
        return token(key, ISSUER, "voltwin", Instant.now().minusSeconds(300), role);
    }

    String forAnotherAudience() throws Exception {
        return token(key, ISSUER, "account", Instant.now().plusSeconds(300), "lab-admin");
    }

    String ofAnotherIssuer() throws Exception {
        return token(
                key, "http://elsewhere/realms/voltwin", "voltwin", Instant.now().plusSeconds(300), "lab-admin");
    }

    String signedBySomebodyElse() throws Exception {
        return token(key("k1"), ISSUER, "voltwin", Instant.now().plusSeconds(300), "lab-admin");
    }

    private static String token(RSAKey key, String issuer, String audience, Instant expires, String role)
            throws Exception {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
                new JWTClaimsSet.Builder()
                        .issuer(issuer)
                        .subject("s-" + role)
                        .audience(audience)
                        .claim("preferred_username", "u-" + role)
                        .claim("realm_access", Map.of("roles", List.of(role, "offline_access")))
                        .expirationTime(Date.from(expires))
                        .build());
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
