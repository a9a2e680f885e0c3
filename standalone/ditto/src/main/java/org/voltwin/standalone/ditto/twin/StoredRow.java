package org.voltwin.standalone.ditto.twin;

import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.column.Columns;

/** An entity in a scan: single values are cheap, the whole state is not. */
record StoredRow<S extends EntityState>(StateTable<S> table, String id, StateTable.Stored stored) {
    @Nullable Object[] values(Columns columns) {
        return stored.values(columns);
    }

    S state() {
        return table.state(id, stored);
    }
}
