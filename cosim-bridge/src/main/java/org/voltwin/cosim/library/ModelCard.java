package org.voltwin.cosim.library;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.json.Json;
import org.voltwin.model.run.TestRequest;

/**
 * What the author of a coupled model says it is for: {@code model.json} in its folder.
 *
 * @param chemistry for people: {@code NMC811 / graphite-SiOx}
 * @param tests test names that it is for, {@code *} for all; none means that it is never chosen by itself
 * @param standards only for tests of these standards; empty for all
 * @param except tests that it is not for, whatever the others say: what it would have to know is not in it
 */
record ModelCard(String chemistry, List<String> tests, List<String> standards, List<String> except) {
    static final String FILE = "model.json";
    private static final long LARGEST = 64 << 10;

    ModelCard {
        tests = List.copyOf(tests);
        standards = List.copyOf(standards);
        except = List.copyOf(except);
    }

    /** How well a model is meant for a test, the best first. */
    enum Fit {
        NAMED,
        GENERAL,
        UNSAID,
        NONE
    }

    /** The card in a folder; empty where there is none or it cannot be read: an upload of such a card is refused. */
    static Optional<ModelCard> in(Path folder) {
        try {
            Path file = folder.resolve(FILE);
            return Files.isRegularFile(file)
                            && Files.size(file) <= LARGEST
                            && read(Files.readAllBytes(file)) instanceof Outcome.Ok<ModelCard> ok
                    ? Optional.of(ok.value())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Reads a card; refused with {@code model.bad_card}. */
    static Outcome<ModelCard> read(byte[] json) {
        return Json.read(json, JsonNode.class).flatMap(node -> {
            Optional<List<String>> tests = texts(node.path("tests"));
            Optional<List<String>> standards = optionalTexts(node, "standards");
            Optional<List<String>> except = optionalTexts(node, "except");
            if (tests.isEmpty() || standards.isEmpty() || except.isEmpty()) {
                return Outcome.refused(Failure.permanent(
                        "model.bad_card",
                        "model.json does not say which tests the model is for.",
                        "Write {\"chemistry\": \"...\", \"tests\": [\"*\"], \"standards\": [], \"except\": []}: names of tests,"
                                + " \"*\" for all."));
            }
            return Outcome.ok(
                    new ModelCard(node.path("chemistry").asText(""), tests.get(), standards.get(), except.get()));
        });
    }

    private static Optional<List<String>> optionalTexts(JsonNode node, String name) {
        return node.has(name) ? texts(node.path(name)) : Optional.of(List.of());
    }

    private static Optional<List<String>> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        for (JsonNode child : node) {
            if (!child.isTextual()) {
                return Optional.empty();
            }
            texts.add(child.asText());
        }
        return node.isArray() ? Optional.of(texts) : Optional.empty();
    }

    Fit fit(TestRequest request) {
        if (except.stream().anyMatch(name -> same(name, request.testName()))) {
            return Fit.NONE;
        }
        if (!standards.isEmpty() && standards.stream().noneMatch(name -> same(name, request.standard()))) {
            return Fit.NONE;
        }
        if (tests.stream().anyMatch(name -> same(name, request.testName()))) {
            return Fit.NAMED;
        }
        return tests.contains("*") ? Fit.GENERAL : Fit.NONE;
    }

    /** Names are compared by their letters and digits: "Capacity test" is CapacityTest. */
    static boolean same(String a, String b) {
        return plain(a).equals(plain(b));
    }

    private static String plain(String text) {
        return text.replaceAll("[\\W_]", "").toLowerCase(Locale.ROOT);
    }
}
