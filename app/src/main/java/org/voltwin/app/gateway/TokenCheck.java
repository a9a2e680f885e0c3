package org.voltwin.app.gateway;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.URL;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.http.Caller;
import org.voltwin.model.http.Role;

/** Checks access tokens of the realm: signature, issuer, audience {@code voltwin}, times. Blocking. */
public final class TokenCheck {
    /** Who the token is about, and until when it holds. */
    public record Identity(Caller caller, Instant expires) {}

    private static final String AUDIENCE = "voltwin";
    private static final int CLOCK_SKEW_SECONDS = 5;
    private static final String REMEDY = "Sign in again and send the new access token.";

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    /**
     * @param issuer as it stands in tokens
     * @param keys the realm's JSON Web Key Set
     */
    public TokenCheck(String issuer, URL keys) {
        JWKSource<SecurityContext> source =
                JWKSourceBuilder.create(keys).retrying(true).build();
        processor.setJWSKeySelector(
                new JWSVerificationKeySelector<>(Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256), source));
        DefaultJWTClaimsVerifier<SecurityContext> claims = new DefaultJWTClaimsVerifier<>(
                AUDIENCE, new JWTClaimsSet.Builder().issuer(issuer).build(), Set.of("exp", "sub"));
        claims.setMaxClockSkew(CLOCK_SKEW_SECONDS);
        processor.setJWTClaimsSetVerifier(claims);
    }

    /** Reads the value of an Authorization header. */
    public Outcome<Identity> check(Optional<String> authorization) {
        if (authorization.isEmpty() || !authorization.get().regionMatches(true, 0, "Bearer ", 0, 7)) {
            return refused(
                    "auth.token_missing",
                    "The request carries no access token.",
                    "Sign in, and send the header" + " Authorization: Bearer <access token>.");
        }
        try {
            JWTClaimsSet claims =
                    processor.process(authorization.get().substring(7).strip(), null);
            return Outcome.ok(identity(claims));
        } catch (KeySourceException e) {
            return Outcome.refused(Failure.passing(
                    "auth.keys_unavailable",
                    "The realm's keys cannot be had at the moment.",
                    "Try again in a few seconds; ./voltwin status shows whether Keycloak is up."));
        } catch (BadJOSEException e) {
            boolean expired = String.valueOf(e.getMessage()).contains("Expired");
            return expired
                    ? refused("auth.token_expired", "The access token has expired.", REMEDY)
                    : refused("auth.token_invalid", "The access token is not valid for Voltwin.", REMEDY);
        } catch (JOSEException | ParseException e) {
            return refused("auth.token_invalid", "The access token cannot be read.", REMEDY);
        }
    }

    private static Outcome<Identity> refused(String code, String cause, String remedy) {
        return Outcome.refused(Failure.permanent(code, cause, remedy));
    }

    private static Identity identity(JWTClaimsSet claims) throws ParseException {
        Object access = claims.getClaim("realm_access");
        Object names = access instanceof Map<?, ?> map ? map.get("roles") : null;
        Set<Role> roles = names instanceof List<?> list
                ? list.stream()
                        .flatMap(name -> Role.parse(String.valueOf(name)).stream())
                        .collect(Collectors.toSet())
                : Set.of();
        String name =
                Optional.ofNullable(claims.getStringClaim("preferred_username")).orElse(claims.getSubject());
        return new Identity(
                new Caller(claims.getSubject(), name, roles),
                claims.getExpirationTime().toInstant());
    }
}
