package org.voltwin.doe.factors;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.voltwin.model.quantity.Unit;

/** Reads factors, and runs given in the factors' own units. */
public final class FactorReader {
    private static final Set<String> KEYS =
            Set.of("name", "type", "unit", "low", "high", "levels", "values", "hardToChange");

    private FactorReader() {}

    static List<StudyFactor> factors(Keys study) {
        List<StudyFactor> factors = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonNode node : study.list("factors")) {
            Keys keys = new Keys("factors[" + factors.size() + "]", node);
            keys.onlyKnow(KEYS);
            StudyFactor factor = factor(keys);
            if (!names.add(factor.name())) {
                throw Keys.refused(
                        "duplicate_factor",
                        "Factor '" + factor.name() + "' is given more than once.",
                        "Name each factor once; one range covers both if it is wide enough.");
            }
            factors.add(factor);
        }
        checkShares(factors);
        return factors;
    }

    private static StudyFactor factor(Keys keys) {
        String name = keys.text("name", "");
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw Keys.refused(
                    "bad_name",
                    "The factor's name '" + name + "' cannot be used in models and expressions.",
                    "Begin with a letter; use letters, digits and _ only.");
        }
        boolean hard = keys.flag("hardToChange");
        String type = keys.text("type", keys.has("values") ? guess(keys) : "continuous");
        return switch (type) {
            case "continuous" -> continuous(name, keys, hard);
            case "discrete" -> discrete(name, keys, hard);
            case "categorical" -> categorical(name, keys, hard);
            case "mixture" -> mixture(name, keys);
            default ->
                throw Keys.refused(
                        "bad_type",
                        "Factor '" + name + "' has the type '" + type + "'.",
                        "Choose continuous, discrete, categorical or mixture.");
        };
    }

    private static String guess(Keys keys) {
        return keys.list("values").stream().allMatch(JsonNode::isNumber) ? "discrete" : "categorical";
    }

    private static Unit unit(String name, Keys keys) {
        String text = keys.text("unit", "1");
        return Unit.parse(text)
                .orElseThrow(() -> Keys.refused(
                        "unknown_unit",
                        "Factor '" + name + "' has the unit '" + text + "', which is not known.",
                        "Use one of "
                                + String.join(
                                        ", ",
                                        Arrays.stream(Unit.values())
                                                .map(Unit::symbol)
                                                .toList())
                                + "."));
    }

    private static StudyFactor continuous(String name, Keys keys, boolean hard) {
        if (!keys.has("low") || !keys.has("high")) {
            throw Keys.refused("empty_range", "Factor '" + name + "' has no low or no high.", "Give both.");
        }
        double low = keys.number("low", 0).doubleValue();
        double high = keys.number("high", 0).doubleValue();
        Unit unit = unit(name, keys);
        if (!(low < high)) {
            throw Keys.refused(
                    "empty_range",
                    "Factor '" + name + "' has no range: low is " + low + " and high is " + high + " " + unit.symbol()
                            + ".",
                    "Give a low value below the high one, or leave the factor out.");
        }
        return new StudyFactor.Continuous(name, unit, low, high, levels(name, keys, 2), hard);
    }

    private static int levels(String name, Keys keys, int otherwise) {
        int levels = keys.integer("levels", otherwise);
        if (levels < 2) {
            throw Keys.refused(
                    "bad_levels",
                    "Factor '" + name + "' has " + levels + " levels.",
                    "Give at least 2 levels, or leave the factor out.");
        }
        return levels;
    }

    private static StudyFactor discrete(String name, Keys keys, boolean hard) {
        List<JsonNode> nodes = keys.list("values");
        Optional<JsonNode> odd = nodes.stream().filter(n -> !n.isNumber()).findFirst();
        if (odd.isPresent()) {
            throw Keys.refused(
                    "bad_levels",
                    "Factor '" + name + "' is discrete, but its value '"
                            + odd.get().asText() + "' is no number.",
                    "Give numbers, or make the factor categorical.");
        }
        List<Double> values =
                nodes.stream().map(JsonNode::doubleValue).distinct().toList();
        tooFew(name, values.size());
        return new StudyFactor.Discrete(name, unit(name, keys), values, hard);
    }

    private static StudyFactor categorical(String name, Keys keys, boolean hard) {
        List<String> labels =
                keys.list("values").stream().map(JsonNode::asText).distinct().toList();
        tooFew(name, labels.size());
        return new StudyFactor.Categorical(name, labels, hard);
    }

    private static void tooFew(String name, int values) {
        if (values < 2) {
            throw Keys.refused(
                    "empty_range",
                    "Factor '" + name + "' has " + values + " different values.",
                    "Give at least 2 in its list 'values', or leave the factor out.");
        }
    }

    private static StudyFactor mixture(String name, Keys keys) {
        double low = keys.number("low", 0).doubleValue();
        double high = keys.number("high", 1).doubleValue();
        if (!(low >= 0 && low < high && high <= 1)) {
            throw Keys.refused(
                    "empty_range",
                    "The share '" + name + "' has the range " + low + " to " + high + ".",
                    "Give 0 <= low < high <= 1: shares are parts of 1.");
        }
        return new StudyFactor.Mixture(name, low, high, levels(name, keys, 3));
    }

    private static void checkShares(List<StudyFactor> factors) {
        List<StudyFactor> shares =
                factors.stream().filter(StudyFactor.Mixture.class::isInstance).toList();
        double low = shares.stream().mapToDouble(StudyFactor::codedLow).sum();
        double high = shares.stream().mapToDouble(StudyFactor::codedHigh).sum();
        if (!shares.isEmpty() && (shares.size() < 2 || low >= 1 || high <= 1)) {
            throw Keys.refused(
                    "empty_range",
                    "The shares " + shares.stream().map(StudyFactor::name).toList() + " cannot vary and sum to 1: their"
                            + " ranges sum to " + low + " to " + high + ".",
                    "Give at least two shares whose lows sum to less and whose highs sum to more than 1.");
        }
    }

    /** A run in coded values; refused with {@code design.bad_run} naming the factor. */
    public static double[] coded(List<StudyFactor> factors, Function<String, Optional<String>> values) {
        double[] point = new double[factors.size()];
        for (int f = 0; f < point.length; f++) {
            StudyFactor factor = factors.get(f);
            String text = values.apply(factor.name())
                    .orElseThrow(() -> Keys.refused(
                            "bad_run",
                            "A run gives no value for factor '" + factor.name() + "'.",
                            "Give every factor in every run."));
            point[f] = switch (factor) {
                case StudyFactor.Categorical c -> index(c, text);
                case StudyFactor.Quantity q -> q.coded(number(q.name(), text));
                case StudyFactor.Mixture m -> number(m.name(), text);
            };
        }
        return point;
    }

    private static double index(StudyFactor.Categorical factor, String text) {
        int index = factor.labels().indexOf(text.strip());
        if (index < 0) {
            throw Keys.refused(
                    "bad_run",
                    "A run has " + factor.name() + " = '" + text + "'.",
                    "Use one of " + factor.labels() + ".");
        }
        return index;
    }

    private static double number(String name, String text) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            throw Keys.refused("bad_run", "A run has " + name + " = '" + text + "'.", "Give a number.");
        }
    }
}
