package org.voltwin.standalone.edge.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class CredentialsTest {

    private final CachedPasswords encoder = new CachedPasswords(new SecureRandom());

    @Test
    void plainPasswordsBecomeHashesWithASaltOfTheirOwnAndAreNeverShown() {
        JsonArray stored = prepare("bench", "a good secret");
        JsonArray again = prepare("bench", "a good secret");
        assertThat(stored.encode()).doesNotContain("a good secret").contains("$2a$");
        assertThat(stored.encode()).isNotEqualTo(again.encode());
        assertThat(Credentials.withoutSecrets(stored).encode())
                .doesNotContain("$2a$")
                .contains("\"id\"");
    }

    @Test
    void aSecretNamedByItsIdIsKept() {
        JsonArray stored = prepare("bench", "a good secret");
        JsonArray shown = Credentials.withoutSecrets(stored);
        assertThat(Credentials.prepare(shown, stored, encoder))
                .isInstanceOfSatisfying(
                        Credentials.Storable.class,
                        kept -> assertThat(kept.credentials().encode()).contains("$2a$"));
    }

    @Test
    void refusesWhatCannotBeChecked() {
        assertThat(wanted("""
                [{"type":"psk","auth-id":"a","secrets":[{"key":"AAAA"}]}]""")).isInstanceOf(Credentials.Refused.class);
        assertThat(wanted("""
                [{"type":"hashed-password","auth-id":"a b","secrets":[{"pwd-plain":"long enough"}]}]""")).isInstanceOf(Credentials.Refused.class);
        assertThat(wanted("""
                [{"type":"hashed-password","auth-id":"a","secrets":[{"pwd-plain":"1234567"}]}]""")).isInstanceOf(Credentials.Refused.class);
        assertThat(wanted("""
                [{"type":"hashed-password","auth-id":"a","secrets":[{"pwd-hash":"plain?"}]}]""")).isInstanceOf(Credentials.Refused.class);
        assertThat(wanted("""
                [{"type":"hashed-password","auth-id":"a","secrets":[]}]""")).isInstanceOf(Credentials.Refused.class);
        assertThat(wanted("[1]")).isInstanceOf(Credentials.Refused.class);
    }

    @Test
    void aRememberedPasswordStillNeedsTheCurrentHash() {
        var first = encoder.encode("a good secret");
        assertThat(encoder.matches("a good secret", first)).isTrue();
        assertThat(encoder.matches("a good secret", first)).isTrue();
        assertThat(encoder.matches("a good secreT", first)).isFalse();
        assertThat(encoder.matches("a good secret", encoder.encode("another one")))
                .isFalse();
    }

    private JsonArray prepare(String authId, String password) {
        return ((Credentials.Storable) wanted("""
                        [{"type":"hashed-password","auth-id":"%s","secrets":[{"pwd-plain":"%s"}]}]
                        """.formatted(authId, password))).credentials();
    }

    private Credentials.Prepared wanted(String json) {
        return Credentials.prepare(new JsonArray(json), new JsonArray(), encoder);
    }
}
