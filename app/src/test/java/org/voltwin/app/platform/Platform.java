package org.voltwin.app.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.voltwin.app.config.DataFolder;
import org.voltwin.app.config.PlatformConfig;
import org.voltwin.app.config.Secrets;
import org.voltwin.app.identity.ClientTokens;
import org.voltwin.model.json.Json;

/** The whole platform as a user has it: started and asked through ./voltwin and the public interfaces. */
final class Platform implements AutoCloseable {
    /** Ports away from the defaults, so that a platform in use on the same machine is not disturbed. */
    private static final int PORT_OFFSET = 10_000;

    private final Path home =
            Path.of(System.getProperty("user.dir")).resolve("..").normalize();
    private final Path folder;
    private final Path configFile;
    private final PlatformConfig config;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Map<String, ClientTokens> tokens = new HashMap<>();
    private JsonNode undisturbed = MissingNode.getInstance();
    private LiveFeed liveFeed;

    /** What a command printed and how it ended. */
    record Ran(int status, String out, String err) {}

    /** An answer over HTTP. */
    record Answer(int status, JsonNode body) {
        String code() {
            return body.path("code").asText();
        }
    }

    Platform(Path folder) throws Exception {
        this.folder = folder;
        this.configFile = folder.resolve("voltwin.yaml");
        Files.writeString(configFile, yaml());
        this.config = PlatformConfig.load(configFile);
    }

    private static String yaml() {
        PlatformConfig defaults = PlatformConfig.load(null);
        StringBuilder text = new StringBuilder(
                "publicUrl: http://localhost:" + (defaults.ports().http() + PORT_OFFSET) + "\nports:\n");
        Json.tree(defaults.ports())
                .properties()
                .forEach(entry -> text.append("  ")
                        .append(entry.getKey())
                        .append(": ")
                        .append(entry.getValue().asInt() + PORT_OFFSET)
                        .append('\n'));
        return text.toString();
    }

    PlatformConfig config() {
        return config;
    }

    DataFolder data() {
        return DataFolder.at(folder.resolve("data"));
    }

    Path folder() {
        return folder;
    }

    Path home() {
        return home;
    }

    Secrets secrets() {
        return Secrets.in(data());
    }

    /** Runs ./voltwin with this platform's data and configuration. */
    Ran voltwin(String... arguments) throws Exception {
        return start(arguments).finish();
    }

    /** A command under way. */
    record Running(Process process, Path out, Path err) {
        Ran finish() throws Exception {
            assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
            return new Ran(process.exitValue(), Files.readString(out), Files.readString(err));
        }
    }

    Running start(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(home.resolve("voltwin").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--data", data().root().toString(), "--config", configFile.toString()));
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        return new Running(process, out, err);
    }

    /** The two tests of a demo that nothing disturbed; it is run once. */
    synchronized JsonNode undisturbedDemo() throws Exception {
        if (undisturbed.isEmpty()) {
            liveFeed = new LiveFeed(config, secrets());
            Ran ran = voltwin("demo", "--json");
            assertThat(ran.status()).as("%s%s", ran.out(), ran.err()).isZero();
            undisturbed = Json.mapper().readTree(ran.out()).path("tests");
        }
        return undisturbed;
    }

    /** What was said of that demo on the LIMS broker. */
    LiveFeed liveFeed() {
        return liveFeed;
    }

    /** Every row of a run is in the store exactly once: as many points as rows, and the stream is complete. */
    void assertComplete(JsonNode test) throws Exception {
        JsonNode results = get("vic", "/api/tests/" + test.path("uuid").asText() + "/results?points=100000")
                .body();
        long rows = test.path("result").path("rows").asLong();
        assertThat(results.path("rows").asLong()).isEqualTo(rows);
        assertThat(results.path("totalRows").asLong()).isEqualTo(rows);
        for (JsonNode series : results.path("series")) {
            if (series.path("name").asText().equals("Cell_Voltage_01")) {
                assertThat(series.path("points").size()).isEqualTo((int) rows);
            }
        }
    }

    JsonNode status() throws Exception {
        return Json.mapper().readTree(voltwin("status", "--json").out());
    }

    long pid(String component) throws Exception {
        for (JsonNode node : status().path("components")) {
            if (node.path("name").asText().equals(component)) {
                return node.path("pid").asLong();
            }
        }
        throw new IllegalArgumentException("No component " + component);
    }

    String tokenOf(String user) {
        return tokens.computeIfAbsent(
                        user,
                        name -> ClientTokens.ofUser(
                                config.issuer(),
                                "voltwin-cli",
                                secrets().get("client.voltwin-cli"),
                                name,
                                secrets().get("password." + name),
                                Clock.systemUTC()))
                .get();
    }

    Answer get(String user, String path) throws Exception {
        return send("GET", tokenOf(user), path, null);
    }

    Answer post(String user, String path, ObjectNode body) throws Exception {
        return send("POST", tokenOf(user), path, Json.bytes(body));
    }

    /** Ditto's own API, without a token when it is empty. */
    Answer ditto(String token, String path) throws Exception {
        return ditto(token, "GET", path, HttpRequest.BodyPublishers.noBody(), "application/json");
    }

    /** Creates or replaces by Ditto's own API. */
    Answer dittoPut(String token, String path, ObjectNode body) throws Exception {
        return ditto(token, "PUT", path, HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)), "application/json");
    }

    /** The WoT Thing Description that Ditto makes of a thing. */
    Answer dittoDescription(String token, String path) throws Exception {
        return ditto(token, "GET", path, HttpRequest.BodyPublishers.noBody(), "application/td+json");
    }

    private Answer ditto(String token, String method, String path, HttpRequest.BodyPublisher body, String accept)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + config.ports().ditto() + path))
                .timeout(Duration.ofSeconds(30))
                .header("Accept", accept)
                .header("Content-Type", "application/json")
                .method(method, body);
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        return new Answer(response.statusCode(), Json.mapper().readTree(response.body()));
    }

    /** The end-to-end specs of the dashboards, in Debian's chromium. */
    Ran browserTests() throws Exception {
        Path out = Files.createTempFile(folder, "browser", ".txt");
        Secrets passwords = secrets();
        ProcessBuilder builder = new ProcessBuilder("npx", "playwright", "test", "--project=platform")
                .directory(home.resolve("dashboards").toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().put("VOLTWIN_URL", config.publicUrl());
        Map.of("VOLTWIN_USER", "erin", "VOLTWIN_VIEWER", "vic", "VOLTWIN_ADMIN", "ada")
                .forEach((variable, user) -> builder.environment().put(variable, user));
        Map.of("VOLTWIN_PASSWORD", "erin", "VOLTWIN_VIEWER_PASSWORD", "vic", "VOLTWIN_ADMIN_PASSWORD", "ada")
                .forEach((variable, user) -> builder.environment().put(variable, passwords.get("password." + user)));
        builder.environment()
                .put(
                        "VOLTWIN_SCREENSHOTS",
                        home.resolve("app/target/screenshots").toString());
        builder.environment()
                .put(
                        "VOLTWIN_E2E_REPORT",
                        home.resolve("app/target/junit-reports/browser.xml").toString());
        return new Running(builder.start(), out, out).finish();
    }

    Answer send(String method, String token, String path, byte[] body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + config.ports().http() + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        return new Answer(response.statusCode(), Json.mapper().readTree(response.body()));
    }

    /** Stops it by ./voltwin down. */
    @Override
    public void close() throws Exception {
        if (liveFeed != null) {
            liveFeed.close();
        }
        voltwin("down");
    }
}
