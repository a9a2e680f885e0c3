package org.voltwin.standalone.ditto.twin;

import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.column.Columns;

/** A thing in a scan over all of them, as it was when the scan came by: single values are cheap, its state is not. */
public final class ThingRow {
    private final StoredRow<EntityState.ThingState> row;

    ThingRow(StoredRow<EntityState.ThingState> row) {
        this.row = row;
    }

    public String id() {
        return row.id();
    }

    /** What the thing has in these columns. */
    public @Nullable Object[] values(Columns columns) {
        return row.values(columns);
    }

    public EntityState.ThingState state() {
        return row.state();
    }
}
