package org.voltwin.standalone.edge.registry;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.hono.service.auth.HonoPasswordEncoder;
import org.eclipse.hono.service.auth.SpringBasedHonoPasswordEncoder;

/**
 * Hono's own bcrypt encoder, which remembers passwords that matched.
 *
 * <p>HTTP devices send their password with every message and bcrypt takes tens of milliseconds by design. What is
 * remembered is a keyed digest of password and stored hash under a key that exists only in this process, so it is worth
 * nothing outside and a changed password misses at once. Mismatches are never remembered.
 */
public final class CachedPasswords implements HonoPasswordEncoder {

    private static final int REMEMBERED = 1000;

    private final HonoPasswordEncoder encoder;
    private final SecretKeySpec key;
    private final Set<String> matched = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }));

    /** @param random source of salts and of this process's key */
    public CachedPasswords(SecureRandom random) {
        this.encoder =
                new SpringBasedHonoPasswordEncoder(random, SpringBasedHonoPasswordEncoder.DEFAULT_BCRYPT_STRENGTH);
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        this.key = new SecretKeySpec(secret, "HmacSHA256");
    }

    @Override
    public JsonObject encode(String password) {
        return encoder.encode(password);
    }

    @Override
    public boolean matches(String password, JsonObject stored) {
        String digest = digest(password, stored);
        if (matched.contains(digest)) {
            return true;
        }
        boolean matches = encoder.matches(password, stored);
        if (matches) {
            matched.add(digest);
        }
        return matches;
    }

    private String digest(String password, JsonObject stored) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(stored.getString("pwd-hash", "").getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            mac.update(stored.getString("salt", "").getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return Base64.getEncoder().encodeToString(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
