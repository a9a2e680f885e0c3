package org.voltwin.cosim.procedure;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;

/** Numbers as Unicycler documents write them: 0.1, "0.1", "1/5", "C/3", "2D/5"; nothing and "" are none. */
final class Rates {
    private static final Pattern FRACTION =
            Pattern.compile("(?<sign>-?)(?<times>\\d*\\.?\\d*)(?<letter>[CD]?)/(?<by>\\d*\\.?\\d+)");

    private Rates() {}

    static @Nullable Double number(JsonNode node) {
        if (node.isNumber()) {
            return finite(node.asDouble(), node.asText());
        }
        String text = node.isTextual() ? node.asText().strip() : "";
        if (text.isEmpty()) {
            return null;
        }
        try {
            return finite(Double.parseDouble(text), text);
        } catch (NumberFormatException e) {
            throw bad(text);
        }
    }

    private static double finite(double value, String text) {
        if (!Double.isFinite(value)) {
            throw bad(text);
        }
        return value;
    }

    /** C-rate; D is discharge. */
    static @Nullable Double rate(JsonNode node) {
        String text = node.isTextual() ? node.asText().replace(" ", "") : "";
        if (!text.contains("/")) {
            return number(node);
        }
        Matcher fraction = FRACTION.matcher(text);
        String times = fraction.matches() ? fraction.group("times") : ".";
        boolean nothing = times.isEmpty()
                && (!fraction.matches() || fraction.group("letter").isEmpty());
        if (times.equals(".") || nothing || Double.parseDouble(fraction.group("by")) == 0) {
            throw bad(text);
        }
        double value = (times.isEmpty() ? 1 : Double.parseDouble(times)) / Double.parseDouble(fraction.group("by"));
        boolean negative =
                fraction.group("sign").isEmpty() == fraction.group("letter").equals("D");
        return finite(negative ? -value : value, text);
    }

    private static RefusedException bad(String text) {
        return new RefusedException(Failure.permanent(
                "procedure.bad_number",
                "'" + text + "' is not a number of a procedure.",
                "Write 0.2, 1/5, C/5, or D/5 for discharging."));
    }
}
