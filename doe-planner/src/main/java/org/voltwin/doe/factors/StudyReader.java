package org.voltwin.doe.factors;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.voltwin.doe.factors.Study.Objective;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.failure.RefusedException;

/**
 * Reads a specification as a tree (from JSON or YAML) and checks it. Every refusal names the key or factor and what would
 * help; keys that are not known are refused too, because a misspelt constraint would be a wrong experiment.
 */
public final class StudyReader {
    private static final Set<String> KEYS = Set.of(
            "kind",
            "objective",
            "factors",
            "constraints",
            "model",
            "budget",
            "maxRuns",
            "blocks",
            "wholePlots",
            "plotVarianceRatio",
            "replicates",
            "centrePoints",
            "existingRuns",
            "options",
            "response",
            "seed",
            "name",
            "description");

    private static final int MOST_STARTS = 1000;
    /** More runs than any laboratory makes. The figures of 10,000 take ten seconds, and grow with the square. */
    public static final int MOST_RUNS = 10_000;

    private StudyReader() {}

    /** The study; refused with a {@code design.*} code. */
    public static Outcome<Study> read(JsonNode tree) {
        try {
            return Outcome.ok(study(new Keys("", tree)));
        } catch (RefusedException e) {
            return Outcome.refused(e.failure());
        }
    }

    private static Study study(Keys keys) {
        keys.onlyKnow(KEYS);
        List<StudyFactor> factors = FactorReader.factors(keys);
        List<Formula> constraints = constraints(keys, factors);
        Optional<Model> model = model(keys, factors);
        Study study = new Study(
                kind(keys),
                objective(keys),
                factors,
                constraints,
                model,
                budget(keys, factors),
                layout(keys),
                existing(keys, factors),
                options(keys.section("options")),
                response(keys.section("response")),
                keys.number("seed", 1).longValue());
        Region.of(study).emptiness(study.seed()).ifPresent(failure -> {
            throw new RefusedException(failure);
        });
        return study;
    }

    private static DesignKind kind(Keys keys) {
        String text = keys.text("kind", "auto");
        return DesignKind.parse(text)
                .orElseThrow(() -> Keys.refused(
                        "unknown_kind",
                        "There is no design of kind '" + text + "'.",
                        "Choose one of "
                                + String.join(
                                        ", ",
                                        Arrays.stream(DesignKind.values())
                                                .map(DesignKind::text)
                                                .toList())
                                + "."));
    }

    private static Objective objective(Keys keys) {
        String text = keys.text("objective", "auto");
        try {
            return Objective.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw Keys.refused(
                    "unknown_objective",
                    "There is no objective '" + text + "'.",
                    "Choose auto, screening, effects, prediction, exploration or optimum.");
        }
    }

    private static List<Formula> constraints(Keys keys, List<StudyFactor> factors) {
        List<Formula> constraints = new ArrayList<>();
        for (JsonNode node : keys.list("constraints")) {
            String text = node.isTextual() ? node.textValue() : linear(new Keys("constraints", node));
            constraints.add(Formula.parse(text, factors).orThrow());
        }
        return constraints;
    }

    private static String linear(Keys keys) {
        keys.onlyKnow(Set.of("coefficients", "atMost", "atLeast"));
        Keys coefficients = keys.section("coefficients");
        StringBuilder sum = new StringBuilder();
        coefficients.tree().fieldNames().forEachRemaining(name -> {
            double value = coefficients.number(name, 0).doubleValue();
            sum.append(sum.isEmpty() ? value < 0 ? "-" : "" : value < 0 ? " - " : " + ");
            sum.append(Math.abs(value) == 1 ? "" : Keys.shown(Math.abs(value)) + " * ")
                    .append(name);
        });
        if (sum.isEmpty()) {
            throw Keys.refused(
                    "bad_constraint",
                    "A linear constraint gives no coefficients.",
                    "Give coefficients: {A: 1, B: 2} with the names of factors.");
        }
        if (keys.has("atMost") == keys.has("atLeast")) {
            throw Keys.refused(
                    "bad_constraint",
                    "A linear constraint gives either atMost or atLeast.",
                    "Give one of them; write two constraints for a band.");
        }
        String side = keys.has("atMost") ? "atMost" : "atLeast";
        return sum
                + (side.equals("atMost") ? " <= " : " >= ")
                + Keys.shown(keys.number(side, 0).doubleValue());
    }

