package org.voltwin.standalone.ditto.search;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.thingsearch.model.SortOptionEntry;
import org.eclipse.ditto.thingsearch.model.signals.commands.exceptions.InvalidOptionException;
import org.jspecify.annotations.Nullable;

/**
 * The query parameter {@code option}: {@code sort(+a,-b),size(n),cursor(c)}, or the older {@code limit(offset,count)}.
 *
 * @param offset how many matches to leave out, from {@code limit}
 * @param cursor where the page before ended, as that page said
 */
record SearchOptions(
        List<SortOptionEntry> sort,
        int size,
        int offset,
        boolean limited,
        @Nullable String cursor) {
    private static final Pattern OPTION = Pattern.compile("(sort|size|limit|cursor)\\(([^()]*)\\)(?:,|$)");

    static SearchOptions parse(@Nullable String text, int defaultSize, int maxSize, DittoHeaders headers) {
        var sort = new ArrayList<SortOptionEntry>();
        int size = defaultSize;
        int offset = 0;
        boolean limited = false;
        String cursor = null;
        String rest = text == null ? "" : text.strip();
        Matcher matcher = OPTION.matcher(rest);
        int end = 0;
        while (end < rest.length() && matcher.find() && matcher.start() == end) {
            String arguments = matcher.group(2).strip();
            switch (matcher.group(1)) {
                case "sort" -> sort.addAll(sortEntries(arguments, headers));
                case "size" -> size = number(arguments, 1, maxSize, headers);
                case "cursor" -> cursor = arguments;
                case "limit" -> {
                    String[] parts = arguments.split(",", 2);
                    if (parts.length != 2) {
                        throw invalid("The limit option is written limit(offset,count).", headers);
                    }
                    offset = number(parts[0].strip(), 0, Integer.MAX_VALUE, headers);
                    size = number(parts[1].strip(), 1, maxSize, headers);
                    limited = true;
                }
                default -> throw new IllegalStateException(matcher.group());
            }
            end = matcher.end();
        }
        if (end < rest.length()) {
            throw invalid(
                    "'" + rest.substring(end) + "' is not a search option; known are sort, size, cursor, limit.",
                    headers);
        }
        return new SearchOptions(List.copyOf(sort), size, offset, limited, cursor);
    }

    private static List<SortOptionEntry> sortEntries(String arguments, DittoHeaders headers) {
        var entries = new ArrayList<SortOptionEntry>();
        for (String argument : arguments.split(",", -1)) {
            String field = argument.strip();
            // '+' arrives as a blank when it was not percent-encoded.
            boolean descending = field.startsWith("-");
            String path = field.startsWith("+") || descending ? field.substring(1) : field;
            if (path.isBlank()) {
                throw invalid("The sort option names no field.", headers);
            }
            entries.add(descending ? SortOptionEntry.desc(path) : SortOptionEntry.asc(path));
        }
        return entries;
    }

    private static int number(String text, int min, int max, DittoHeaders headers) {
        try {
            int value = Integer.parseInt(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw invalid("'" + text + "' is not a number.", headers);
        }
        throw invalid("'" + text + "' is not between " + min + " and " + max + ".", headers);
    }

    static InvalidOptionException invalid(String description, DittoHeaders headers) {
        return InvalidOptionException.newBuilder()
                .message("A search option is not valid.")
                .description(description)
                .dittoHeaders(headers)
                .build();
    }
}
