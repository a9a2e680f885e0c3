package org.voltwin.standalone.ditto.connect.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.eclipse.ditto.connectivity.model.ConnectionConfigurationInvalidException;
import org.eclipse.ditto.json.JsonMissingFieldException;
import org.eclipse.ditto.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.voltwin.standalone.ditto.config.ConnectivitySettings.OAuthSettings;
import org.voltwin.standalone.ditto.connect.transport.RequestProof.Outgoing;

/**
 * Signatures against published ones: AWS's Signature Version 4 test suite (get-vanilla,
 * get-vanilla-query-order-key-case, post-vanilla, get-utf8) and the examples "GET Object" and "PUT Object" of the Amazon
 * S3 API reference, "Signature Calculations for the Authorization Header". Where Microsoft publishes none, they are
 * from Python's hmac module.
 */
class RequestProofsTest {
    private static final Instant SUITE_TIME = Instant.parse("2015-08-30T12:36:00Z");
    private static final Instant S3_TIME = Instant.parse("2013-05-24T00:00:00Z");
    private static final String EMPTY_HASH = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static Aws4Signature suite(String more) {
        return Aws4Signature.of(JsonObject.of("""
                {"region":"us-east-1","service":"service","accessKey":"AKIDEXAMPLE",
                 "secretKey":"wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"%s}""".formatted(more)));
    }

    private static Aws4Signature s3(String headers) {
        return Aws4Signature.of(JsonObject.of("""
                {"region":"us-east-1","service":"s3","accessKey":"AKIAIOSFODNN7EXAMPLE",
                 "secretKey":"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY","doubleEncode":false,
                 "xAmzContentSha256":"included","canonicalHeaders":[%s]}""".formatted(headers)));
    }

    private static Outgoing request(String method, String uri, Map<String, String> headers, String body) {
        return new Outgoing(method, URI.create(uri), headers, body.getBytes(StandardCharsets.UTF_8));
    }

    private static String signature(Map<String, String> headers) {
        return headers.get("authorization").replaceFirst(".*Signature=", "");
    }

    @Test
    void theTestSuiteOfAwsIsSignedAsPublished() {
        Aws4Signature signature = suite(",\"canonicalHeaders\":[\"X-Amz-Date\",\"Host\"]");
        assertThat(signature.headers(request("GET", "https://example.amazonaws.com/", Map.of(), ""), SUITE_TIME))
                .isEqualTo(Map.of(
                        "x-amz-date",
                        "20150830T123600Z",
                        "authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                                + " SignedHeaders=host;x-amz-date,"
                                + " Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"));
        assertThat(signature(signature.headers(
                        request("GET", "https://example.amazonaws.com/?Param2=value2&Param1=value1", Map.of(), ""),
                        SUITE_TIME)))
                .isEqualTo("b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500");
        assertThat(signature(
                        signature.headers(request("POST", "https://example.amazonaws.com", Map.of(), ""), SUITE_TIME)))
                .isEqualTo("5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");
        assertThat(signature(suite(",\"canonicalHeaders\":[\"host\",\"x-amz-date\"],\"doubleEncode\":false")
                        .headers(request("GET", "https://example.amazonaws.com/%E1%88%B4", Map.of(), ""), SUITE_TIME)))
                .isEqualTo("8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85");
    }

