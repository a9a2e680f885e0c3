package org.voltwin.model.failure;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Names that may have been meant, by the number of letters to change (Levenshtein); upper and lower case count alike. */
public final class SimilarNames {
    private SimilarNames() {}

    /** " Maybe 'a' or 'b' is meant." or nothing: at most three names, the nearest first. */
    public static String hint(String wanted, Collection<String> known) {
        String word = wanted.toLowerCase(Locale.ROOT);
        List<String> near = known.stream()
                .filter(name -> isNear(word, name.toLowerCase(Locale.ROOT)))
                .sorted(Comparator.comparingInt((String name) -> distance(word, name.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(3)
                .toList();
        return near.isEmpty()
                ? ""
                : " Maybe " + near.stream().map(name -> "'" + name + "'").collect(Collectors.joining(" or "))
                        + " is meant.";
    }

    private static boolean isNear(String a, String b) {
        return a.contains(b)
                || b.contains(a)
                || distance(a, b) <= Math.max(1, (Math.min(a.length(), b.length()) + 2) / 3);
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
