package org.voltwin.standalone.edge.registry;

import io.jsonwebtoken.Claims;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.ProtectedHeader;
import io.jsonwebtoken.security.Jwk;
import io.jsonwebtoken.security.Jwks;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.Key;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks bearer tokens of one OpenID Connect issuer. Blocks while it fetches keys; not for an event loop. */
public final class TokenCheck {

    /** The outcome of a check. */
    sealed interface Result {}

    /** The token is good and carries an allowed role. */
    record Allowed(String subject) implements Result {}

    /** The token is good, but none of its roles is allowed. */
    record MissingRole() implements Result {}

    /** The token is no proof of anything. */
    record NotAuthentic(String cause) implements Result {}

    /** The issuer's keys cannot be had at the moment. */
    record IssuerUnreachable(String cause) implements Result {}

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Tokens with made-up key ids must not make this process hammer the issuer. */
    private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(10);

    private final String issuer;
    private final URI jwks;
    private final Set<String> roles;
    private final Clock clock;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private Map<String, Key> keys = Map.of();
    private Instant fetchedAt = Instant.EPOCH;

    public TokenCheck(String issuer, URI jwks, List<String> roles, Clock clock) {
        this.issuer = issuer;
        this.jwks = jwks;
        this.roles = Set.copyOf(roles);
        this.clock = clock;
    }

    Result check(String token) {
        try {
            Claims claims = Jwts.parser()
                    .keyLocator(header -> header instanceof ProtectedHeader signed ? key(signed.getKeyId()) : null)
                    .requireIssuer(issuer)
                    .clock(() -> java.util.Date.from(clock.instant()))
                    .clockSkewSeconds(30)
                    .build()
                    .parseSignedClaims(token)
                    .getPayload();
            if (claims.getExpiration() == null) {
                return new NotAuthentic("the token has no expiry");
            }
            Object access = claims.get("realm_access");
            boolean allowed = access instanceof Map<?, ?> map
                    && map.get("roles") instanceof List<?> given
                    && given.stream().anyMatch(role -> role instanceof String name && roles.contains(name));
            return allowed ? new Allowed(String.valueOf(claims.getSubject())) : new MissingRole();
        } catch (KeysMissing e) {
            return new IssuerUnreachable(String.valueOf(e.getMessage()));
        } catch (JwtException | IllegalArgumentException e) {
            return new NotAuthentic(String.valueOf(e.getMessage()));
        }
    }

    private synchronized @Nullable Key key(@Nullable String id) {
        if (id == null) {
            return null;
        }
        Key known = keys.get(id);
        if (known != null || fetchedAt.plus(BETWEEN_FETCHES).isAfter(clock.instant())) {
            return known;
        }
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(jwks).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new KeysMissing(jwks + " answers " + answer.statusCode());
            }
            Map<String, Key> fetched = new HashMap<>();
            for (Jwk<?> jwk : Jwks.setParser().build().parse(answer.body()).getKeys()) {
                fetched.put(jwk.getId(), jwk.toKey());
            }
            keys = Map.copyOf(fetched);
            fetchedAt = clock.instant();
            return keys.get(id);
        } catch (IOException e) {
            throw new KeysMissing(jwks + " cannot be reached: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KeysMissing("the process is stopping");
        }
    }

    private static final class KeysMissing extends RuntimeException {
        private static final long serialVersionUID = 1L;

        KeysMissing(String message) {
            super(message);
        }
    }
}