    @Test
    void theExamplesOfS3AreSignedAsPublished() {
        var got = s3("\"host\",\"range\",\"x-amz-date\"")
                .headers(
                        request(
                                "GET",
                                "https://examplebucket.s3.amazonaws.com/test.txt",
                                Map.of("range", "bytes=0-9"),
                                ""),
                        S3_TIME);
        assertThat(got).containsEntry("x-amz-content-sha256", EMPTY_HASH);
        assertThat(signature(got)).isEqualTo("f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
        assertThat(signature(s3("\"date\",\"host\",\"x-amz-date\",\"x-amz-storage-class\"")
                        .headers(
                                request(
                                        "PUT",
                                        "https://examplebucket.s3.amazonaws.com/test$file.text",
                                        Map.of(
                                                "date",
                                                "Fri, 24 May 2013 00:00:00 GMT",
                                                "x-amz-storage-class",
                                                "REDUCED_REDUNDANCY"),
                                        "Welcome to Amazon S3."),
                                S3_TIME)))
                .isEqualTo("98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
    }

    /** The canonical request was written down by hand and signed in Python. */
    @Test
    void pathsAreEncodedTwiceAndTheHostHasItsPort() {
        assertThat(signature(suite("")
                        .headers(
                                request("GET", "https://h.example:8443/a%20b//./c:d?k=x=y", Map.of(), ""), SUITE_TIME)))
                .isEqualTo("d7bdb324312a82f27b1a8c905e83d909700c810a03e393ff73f7fea52143c979");
    }

    @Test
    void azureMonitorGetsASharedKey() {
        var signature = AzureMonitorSignature.of(
                JsonObject.of("{\"workspaceId\":\"w-1\",\"sharedKey\":\"c2hhcmVkIGtleSBvZiBhIHRlc3Q=\"}"));
        assertThat(signature.headers(
                        request(
                                "POST",
                                "https://w-1.ods.example/api/logs?api-version=2016-04-01",
                                Map.of("content-type", "application/json"),
                                "[{\"a\":1}]"),
                        Instant.parse("2016-04-04T08:00:00Z")))
                .isEqualTo(Map.of(
                        "x-ms-date",
                        "Mon, 04 Apr 2016 08:00:00 GMT",
                        "authorization",
                        "SharedKey w-1:Y0TVrGj6sz4gQN3ikRTzBI/OMV+cFLtQHOpnE3tu7rc="));
    }

    @Test
    void azureHubsGetASharedAccessSignature() {
        var signature = AzureAccessSignature.of(JsonObject.of("""
                        {"sharedKeyName":"owner","sharedKey":"c2hhcmVkIGtleSBvZiBhIHRlc3Q=","ttl":"10m",
                         "endpoint":"myHub.azure-devices.net/devices/a b"}"""), "elsewhere");
        assertThat(signature.headers(Instant.parse("2016-04-04T08:00:00Z")))
                .containsEntry(
                        "authorization",
                        "SharedAccessSignature sr=myHub.azure-devices.net%2Fdevices%2Fa%20b"
                                + "&sig=Qde1H62K6LnAzCZNQk%2BkJ%2FajG8JHTEqNDYc7RZw5GV8%3D&se=1459757400&skn=owner");
    }

    @Test
    void wrongParametersAreRefused() {
        assertThatThrownBy(() -> Aws4Signature.of(JsonObject.of("{\"region\":\"r\"}")))
                .isInstanceOf(JsonMissingFieldException.class);
        assertThatThrownBy(() -> suite(",\"xAmzContentSha256\":\"perhaps\""))
                .isInstanceOf(ConnectionConfigurationInvalidException.class);
        assertThatThrownBy(() ->
                        AzureMonitorSignature.of(JsonObject.of("{\"workspaceId\":\"w\",\"sharedKey\":\"no base 64\"}")))
                .isInstanceOf(ConnectionConfigurationInvalidException.class);
        assertThatThrownBy(() -> AzureAccessSignature.of(
                        JsonObject.of("{\"sharedKeyName\":\"n\",\"sharedKey\":\"YQ==\",\"ttl\":\"soon\"}"), "h"))
                .isInstanceOf(ConnectionConfigurationInvalidException.class);
        var settings = new OAuthSettings(Duration.ofSeconds(60), true);
        for (String endpoint : new String[] {"http://issuer.example/token", "issuer", "https://a b", "ftp://x/"}) {
            assertThatThrownBy(() -> BearerTokens.endpoint(endpoint, settings))
                    .as(endpoint)
                    .isInstanceOf(ConnectionConfigurationInvalidException.class);
        }
        assertThat(BearerTokens.endpoint("https://issuer.example/token", settings))
                .hasHost("issuer.example");
    }
}
