package org.voltwin.standalone.ditto.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.voltwin.standalone.ditto.RunningDitto;

/**
 * A conversation with the server, written as text. One line is one request and what must come back:
 *
 * <pre>
 * # name of the scenario
 * let car = {"attributes":{"a":1}}
 * PUT {t} ;; X-Header: value << {car} => 201 ;; is {car}
 * @bob GET {t} => 404 ;; error things:thing.notfound
 * </pre>
 *
 * Paths without {@code /api/2} get it, names in braces stand for what {@code let} or {@code save} gave them. Each
 * scenario begins with fresh ids {@code {x}}, {@code {y}}, {@code {z}}, with {@code {t}}, the path of a thing of id
 * {@code {x}}, and with {@code {p}}, the path of a policy of that id; a POST that creates something makes {@code {t}}
 * its path and {@code {x}} its id. A line that ends with a backslash goes on in the next one. Lines before the first
 * scenario hold for all of them. The requests come from the user {@code owner} unless {@code @NAME} says otherwise
 * ({@code @none}: nobody; {@code @devops}: that user with its password).
 */
final class Scenario {
    private static final Pattern NAME = Pattern.compile("\\{([a-z][a-zA-Z0-9]*)}");
    private static final String SEPARATOR = " ;; ";

    /** Scenarios have nothing in common but the server, so several are played at once. */
    private static final Executor PLAYERS =
            Executors.newFixedThreadPool(8, Thread.ofVirtual().factory());

    private final List<String> lines;
    private final Map<String, String> values = new HashMap<>();

    private Scenario(List<String> lines) {
        this.lines = lines;
        for (String name : List.of("x", "y", "z")) {
            values.put(name, "org.conform:" + UUID.randomUUID());
        }
        values.put("t", "/things/" + values.get("x"));
        values.put("p", "/policies/" + values.get("x"));
    }

    /**
     * @param resource a file of scenarios beside the tests, without its ending
     * @param given lines to put before all of them
     */
    static Stream<DynamicTest> in(String resource, String... given) {
        var common = new ArrayList<String>();
        var scenarios = new ArrayList<Map.Entry<String, List<String>>>();
        common.addAll(List.of(given));
        List<String> current = common;
        for (String line : read(resource)) {
            if (line.startsWith("# ")) {
                current = new ArrayList<>(common);
                scenarios.add(Map.entry(line.substring(2).strip(), current));
            } else if (!line.isBlank() && !line.startsWith("//")) {
                current.add(line.strip());
            }
        }
        assertThat(scenarios).as(resource).isNotEmpty();
        return scenarios.stream()
                .map(scenario -> {
                    var played = CompletableFuture.runAsync(() -> new Scenario(scenario.getValue()).play(), PLAYERS);
                    return DynamicTest.dynamicTest(scenario.getKey(), () -> outcome(played));
                })
                .toList()
                .stream();
    }

    private static void outcome(CompletableFuture<Void> played) throws Throwable {
        try {
            played.get();
        } catch (ExecutionException e) {
            throw e.getCause();
        }
    }

    private static List<String> read(String resource) {
        String path = "/conformance/" + resource + ".txt";
        try (var in = Scenario.class.getResourceAsStream(path)) {
            assertThat(in).as(path).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replaceAll("\\\\\\R\\s*", "")
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void play() {
        for (String line : lines) {
            if (line.startsWith("let ")) {
                String[] nameAndValue = line.substring(4).split(" = ", 2);
                values.put(nameAndValue[0].strip(), fill(nameAndValue[1]));
            } else {
                exchange(line);
            }
        }
    }

    private String fill(String text) {
        return NAME.matcher(text).replaceAll(found -> {
            String value = values.get(found.group(1));
            return Matcher.quoteReplacement(value == null ? found.group() : value);
        });
    }

    private void exchange(String line) {
        int arrow = line.lastIndexOf(" => ");
        assertThat(arrow).as("no => in: " + line).isPositive();
        RunningDitto.Answer answer = send(line.substring(0, arrow));
        String[] expectations = line.substring(arrow + 4).split(SEPARATOR);
        String context = fill(line) + "\n  answered " + answer.status() + " " + answer.body() + "\n";
        assertThat(Integer.toString(answer.status())).as(context).matches(expectations[0].strip());
        if (line.matches("(@\\S+ )?POST .*") && answer.status() == 201) {
            String location = answer.header("location");
            if (!location.isEmpty()) {
                values.put("t", location.replaceFirst(".*/api/2", ""));
                values.put("x", location.replaceFirst(".*/", ""));
            }
        }
        for (int i = 1; i < expectations.length; i++) {
            String expectation = fill(expectations[i].strip());
            if (expectation.startsWith("save ")) {
                String[] nameAndSource = expectation.substring(5).split(" ");
                values.put(
                        nameAndSource[0],
                        nameAndSource[1].equals("body") ? answer.body() : answer.header(nameAndSource[1]));
            } else {
                Expectation.check(expectation, answer, context);
            }
        }
    }

    private RunningDitto.Answer send(String request) {
        String user = "owner";
        String rest = request;
        if (rest.startsWith("@")) {
            user = rest.substring(1, rest.indexOf(' '));
            rest = rest.substring(rest.indexOf(' ') + 1);
        }
        int bodyStart = rest.indexOf(" << ");
        String body = bodyStart < 0 ? null : fill(rest.substring(bodyStart + 4).strip());
        String[] parts = (bodyStart < 0 ? rest : rest.substring(0, bodyStart)).split(SEPARATOR);
        int space = parts[0].indexOf(' ');
        String method = parts[0].substring(0, space);
        String path = fill(parts[0].substring(space + 1).strip());
        var headers = new ArrayList<String>();
        for (int i = 1; i < parts.length; i++) {
            String[] nameAndValue = fill(parts[i]).split(":", 2);
            headers.add(nameAndValue[0].strip());
            headers.add(nameAndValue[1].strip());
        }
        if (headers.stream().noneMatch(name -> name.equalsIgnoreCase("content-type")) && body != null) {
            headers.add("Content-Type");
            headers.add(method.equals("PATCH") ? "application/merge-patch+json" : "application/json");
        }
        var shared = SharedDitto.get();
        if (user.equals("devops")) {
            headers.add("Authorization");
            headers.add("Basic "
                    + Base64.getEncoder()
                            .encodeToString(
                                    ("devops:" + SharedDitto.DEVOPS_PASSWORD).getBytes(StandardCharsets.UTF_8)));
        }
        String token = user.equals("none") || user.equals("devops") ? null : shared.token(user);
        boolean elsewhere = path.startsWith("/devops") || path.startsWith("/api/");
        return shared.running()
                .send(method, elsewhere ? path : "/api/2" + path, body, token, headers.toArray(String[]::new));
    }
}
