package org.voltwin.cosim.library;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Name of a coupled model's folder: {@code <Model>_<version>}.
 *
 * @param version numbers separated by dots
 */
record ModelName(String model, String version) {
    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9][\\w.-]{0,80})_(\\d{1,6}(?:\\.\\d{1,6}){0,3})");

    /** Older versions first, number by number: 1.9 before 1.10. */
    static final Comparator<ModelName> BY_VERSION = (a, b) -> Arrays.compare(numbers(a.version), numbers(b.version));

    static Optional<ModelName> parse(String folder) {
        Matcher matcher = FORM.matcher(folder);
        return matcher.matches() ? Optional.of(new ModelName(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    private static int[] numbers(String version) {
        return Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
    }
}
