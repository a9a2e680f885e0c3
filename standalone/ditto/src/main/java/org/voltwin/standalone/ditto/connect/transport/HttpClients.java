package org.voltwin.standalone.ditto.connect.transport;

import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;

/** Clients that follow no redirects. */
final class HttpClients {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private HttpClients() {}

    /** One that trusts the authorities this JVM trusts. */
    static HttpClient usual(Executor workers) {
        return builder(workers).build();
    }

    static HttpClient of(TlsMaterial material, Executor workers) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    material.identity() == null ? null : material.identity().getKeyManagers(),
                    material.trust() == null ? null : material.trust().getTrustManagers(),
                    null);
            return builder(workers).sslContext(context).build();
        } catch (GeneralSecurityException e) {
            throw InvalidDefinition.because("The certificates or the key cannot be used: " + e.getMessage());
        }
    }

    private static HttpClient.Builder builder(Executor workers) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT)
                .executor(workers);
    }
}
