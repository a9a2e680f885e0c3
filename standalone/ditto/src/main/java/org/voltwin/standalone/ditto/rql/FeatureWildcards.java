package org.voltwin.standalone.ditto.rql;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.ditto.things.model.Feature;
import org.eclipse.ditto.things.model.Thing;

/**
 * {@code features/*}{@code /properties/x} in a search filter means "of any feature". Ditto's search leaves that to its
 * database; its predicates over things do not know it. Here each such comparison becomes an {@code or} over the
 * features a thing has.
 */
final class FeatureWildcards {
    private static final String MARK = "features/*";
    private static final String LITERAL = "\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'|[^,()\"']+";
    private static final Pattern COMPARISON = Pattern.compile(
            "(eq|ne|gt|ge|lt|le|like|ilike|in|exists)\\((/?features/\\*[^,()\"']*)((?:,(?:" + LITERAL + "))*)\\)");
    private static final Pattern PLAIN_ID = Pattern.compile("[^,()\"'\\s]+");

    private FeatureWildcards() {}

    static boolean isIn(String filter) {
        return filter.contains(MARK);
    }

    /** A predicate that parses the filter once for every set of features it meets. */
    static Predicate<Thing> predicate(String filter, Function<String, Predicate<Thing>> parser) {
        Map<Set<String>, Predicate<Thing>> known = new HashMap<>();
        return thing -> {
            Set<String> ids = thing.getFeatures()
                    .map(features ->
                            features.stream().map(Feature::getId).collect(Collectors.toCollection(TreeSet::new)))
                    .orElseGet(TreeSet::new);
            return known.computeIfAbsent(ids, set -> parser.apply(expand(filter, set)))
                    .test(thing);
        };
    }

    static String expand(String filter, Set<String> featureIds) {
        return COMPARISON.matcher(filter).replaceAll(match -> {
            String expanded = featureIds.stream()
                    .filter(id -> PLAIN_ID.matcher(id).matches())
                    .map(id -> match.group(1) + "(" + match.group(2).replace(MARK, "features/" + id) + match.group(3)
                            + ")")
                    .collect(Collectors.joining(","));
            String replacement = switch (featureIds.size()) {
                case 0 -> match.group();
                case 1 -> expanded;
                default -> "or(" + expanded + ")";
            };
            return java.util.regex.Matcher.quoteReplacement(replacement.isEmpty() ? match.group() : replacement);
        });
    }
}
