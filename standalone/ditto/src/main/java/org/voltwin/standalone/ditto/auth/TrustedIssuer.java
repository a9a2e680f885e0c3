package org.voltwin.standalone.ditto.auth;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.ditto.base.model.auth.AuthorizationContext;
import org.eclipse.ditto.base.model.auth.AuthorizationSubject;
import org.eclipse.ditto.base.model.auth.DittoAuthorizationContextType;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.placeholders.ExpressionResolver;
import org.eclipse.ditto.placeholders.PlaceholderFactory;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.config.IssuerSettings;

/** Verifies the tokens of one issuer and says which subjects they stand for. Blocks while it fetches keys. */
final class TrustedIssuer {
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final int MAX_DOCUMENT_BYTES = 256 * 1024;
    private static final Duration KEYS_LIVE = Duration.ofMinutes(10);
    private static final Duration KEYS_WAIT = Duration.ofSeconds(15);
    private static final long MIN_FETCH_INTERVAL_MILLIS = 2_000;

    private final String issuer;
    private final IssuerSettings settings;
    private final Duration clockSkew;
    private volatile @Nullable DefaultJWTProcessor<SecurityContext> processor;

    TrustedIssuer(String issuer, IssuerSettings settings, Duration clockSkew) {
        this.issuer = issuer;
        this.settings = settings;
        this.clockSkew = clockSkew;
    }

    Caller verify(SignedJWT token) {
        JWTClaimsSet claims = verifiedClaims(token);
        JsonObject json = JwtPlaceholder.claims(claims.getClaims());
        ExpressionResolver resolver = PlaceholderFactory.newExpressionResolver(new JwtPlaceholder(), json);
        var subjects = new LinkedHashSet<AuthorizationSubject>();
        for (String template : settings.authSubjects()) {
            resolver.resolve(template)
                    .toStream()
                    .map(value -> AuthorizationSubject.newInstance(settings.name() + ":" + value))
                    .forEach(subjects::add);
        }
        if (subjects.isEmpty()) {
            throw AuthenticationFailedException.invalid(
                    "None of the configured auth-subjects of issuer '" + settings.name() + "' is in the token.");
        }
        return new Caller(
                AuthorizationContext.newInstance(DittoAuthorizationContextType.JWT, List.copyOf(subjects)),
                expiry(claims),
                json);
    }

    private static Instant expiry(JWTClaimsSet claims) {
        return claims.getExpirationTime() == null
                ? Instant.MAX
                : claims.getExpirationTime().toInstant();
    }

    private JWTClaimsSet verifiedClaims(SignedJWT token) {
        try {
            return processor().process(token, null);
        } catch (BadJOSEException e) {
            throw AuthenticationFailedException.invalid(String.valueOf(e.getMessage()));
        } catch (com.nimbusds.jose.KeySourceException e) {
            throw AuthenticationFailedException.keysUnavailable(issuer, e);
        } catch (com.nimbusds.jose.JOSEException e) {
            throw AuthenticationFailedException.invalid(String.valueOf(e.getMessage()));
        } catch (IOException | java.text.ParseException e) {
            throw AuthenticationFailedException.keysUnavailable(issuer, e);
        }
    }

    private DefaultJWTProcessor<SecurityContext> processor() throws IOException, java.text.ParseException {
        DefaultJWTProcessor<SecurityContext> known = processor;
        if (known != null) {
            return known;
        }
        var retriever = new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, MAX_DOCUMENT_BYTES);
        String jwksUri = settings.jwksUri() != null ? settings.jwksUri() : discover(retriever);
        var keys = JWKSourceBuilder.<SecurityContext>create(url(jwksUri), retriever)
                .cache(KEYS_LIVE.toMillis(), KEYS_WAIT.toMillis())
                .rateLimited(MIN_FETCH_INTERVAL_MILLIS)
                .build();
        var made = new DefaultJWTProcessor<SecurityContext>();
        made.setJWSTypeVerifier((type, context) -> {
            // Providers write "JWT", "at+jwt" or nothing: the signature and the claims decide.
        });
        made.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
        var verifier = new DefaultJWTClaimsVerifier<SecurityContext>(
                settings.audience(), new JWTClaimsSet.Builder().issuer(issuer).build(), Set.of("exp"));
        verifier.setMaxClockSkew((int) clockSkew.toSeconds());
        made.setJWTClaimsSetVerifier(verifier);
        processor = made;
        return made;
    }

    private String discover(DefaultResourceRetriever retriever) throws IOException {
        String document = retriever
                .retrieveResource(url(issuer + "/.well-known/openid-configuration"))
                .getContent();
        return JsonObject.of(document)
                .getValue("jwks_uri")
                .filter(value -> value.isString())
                .orElseThrow(() -> new IOException("The discovery document of " + issuer + " names no jwks_uri."))
                .asString();
    }

    private static URL url(String text) throws IOException {
        return URI.create(text).toURL();
    }
}
