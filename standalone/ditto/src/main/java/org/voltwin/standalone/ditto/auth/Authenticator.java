package org.voltwin.standalone.ditto.auth;

import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.ditto.base.model.auth.AuthorizationContext;
import org.eclipse.ditto.base.model.auth.AuthorizationSubject;
import org.eclipse.ditto.base.model.auth.DittoAuthorizationContextType;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.config.DittoSettings;
import org.voltwin.standalone.ditto.config.IssuerSettings;

/** Finds out who sends a request. May block while it fetches an issuer's keys: call it on a virtual thread. */
public final class Authenticator {
    /** Header a trusted proxy sets when pre-authentication is on. */
    public static final String PRE_AUTHENTICATED = "x-ditto-pre-authenticated";

    private static final String BEARER = "bearer ";
    private static final int MAX_CACHED = 1_000;

    private final Map<String, TrustedIssuer> issuers = new LinkedHashMap<>();
    private final boolean preAuthentication;
    private final Clock clock;
    private final Map<String, Caller> verified = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Caller> eldest) {
            return size() > MAX_CACHED;
        }
    };

    public Authenticator(DittoSettings settings, Clock clock) {
        for (IssuerSettings issuer : settings.issuers()) {
            issuer.issuers()
                    .forEach(name -> issuers.put(name, new TrustedIssuer(name, issuer, settings.allowedClockSkew())));
        }
        this.preAuthentication = settings.preAuthentication();
        this.clock = clock;
    }

    /**
     * @param authorization the header {@code Authorization}
     * @param preAuthenticated the header {@value #PRE_AUTHENTICATED}; looked at only when that is switched on
     * @throws AuthenticationFailedException 401 when nobody known sends this, 400 when it is no token
     */
    public Caller authenticate(@Nullable String authorization, @Nullable String preAuthenticated) {
        if (preAuthentication && preAuthenticated != null && !preAuthenticated.isBlank()) {
            List<AuthorizationSubject> subjects = Arrays.stream(preAuthenticated.split(","))
                    .map(String::strip)
                    .map(AuthorizationSubject::newInstance)
                    .toList();
            return new Caller(
                    AuthorizationContext.newInstance(DittoAuthorizationContextType.PRE_AUTHENTICATED_HTTP, subjects),
                    Instant.MAX);
        }
        if (authorization == null || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw AuthenticationFailedException.missing();
        }
        return authenticateToken(authorization.substring(BEARER.length()).strip());
    }

    /** @throws AuthenticationFailedException when the token is not valid now */
    public Caller authenticateToken(String token) {
        Caller known;
        synchronized (verified) {
            known = verified.get(token);
        }
        if (known != null && clock.instant().isBefore(known.expiresAt())) {
            return known;
        }
        Caller caller = verify(token);
        synchronized (verified) {
            verified.put(token, caller);
        }
        return caller;
    }

    private Caller verify(String token) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            String issuer = String.valueOf(jwt.getJWTClaimsSet().getIssuer());
            TrustedIssuer trusted = issuers.get(issuer);
            if (trusted == null) {
                throw AuthenticationFailedException.issuerNotSupported(issuer);
            }
            return trusted.verify(jwt);
        } catch (ParseException e) {
            throw AuthenticationFailedException.malformed();
        }
    }
}
