package org.voltwin.standalone.ditto.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.voltwin.standalone.ditto.RunningDitto;
import org.voltwin.standalone.ditto.TestIssuer;

/**
 * The one server all conformance tests talk to, set up as Ditto's own system tests expect it: two issuers, {@code
 * ditto} and {@code dummy}, whose users are the subjects {@code ditto:NAME} and {@code dummy:NAME}, and trusted
 * proxies. It ends with the JVM.
 */
final class SharedDitto {
    /** Of the user {@code devops}. */
    static final String DEVOPS_PASSWORD = "devops-word";

    private static final class Holder {
        private static final SharedDitto SHARED = new SharedDitto();
    }

    private final RunningDitto ditto;
    private final TestIssuer dittoIssuer;
    private final TestIssuer dummyIssuer;
    private final Map<String, String> tokens = new ConcurrentHashMap<>();

    private SharedDitto() {
        try {
            Path models = Path.of(Objects.requireNonNull(SharedDitto.class.getResource("/conformance/models"))
                    .toURI());
            dittoIssuer = new TestIssuer("ditto");
            dummyIssuer = new TestIssuer("dummy");
            ditto = new RunningDitto(Files.createTempDirectory("conformance"), """
                    ditto.gateway.authentication {
                      oauth {
                        token-integration-subject = "integration:{{jwt:sub}}:{{jwt:aud}}"
                        openid-connect-issuers {
                          ditto { issuer = "%s", auth-subjects = ["{{ jwt:sub }}"] }
                          dummy { issuer = "%s", auth-subjects = ["{{ jwt:sub }}"] }
                        }
                      }
                      pre-authentication.enabled = true
                    }
                    ditto.standalone.wot.models = { "https://models.example.org/wot/" = "%s" }
                    ditto.things.thing.event.historical-headers-to-persist = ["ditto-originator", "correlation-id", "foo-bar"]
                    """.formatted(
                            dittoIssuer.host(), dummyIssuer.host(), models));
        } catch (Exception e) {
            throw new IllegalStateException("the shared server does not start", e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    static SharedDitto get() {
        return Holder.SHARED;
    }

    RunningDitto running() {
        return ditto;
    }

    /** @param user a name, of the issuer {@code ditto} unless it says {@code dummy:NAME} */
    String token(String user) {
        return tokens.computeIfAbsent(
                user,
                name -> name.startsWith("dummy:")
                        ? dummyIssuer.token(name.substring("dummy:".length()))
                        : dittoIssuer.token(name));
    }

    RunningDitto.Client as(String user) {
        return new RunningDitto.Client(ditto, token(user));
    }

    private void close() {
        try {
            ditto.close();
            dittoIssuer.close();
            dummyIssuer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
