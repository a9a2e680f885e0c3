package org.voltwin.standalone.ditto.twin;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.column.Columns;
import org.voltwin.standalone.ditto.twin.StateTable.Stored;

/**
 * Entities in an array, and beside it what was read of each: a scan over a hundred thousand goes through memory in
 * order. What changed since the last scan is read again by the next one. Changed by one thread, scanned by any.
 */
final class SlotTable {
    private static final int MAX_SHARED = 10_000;

    /** Entities and their values at the same index; null where none is. Another scan may bring both up to date. */
    record Scan(@Nullable Stored[] entities, @Nullable Object[] @Nullable [] values) {}

    private final Map<Stored, Integer> slotOf = new IdentityHashMap<>();
    private final Deque<Integer> free = new ArrayDeque<>();
    private volatile @Nullable Stored[] slots = new Stored[64];
    private int used;

    private final Map<Object, Object> shared = new HashMap<>();
    private @Nullable Columns columns;
    private @Nullable Stored[] seen = new Stored[0];
    private @Nullable Object[] @Nullable [] values = new Object[0][];

    /** @param before what the entity was, null when it is new; @param after what it is, null when it is gone */
    void replace(@Nullable Stored before, @Nullable Stored after) {
        Integer known = before == null ? null : slotOf.remove(before);
        if (after == null) {
            if (known != null) {
                slots[known] = null;
                free.push(known);
            }
            return;
        }
        int slot = known != null ? known : free.isEmpty() ? used++ : free.pop();
        if (slot >= slots.length) {
            slots = Arrays.copyOf(slots, slots.length * 2);
        }
        slots[slot] = after;
        slotOf.put(after, slot);
    }

    synchronized Scan scan(Columns wanted) {
        @Nullable Stored[] current = slots;
        if (columns != wanted || seen.length < current.length) {
            boolean keep = columns == wanted;
            seen = keep ? Arrays.copyOf(seen, current.length) : new Stored[current.length];
            values = keep ? Arrays.copyOf(values, current.length) : new Object[current.length][];
            columns = wanted;
        }
        for (int i = 0; i < current.length; i++) {
            Stored entity = current[i];
            if (entity != seen[i]) {
                values[i] = entity == null ? null : share(wanted.read(entity.json()));
                seen[i] = entity;
            }
        }
        return new Scan(seen, values);
    }

    /** The same few values come again and again: one object each is in the processor's cache. */
    private @Nullable Object[] share(@Nullable Object[] read) {
        for (int i = 0; i < read.length; i++) {
            Object value = read[i];
            Object known = value == null ? null : shared.get(value);
            if (known != null) {
                read[i] = known;
            } else if (value != null && shared.size() < MAX_SHARED) {
                shared.put(value, value);
            }
        }
        return read;
    }
}
