package org.voltwin.standalone.ditto.connect.transport;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.ditto.connectivity.model.Connection;
import org.eclipse.ditto.connectivity.model.ConnectionConfigurationInvalidException;
import org.eclipse.ditto.connectivity.model.HmacCredentials;
import org.eclipse.ditto.json.JsonFieldDefinition;
import org.eclipse.ditto.json.JsonObject;

/** Requests signed with a shared key, under the algorithm names and parameters of Ditto's documentation. */
final class Hmac {
    private static final String SHA256 = "HmacSHA256";

    private Hmac() {}

    /** @throws org.eclipse.ditto.base.model.exceptions.DittoRuntimeException when algorithm or parameters are not valid */
    static RequestProof proof(HmacCredentials credentials, Connection connection) {
        JsonObject parameters = credentials.getParameters();
        return switch (credentials.getAlgorithm()) {
            case "aws4-hmac-sha256" -> {
                Aws4Signature signature = Aws4Signature.of(parameters);
                yield (request, now) -> CompletableFuture.completedFuture(signature.headers(request, now));
            }
            case "az-monitor-2016-04-01" -> {
                AzureMonitorSignature signature = AzureMonitorSignature.of(parameters);
                yield (request, now) -> CompletableFuture.completedFuture(signature.headers(request, now));
            }
            case "az-sasl" -> {
                AzureAccessSignature signature = AzureAccessSignature.of(parameters, connection.getHostname());
                yield (request, now) -> CompletableFuture.completedFuture(signature.headers(now));
            }
            default ->
                throw InvalidDefinition.because(
                        "The algorithm '" + credentials.getAlgorithm() + "' of the credentials is not known. "
                                + "There are aws4-hmac-sha256, az-monitor-2016-04-01 and az-sasl.");
        };
    }

    /** @throws org.eclipse.ditto.json.JsonMissingFieldException when there is no such parameter */
    static String parameter(JsonObject parameters, String name) {
        return parameters.getValueOrThrow(JsonFieldDefinition.ofString(name));
    }

    /** @throws ConnectionConfigurationInvalidException when it is not Base64 */
    static byte[] key(JsonObject parameters, String name) {
        try {
            return Base64.getDecoder().decode(parameter(parameters, name));
        } catch (IllegalArgumentException e) {
            throw InvalidDefinition.because("The parameter '" + name + "' of the credentials must be Base64.");
        }
    }

    static byte[] sha256(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(SHA256);
            mac.init(new SecretKeySpec(key, SHA256));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + SHA256, e);
        }
    }

    /** Everything but letters, digits and {@code -._~} as {@code %XX} (RFC 3986, section 2.3). */
    static String percentEncoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
