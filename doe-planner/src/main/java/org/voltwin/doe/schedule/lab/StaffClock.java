package org.voltwin.doe.schedule.lab;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** When technicians are on shift and free, for times that are given in order: nobody does two things at once. */
final class StaffClock {
    private final int horizon;

    /** Per technician and minute: the first one on shift from there, and where the stretch that holds it ends. */
    private final int[][] clearFrom;

    private final int[][] clearTo;

    /** One technician of each calendar. */
    private final int[] calendars;

    /** Of each of these calendars, who works by it. */
    private final int[][] whoWorks;

    /** Who has what was booked last, and since when nothing else was before it. */
    private int by;

    private int before;

    /** {@code away}: per technician the minutes in which nothing can be done. */
    StaffClock(List<BitSet> away, int horizon) {
        this.horizon = horizon;
        clearFrom = new int[away.size()][];
        clearTo = new int[away.size()][];
        calendars = away.stream().distinct().mapToInt(away::indexOf).toArray();
        whoWorks = new int[calendars.length][];
        Arrays.setAll(
                whoWorks,
                k -> IntStream.range(0, away.size())
                        .filter(i -> away.get(i).equals(away.get(calendars[k])))
                        .toArray());
        for (int i = 0; i < clearFrom.length; i++) {
            int same = away.indexOf(away.get(i));
            clearFrom[i] = same < i ? clearFrom[same] : new int[horizon + 1];
            clearTo[i] = same < i ? clearTo[same] : new int[horizon + 1];
            if (same == i) {
                tabulate(away.get(i), clearFrom[i], clearTo[i]);
            }
        }
    }

    private void tabulate(BitSet away, int[] from, int[] to) {
        from[horizon] = horizon;
        to[horizon] = horizon;
        for (int at = horizon - 1; at >= 0; at--) {
            boolean clear = !away.get(at);
            from[at] = clear ? at : from[at + 1];
            to[at] = clear && from[at + 1] == at + 1 ? to[at + 1] : clear ? at + 1 : at;
        }
    }

    private int firstClear(int technician, int from, int minutes) {
        int at = from;
        while (at < horizon) {
            at = clearFrom[technician][at];
            if (at >= horizon || clearTo[technician][at] - at >= minutes) {
                return at;
            }
            at = clearTo[technician][at];
        }
        return horizon;
    }

    /**
     * The first start of work that somebody is free for, and books it; the horizon when there is none.
     *
     * @param freeAt when each technician is free
     */
    int book(int[] freeAt, int from, int minutes) {
        by = -1;
        if (minutes == 0) {
            return from;
        }
        int first = horizon;
        for (int[] who : whoWorks) {
            int freest = who[0];
            for (int i : who) {
                freest = freeAt[i] < freeAt[freest] ? i : freest;
            }
            int at = firstClear(freest, Math.max(from, freeAt[freest]), minutes);
            if (at < first) {
                first = at;
                by = freest;
            }
            if (first == from) {
                break;
            }
        }
        if (by >= 0) {
            before = freeAt[by];
            freeAt[by] = first + minutes;
        }
        return first;
    }

    /** Takes back what was booked last. */
    void takeBack(int[] freeAt) {
        if (by >= 0) {
            freeAt[by] = before;
        }
    }

    /** Who does what was booked last; -1 for work of no duration. */
    int by() {
        return by;
    }

    /** Until when somebody is on shift from a minute on, also one after the other; that minute when nobody is. */
    int onShiftUntil(int minute) {
        int until = minute;
        boolean goesOn = minute < horizon;
        while (goesOn) {
            int from = until;
            for (int i : calendars) {
                until = Math.max(until, clearFrom[i][from] == from ? clearTo[i][from] : from);
            }
            goesOn = until > from && until < horizon;
        }
        return until;
    }

    /** The first start of work if nobody had any other. */
    int first(int from, int minutes) {
        if (minutes == 0) {
            return from;
        }
        int first = horizon;
        for (int i = 0; i < calendars.length && first > from; i++) {
            first = Math.min(first, firstClear(calendars[i], from, minutes));
        }
        return first;
    }
}