    private static Optional<Model> model(Keys keys, List<StudyFactor> factors) {
        JsonNode node = keys.node("model");
        if (node.isArray()) {
            List<String> names = new ArrayList<>();
            node.forEach(term -> names.add(term.asText()));
            return Optional.of(Model.named(factors, names));
        }
        String text = keys.text("model", "auto");
        return switch (text) {
            case "auto" -> Optional.empty();
            case "main", "linear" -> Optional.of(Model.main(factors));
            case "interactions" -> Optional.of(Model.interactions(factors));
            case "quadratic" -> Optional.of(Model.quadratic(factors));
            case "cubic" -> Optional.of(Model.cubic(factors));
            default ->
                throw Keys.refused(
                        "bad_model",
                        "There is no model '" + text + "'.",
                        "Choose auto, main, interactions, quadratic, cubic, or list the terms.");
        };
    }

    private static Study.Budget budget(Keys keys, List<StudyFactor> factors) {
        Keys budget = keys.section("budget");
        budget.onlyKnow(Set.of("runs", "channelHours", "hoursPerRun"));
        Optional<Integer> runs = budget.has("runs")
                ? Optional.of(budget.integer("runs", 0))
                : keys.has("maxRuns") ? Optional.of(keys.integer("maxRuns", 0)) : Optional.empty();
        runs.filter(n -> n < 1).ifPresent(n -> {
            throw Keys.refused("no_budget", "The budget is " + n + " runs.", "Give a budget of at least 1 run.");
        });
        runs.filter(n -> n > MOST_RUNS).ifPresent(n -> {
            throw Keys.refused(
                    "no_budget",
                    "The budget is " + n + " runs; designs have at most " + MOST_RUNS + ".",
                    "Give fewer runs, or split the study.");
        });
        Optional<Double> hours = budget.has("channelHours")
                ? Optional.of(budget.number("channelHours", 0).doubleValue())
                : Optional.empty();
        Optional<Formula> each = budget.has("hoursPerRun")
                ? Optional.of(Formula.parse(budget.node("hoursPerRun").asText(), factors)
                        .orThrow())
                : Optional.empty();
        if (hours.isPresent() && each.isEmpty()) {
            throw Keys.refused(
                    "no_duration",
                    "The budget is in channel-hours, but nothing says how long a run takes.",
                    "Give budget.hoursPerRun, a number or an expression such as \"2 + 4 / C_Rate\".");
        }
        return new Study.Budget(runs, hours, each);
    }

    private static Study.Layout layout(Keys keys) {
        JsonNode blocks = keys.node("blocks");
        Keys section = blocks.isObject() ? keys.section("blocks") : keys;
        int count = blocks.isObject() ? section.integer("count", 1) : keys.integer("blocks", 1);
        String name = blocks.isObject() ? section.text("name", "Block") : "Block";
        return new Study.Layout(
                Keys.within("blocks", count, 1, MOST_RUNS),
                name,
                keys.count("wholePlots", 0, 0, MOST_RUNS),
                keys.between("plotVarianceRatio", 1, 0, 1e6),
                keys.count("replicates", 1, 1, MOST_RUNS),
                keys.has("centrePoints") ? Optional.of(keys.count("centrePoints", 0, 0, MOST_RUNS)) : Optional.empty());
    }

    private static List<double[]> existing(Keys keys, List<StudyFactor> factors) {
        List<double[]> runs = new ArrayList<>();
        for (JsonNode node : keys.list("existingRuns")) {
            runs.add(FactorReader.coded(factors, name -> {
                JsonNode value = node.path(name);
                return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value.asText());
            }));
        }
        return runs;
    }

    private static Study.Options options(Keys keys) {
        keys.onlyKnow(Set.of("resolution", "axial", "spread", "starts", "effect", "alpha", "batch", "tolerance"));
        return new Study.Options(
                keys.integer("resolution", 4),
                keys.text("axial", "rotatable"),
                keys.text("spread", "maximin"),
                keys.count("starts", 10, 1, MOST_STARTS),
                keys.between("effect", 2, Double.MIN_VALUE, Double.MAX_VALUE),
                keys.between("alpha", 0.05, 1e-12, 0.5),
                keys.count("batch", 1, 1, MOST_STARTS),
                keys.between("tolerance", 0.001, 0, 1));
    }

    private static Study.Response response(Keys keys) {
        keys.onlyKnow(Set.of("name", "goal", "noise", "unit"));
        String goal = keys.text("goal", "minimise");
        if (!Set.of("minimise", "maximise").contains(goal)) {
            throw Keys.refused("bad_goal", "There is no goal '" + goal + "'.", "Choose minimise or maximise.");
        }
        return new Study.Response(
                keys.text("name", Study.Response.UNNAMED),
                goal.equals("maximise"),
                keys.has("noise") ? Optional.of(keys.between("noise", 0, 0, Double.MAX_VALUE)) : Optional.empty());
    }
}
