package org.voltwin.standalone.ditto.twin;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One entity in a snapshot: the letter S, a version, T or P, the revision and the id each with a line feed behind them,
 * then the entity's JSON. Read without parsing the JSON: a hundred thousand things are there in a second or two.
 *
 * @param json not to be changed
 */
record SnapshotPiece(EntityKind kind, String id, long revision, byte[] json) {
    private static final String MARK = "S1";
    private static final int HEADER_LENGTH = 3;

    static SnapshotPiece of(EntityKind kind, StateTable.Stored stored) {
        return new SnapshotPiece(kind, stored.id(), stored.revision(), stored.json());
    }

    byte[] encode() {
        String letter = switch (kind) {
            case THING -> "T";
            case POLICY -> "P";
        };
        byte[] header = (MARK + letter + revision + "\n" + id + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] record = Arrays.copyOf(header, header.length + json.length);
        System.arraycopy(json, 0, record, header.length, json.length);
        return record;
    }

    /** Null when the record is something else: those are JSON and begin otherwise. */
    static @Nullable SnapshotPiece parse(byte[] record) {
        if (record.length < HEADER_LENGTH || record[0] != MARK.charAt(0) || record[1] != MARK.charAt(1)) {
            return null;
        }
        EntityKind kind = record[2] == 'T' ? EntityKind.THING : EntityKind.POLICY;
        int afterRevision = lineEnd(record, HEADER_LENGTH);
        int afterId = lineEnd(record, afterRevision + 1);
        long revision = Long.parseLong(
                new String(record, HEADER_LENGTH, afterRevision - HEADER_LENGTH, StandardCharsets.US_ASCII));
        var id = new String(record, afterRevision + 1, afterId - afterRevision - 1, StandardCharsets.UTF_8);
        return new SnapshotPiece(kind, id, revision, Arrays.copyOfRange(record, afterId + 1, record.length));
    }

    private static int lineEnd(byte[] record, int from) {
        int at = from;
        while (record[at] != '\n') {
            at++;
        }
        return at;
    }
}
