package org.voltwin.doe.schedule.formats;

import java.util.List;
import java.util.Locale;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;

/** The whole numbers of one line, read one after the other. */
final class Words {
    private final String place;
    private final List<String> words;
    private int next;

    Words(String place, String line) {
        this.place = place;
        String trimmed = line.strip();
        this.words = trimmed.isEmpty() ? List.of() : List.of(trimmed.split("\\s+"));
    }

    boolean hasMore() {
        return next < words.size();
    }

    /** The next number; refused when there is none, it is none, or it is out of range. */
    int number(String what, int least, int most) {
        if (!hasMore()) {
            throw refused(place + " ends where " + what + " is expected");
        }
        String word = words.get(next++);
        int value;
        try {
            value = Integer.parseInt(word);
        } catch (NumberFormatException e) {
            throw refused(place + ": '" + word + "' is not a whole number, but " + what + " is expected");
        }
        if (value < least || value > most) {
            throw refused(
                    String.format(Locale.ROOT, "%s: %s is %d and not within %d..%d", place, what, value, least, most));
        }
        return value;
    }

    static RefusedException refused(String cause) {
        return new RefusedException(Failure.permanent(
                "schedule.unreadable_instance",
                cause + ".",
                "Correct the line, or choose the --format that the file has (lab, fjsp, rcpsp)."));
    }
}
