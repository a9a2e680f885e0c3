package org.voltwin.standalone.ditto.connect.transport;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonValue;
import org.voltwin.standalone.ditto.connect.transport.RequestProof.Outgoing;

/**
 * Signature Version 4 of Amazon Web Services ("Create a signed AWS API request", AWS Identity and Access Management
 * user guide), with the parameters of Ditto's {@code aws4-hmac-sha256}.
 *
 * @param doubleEncoded whether the path is encoded twice: for all services but S3
 * @param headerNames those that are signed, in lower case and in order
 */
record Aws4Signature(
        String region,
        String service,
        String accessKey,
        String secretKey,
        boolean doubleEncoded,
        List<String> headerNames,
        ContentHash contentHash) {
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String DATE = "x-amz-date";
    private static final String CONTENT_HASH = "x-amz-content-sha256";
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** What is said about the body in a header of its own, which S3 wants. */
    enum ContentHash {
        EXCLUDED,
        INCLUDED,
        UNSIGNED;

        static ContentHash of(String name) {
            return Arrays.stream(values())
                    .filter(each -> each.name().equalsIgnoreCase(name))
                    .findFirst()
                    .orElseThrow(
                            () -> InvalidDefinition.because(
                                    "The parameter 'xAmzContentSha256' of the credentials is one of INCLUDED, EXCLUDED, UNSIGNED."));
        }
    }

    /** @throws org.eclipse.ditto.json.JsonRuntimeException when a parameter is missing or of another type */
    static Aws4Signature of(JsonObject parameters) {
        ContentHash contentHash = parameters
                .getValue("xAmzContentSha256")
                .map(value -> ContentHash.of(value.asString()))
                .orElse(ContentHash.EXCLUDED);
        Stream<String> names = parameters
                .getValue("canonicalHeaders")
                .map(JsonValue::asArray)
                .map(array -> array.stream().map(JsonValue::asString))
                .orElseGet(() -> Stream.of("host"));
        var sorted = names.map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        if (contentHash != ContentHash.EXCLUDED) {
            sorted.add(CONTENT_HASH);
        }
        return new Aws4Signature(
                Hmac.parameter(parameters, "region"),
                Hmac.parameter(parameters, "service"),
                Hmac.parameter(parameters, "accessKey"),
                Hmac.parameter(parameters, "secretKey"),
                parameters.getValue("doubleEncode").map(JsonValue::asBoolean).orElse(true),
                List.copyOf(sorted),
                contentHash);
    }

    /** Without the keys. */
    @Override
    public String toString() {
        return "Aws4Signature[region=" + region + ", service=" + service + "]";
    }

    Map<String, String> headers(Outgoing request, Instant now) {
        String moment = MOMENT.format(now);
        String bodyHash = contentHash == ContentHash.UNSIGNED ? "UNSIGNED-PAYLOAD" : hash(request.body());
        String names = String.join(";", headerNames);
        String canonical = String.join(
                "\n",
                request.method(),
                path(request.uri()),
                query(request.uri()),
                signedHeaders(request, moment, bodyHash),
                names,
                bodyHash);
        String scope = String.join("/", DAY.format(now), region, service, "aws4_request");
        String toSign = String.join("\n", ALGORITHM, moment, scope, hash(canonical.getBytes(StandardCharsets.UTF_8)));
        byte[] key = ("AWS4" + secretKey).getBytes(StandardCharsets.UTF_8);
        for (String part : scope.split("/")) {
            key = Hmac.sha256(key, part);
        }
        var headers = new HashMap<String, String>();
        headers.put(DATE, moment);
        if (contentHash != ContentHash.EXCLUDED) {
            headers.put(CONTENT_HASH, bodyHash);
        }
        headers.put(
                "authorization",
                ALGORITHM + " Credential=" + accessKey + "/" + scope + ", SignedHeaders=" + names + ", Signature="
                        + HexFormat.of().formatHex(Hmac.sha256(key, toSign)));
        return headers;
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private String signedHeaders(Outgoing request, String moment, String bodyHash) {
        return headerNames.stream()
                .map(name -> {
                    String value = switch (name) {
                        case "host" -> request.host();
                        case DATE -> moment;
                        case CONTENT_HASH -> bodyHash;
                        default -> request.headers().getOrDefault(name, "");
                    };
                    return name + ":" + value.strip().replaceAll("\\s+", " ") + "\n";
                })
                .collect(Collectors.joining());
    }

    private String path(URI uri) {
        String raw = Objects.requireNonNullElse(doubleEncoded ? uri.normalize().getRawPath() : uri.getRawPath(), "");
        String[] segments = raw.split("/", -1);
        Stream<String> encoded =
                Arrays.stream(segments).map(segment -> Hmac.percentEncoded(decoded(segment.replace("+", "%2B"))));
        if (!doubleEncoded) {
            return raw.isEmpty() ? "/" : encoded.collect(Collectors.joining("/"));
        }
        boolean folder = raw.endsWith("/") && raw.length() > 1;
        return encoded.filter(segment -> !segment.isEmpty())
                .map(Hmac::percentEncoded)
                .collect(Collectors.joining("/", "/", folder ? "/" : ""));
    }

    private static String query(URI uri) {
        record Parameter(String name, String value) {}
        String raw = uri.getRawQuery();
        if (raw == null || raw.isEmpty()) {
            return "";
        }
        return Arrays.stream(raw.split("&"))
                .filter(part -> !part.isEmpty())
                .map(part -> part.split("=", 2))
                // An equals sign in a value is encoded twice.
                .map(part -> new Parameter(
                        Hmac.percentEncoded(decoded(part[0])),
                        part.length < 2
                                ? ""
                                : Hmac.percentEncoded(decoded(part[1]).replace("=", "%3D"))))
                .sorted(Comparator.comparing(Parameter::name).thenComparing(Parameter::value))
                .map(parameter -> parameter.name() + "=" + parameter.value())
                .collect(Collectors.joining("&"));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
