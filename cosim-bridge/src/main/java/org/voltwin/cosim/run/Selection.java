package org.voltwin.cosim.run;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.voltwin.cosim.worker.RowObserver;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;

/**
 * Which signals are kept and how often: {@code PATTERN} or {@code PATTERN:N}, where * stands for any characters of
 * {@code /FMU/Variable} and N keeps every Nth row. The first pattern that fits counts. Without any, all are kept.
 */
public record Selection(List<String> patterns) {
    public static final Selection ALL = new Selection(List.of());

    public Selection {
        patterns = List.copyOf(patterns);
        patterns.forEach(Selection::parse);
    }

    private record Rule(Pattern pattern, int every) {}

    private static Rule parse(String text) {
        int colon = text.lastIndexOf(':');
        String name = colon > 0 && text.substring(colon + 1).matches("\\d{1,9}") ? text.substring(0, colon) : text;
        int every = name.length() == text.length() ? 1 : Integer.parseInt(text.substring(colon + 1));
        if (name.isBlank() || every < 1) {
            throw new RefusedException(Failure.permanent(
                    "cosim.bad_selection",
                    "'" + text + "' does not select signals.",
                    "Write /FMU/Variable, with * for any characters, and :N for every Nth row."));
        }
        return new Rule(Pattern.compile(Pattern.quote(name).replace("*", "\\E.*\\Q")), every);
    }

    /** For every signal how many rows apart its values are; 0 where it is left out. */
    int[] decimation(List<RowObserver.Signal> signals) {
        List<Rule> rules =
                new ArrayList<>(patterns.stream().map(Selection::parse).toList());
        return signals.stream()
                .mapToInt(signal -> rules.isEmpty()
                        ? 1
                        : rules.stream()
                                .filter(rule -> rule.pattern()
                                        .matcher("/" + signal.fmu() + "/" + signal.name())
                                        .matches())
                                .findFirst()
                                .map(Rule::every)
                                .orElse(0))
                .toArray();
    }
}
