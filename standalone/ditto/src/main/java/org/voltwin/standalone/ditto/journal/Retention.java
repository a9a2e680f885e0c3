package org.voltwin.standalone.ditto.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long journals that a snapshot has replaced are kept for the history.
 *
 * @param age how old a change may be whose journal is no longer kept
 * @param maxBytes how much is kept at most, whatever its age
 */
public record Retention(Duration age, long maxBytes) {
    /** Nothing is kept that a start does not need. */
    public static final Retention NONE = new Retention(Duration.ZERO, 0);

    /** One snapshot in this part of the age is kept, for the history to begin with later. */
    private static final int SNAPSHOTS_PER_AGE = 8;

    /**
     * What may go now. What stays is one chain: a snapshot, or the very beginning, and every journal from it on.
     *
     * @param newest the number of the newest snapshot, which always stays
     */
    List<Path> disposable(TreeMap<Long, Path> snapshots, TreeMap<Long, Path> journals, long newest, Instant now)
            throws IOException {
        long begin = begin(snapshots, journals, newest, now.minus(age));
        var disposable = new ArrayList<Path>();
        disposable.addAll(snapshots.headMap(begin).values());
        disposable.addAll(journals.headMap(begin).values());
        Instant lastKept = begin == 0 || !snapshots.containsKey(begin) ? Instant.MIN : written(snapshots.get(begin));
        for (Map.Entry<Long, Path> between :
                snapshots.subMap(begin, false, newest, false).entrySet()) {
            Instant written = written(between.getValue());
            if (written.isBefore(lastKept.plus(age.dividedBy(SNAPSHOTS_PER_AGE)))) {
                disposable.add(between.getValue());
            } else {
                lastKept = written;
            }
        }
        return disposable;
    }

    private long begin(TreeMap<Long, Path> snapshots, TreeMap<Long, Path> journals, long newest, Instant horizon)
            throws IOException {
        if (age.isZero()) {
            return newest;
        }
        var candidates = new ArrayList<Long>();
        if (journals.containsKey(0L)) {
            candidates.add(0L);
        }
        snapshots.headMap(newest, true).keySet().stream()
                .filter(number -> number > 0)
                .forEach(candidates::add);
        long begin = candidates.getFirst();
        for (long candidate : candidates.subList(1, candidates.size())) {
            boolean old = isBefore(horizon, journals.headMap(candidate).values());
            boolean large = size(snapshots.tailMap(begin).values())
                            + size(journals.tailMap(begin).values())
                    > maxBytes;
            if (!old && !large) {
                break;
            }
            begin = candidate;
        }
        return begin;
    }

    private static boolean isBefore(Instant horizon, Iterable<Path> files) throws IOException {
        for (Path file : files) {
            if (!written(file).isBefore(horizon)) {
                return false;
            }
        }
        return true;
    }

    private static long size(Iterable<Path> files) throws IOException {
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    private static Instant written(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toInstant();
    }
}
