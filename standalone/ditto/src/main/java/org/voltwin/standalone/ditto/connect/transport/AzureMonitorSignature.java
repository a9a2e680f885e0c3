package org.voltwin.standalone.ditto.connect.transport;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import org.eclipse.ditto.json.JsonObject;
import org.voltwin.standalone.ditto.connect.transport.RequestProof.Outgoing;

/**
 * Version 2016-04-01 of signed requests to the data collector of Azure Monitor (Microsoft, "HTTP Data Collector API",
 * section Authorization).
 */
final class AzureMonitorSignature {
    private static final String DATE = "x-ms-date";
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final String workspace;
    private final byte[] key;

    private AzureMonitorSignature(String workspace, byte[] key) {
        this.workspace = workspace;
        this.key = key;
    }

    static AzureMonitorSignature of(JsonObject parameters) {
        return new AzureMonitorSignature(Hmac.parameter(parameters, "workspaceId"), Hmac.key(parameters, "sharedKey"));
    }

    Map<String, String> headers(Outgoing request, Instant now) {
        String date = FORMAT.format(now);
        String toSign = String.join(
                "\n",
                request.method(),
                String.valueOf(request.body().length),
                request.headers().getOrDefault("content-type", ""),
                DATE + ":" + date,
                request.uri().getPath());
        String signature = Base64.getEncoder().encodeToString(Hmac.sha256(key, toSign));
        return Map.of(DATE, date, "authorization", "SharedKey " + workspace + ":" + signature);
    }
}
